"""Takes answers. Each is a new row: the last one stands, the others are its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, delete, func, insert, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Base, chunks
from app.errors import Invalid
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response
from app.invitees.queries import is_last
from app.invitees.rsvp import MOST_SUBSTITUTES, sends_in_a_circle
from app.language import gettext as _
from app.people.models import Person
from app.people.names import split_name


def respond(
    session: Session, invitee: Invitee, *, choice: str, mode: str | None = None, comment: str | None = None,
    source: str, at: datetime, substitute_id: int | None = None, anew: bool = False,
) -> Response:  # fmt: skip
    """Store an invitee's answer and return it; the same answer again (a double press) returns the one that stands.

    choice is accepted, declined, tentative or waiting; mode in_person or remote goes with accepted only. anew stores
    also what they have said already. Whether it is too late is for the caller to ask (`rsvp.may_answer`), and whether
    there is a seat (`invitations/receiving.py`, by which answers come).
    """
    given = {
        "choice": choice, "mode": mode if choice == "accepted" else None, "comment": comment, "source": source,
        "substitute_id": substitute_id,
    }  # fmt: skip
    hold_answer(session, invitee.id)
    if choice == "declined":
        _need_nothing(session, invitee.id)
    stands = standing_response(session, invitee.id)
    if stands is not None and not anew and all(getattr(stands, name) == value for name, value in given.items()):
        return stands
    response = Response(invitee_id=invitee.id, responded_at=at, **given)
    session.add(response)
    session.flush()
    return response


def hold_answer(session: Session, invitee_id: int) -> None:
    """Let nobody else give an invitee's answer until the transaction ends: of two presses at once the second waits
    here, and then finds what the first has stored."""
    session.execute(select(Invitee.id).where(Invitee.id == invitee_id).with_for_update(key_share=True))


def _need_nothing(session: Session, invitee_id: int) -> None:
    """Erase at once what one who does not come has said that they need: data on health, kept for the event alone
    (GDPR 5(1)(e) and 9). Every answer passes here; their room stands above this one, so the table is asked for."""
    needs = Base.metadata.tables["needs"]
    session.execute(delete(needs).where(needs.c.invitee_id == invitee_id))


def send_substitute(
    session: Session, invitee: Invitee, *, name: str, email: str, comment: str | None = None, source: str, at: datetime
) -> Invitee:
    """Put somebody else in an invitee's place and return their place as an invitee; they represent whom it
    represents.

    The person is found by address, else made. One who is invited already keeps their own place; one who was to come in
    another place, which is not theirs any more, takes this one. Raises Invalid at
    `substitute_email` when the address is the invitee's own, of the one who sent them, or one too many.
    """
    person = _person(session, invitee.event_id, name, email)
    if person.id == invitee.person_id:
        raise Invalid([("substitute_email", _("This is your own address. Write the address of the one who comes."))])
    substitute = _place_of(session, invitee.event_id, person.id)
    if substitute is None:
        _refuse_too_many(session, invitee)
        substitute = _new_place(session, invitee, person)
    elif sends_in_a_circle(invitee.id, substitute.id, _places(session, invitee.event_id)):
        raise Invalid([("substitute_email", _("You come in this person's place: they cannot come in yours."))])
    elif _was_to_come(session, substitute, invitee):
        _represent(session, substitute, invitee)
    declined = {"choice": "declined", "substitute_id": substitute.id}
    respond(session, invitee, comment=comment, source=source, at=at, **declined)
    return substitute


def standing_response(session: Session, invitee_id: int) -> Response | None:
    """Return the last answer of one invitee."""
    return session.scalar(
        select(Response).where(Response.invitee_id == invitee_id).order_by(Response.id.desc()).limit(1)
    )


def ask_again(session: Session, invitee_ids: Iterable[int], *, at: datetime) -> int:
    """Mark that invitees are asked anew, since when or where has changed: what they have answered stands no more.

    Only those whose answer stands are marked; returns how many. Until they answer, a seat that they have is kept, and
    so is the place of whoever comes instead of them. Two statements for every ten thousand.
    """
    given = case((Response.choice == "accepted", func.coalesce(Response.mode, "in_person")))
    columns = ["invitee_id", "choice", "mode", "substitute_id", "source", "responded_at"]
    marked = 0
    for ids in chunks(sorted(set(invitee_ids))):
        # whoever answers just now is waited for
        session.execute(
            select(Invitee.id).where(Invitee.id.in_(ids)).order_by(Invitee.id).with_for_update(key_share=True)
        )
        stands = select(
            Response.invitee_id, literal("asked"), given, Response.substitute_id, literal("update"),
            literal(at, Response.responded_at.type),
        ).where(Response.invitee_id.in_(ids), Response.choice != "asked", is_last(Response))  # fmt: skip
        marked += len(session.scalars(insert(Response).from_select(columns, stands).returning(Response.id)).all())
    return marked


def unask(session: Session, invitee_ids: Iterable[int], at: datetime) -> int:
    """Take back that invitees were asked anew at a moment: their answers stand again. Returns how many."""
    asked = Response.choice == "asked", Response.source == "update", Response.responded_at == at
    return sum(
        session.execute(delete(Response).where(Response.invitee_id.in_(ids), *asked)).rowcount
        for ids in chunks(sorted(set(invitee_ids)))
    )


def _person(session: Session, event_id: int, name: str, email: str) -> Person:
    """A guest names them, whose session sees every secretariat: only the event's own address book is looked in."""
    secretariat_id = session.scalars(select(Event.secretariat_id).where(Event.id == event_id)).one()
    known = Person.secretariat_id == secretariat_id, func.lower(Person.email) == email.lower()
    by_address = select(Person).where(*known)
    person = session.scalar(by_address)
    if person is None:
        given, family = split_name(name)
        person = Person(secretariat_id=secretariat_id, given_name=given, family_name=family, email=email)
        try:
            with session.begin_nested():
                session.add(person)
        except IntegrityError:  # another request made the same person just now
            person = session.scalars(by_address).one()
    return person


def _place_of(session: Session, event_id: int, person_id: int) -> Invitee | None:
    return session.scalar(select(Invitee).where(Invitee.event_id == event_id, Invitee.person_id == person_id))


def _new_place(session: Session, invitee: Invitee, person: Person) -> Invitee:
    place = Invitee(
        event_id=invitee.event_id, person_id=person.id, position=invitee.position, substitute_for_id=invitee.id
    )
    place.represents = _same_bodies(session, invitee)
    try:
        with session.begin_nested():
            session.add(place)
    except IntegrityError:  # pressed twice at once: the other press made the place
        place = _place_of(session, invitee.event_id, person.id)
    return place


def _was_to_come(session: Session, substitute: Invitee, invitee: Invitee) -> bool:
    """Whether somebody was to come in the place of another than the invitee, and is free of that: the other names them
    no more, or comes in the invitee's place themselves, which ends with this answer."""
    sender_id = substitute.substitute_for_id
    if sender_id is None or sender_id == invitee.id:
        return False
    stands = standing_response(session, sender_id)
    named = stands is None or stands.substitute_id == substitute.id
    return not named or sends_in_a_circle(sender_id, invitee.id, _places(session, invitee.event_id))


def _represent(session: Session, substitute: Invitee, invitee: Invitee) -> None:
    session.execute(delete(Representation).where(Representation.invitee_id == substitute.id))
    session.expire(substitute, ["represents"])
    substitute.substitute_for_id, substitute.position = invitee.id, invitee.position
    session.add_all(_same_bodies(session, invitee, substitute.id))
    session.flush()


def _same_bodies(session: Session, invitee: Invitee, place_id: int | None = None) -> list[Representation]:
    bodies = select(Representation).where(Representation.invitee_id == invitee.id).order_by(Representation.position)
    return [
        Representation(
            invitee_id=place_id, position=body.position, group_id=body.group_id, organisation_id=body.organisation_id
        )
        for body in session.scalars(bodies)
    ]


def _places(session: Session, event_id: int) -> dict[int, int | None]:
    rows = session.execute(select(Invitee.id, Invitee.substitute_for_id).where(Invitee.event_id == event_id))
    return {invitee: holds for invitee, holds in rows}


def _refuse_too_many(session: Session, invitee: Invitee) -> None:
    # each new substitute gets a mail: a link must not become a way to write to whomever one likes
    sent = session.scalar(select(func.count()).where(Invitee.substitute_for_id == invitee.id))
    if sent >= MOST_SUBSTITUTES:
        sentence = _("You have named %(most)s people already. Ask the secretariat to invite this one.")
        raise Invalid([("substitute_email", sentence % {"most": MOST_SUBSTITUTES})])
