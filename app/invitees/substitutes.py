"""Who comes in whose place, down the line: a substitute may send another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.invitees.answering import respond, standing_response
from app.invitees.models import Invitee, Response
from app.invitees.queries import withdrawn
from app.language import gettext as _
from app.people.models import Person


def those_sent(session: Session, invitee: Invitee, answer: Response | None) -> list[Invitee]:
    """Return who comes in an invitee's place by their answer: the substitute, the one whom these send in turn, …

    One who is invited in their own right is not among them.
    """
    sent: list[Invitee] = []
    sender = invitee
    while answer is not None and answer.substitute_id is not None:
        substitute = session.get_one(Invitee, answer.substitute_id)
        if substitute.substitute_for_id != sender.id or substitute in (invitee, *sent):
            break
        sent.append(substitute)
        sender, answer = substitute, standing_response(session, substitute.id)
    return sent


def sender_of(session: Session, invitee: Invitee) -> Invitee | None:
    """Return in whose place an invitee comes, as long as that one names them."""
    if invitee.substitute_for_id is None:
        return None
    answer = standing_response(session, invitee.substitute_for_id)
    named = answer is not None and answer.substitute_id == invitee.id
    return session.get_one(Invitee, invitee.substitute_for_id) if named else None


def called(session: Session, invitee_id: int, substitute_id: int) -> str:
    """Return what an invitee's substitute is called to the invitee; one query.

    Whom they named by their link is called by the address that they wrote: the address book may know it, and tells no
    guest whose it is. Whom the secretariat wrote down is called by name.
    """
    first = select(Response.source).where(Response.invitee_id == invitee_id, Response.substitute_id == substitute_id)
    named_by = first.order_by(Response.id).limit(1).scalar_subquery()
    query = select(Person, named_by).join(Invitee, Invitee.person_id == Person.id)
    person, source = session.execute(query.where(Invitee.id == substitute_id)).one()
    return person.name if source != "link" else person.email or _("somebody else")


def no_longer_needed(session: Session, substitutes: Iterable[Invitee], *, source: str, at: datetime) -> None:
    """Let what they have answered stand no more; so whom they have sent in turn is not needed either."""
    for substitute in substitutes:
        answer: Response | None = standing_response(session, substitute.id)
        if answer is not None and (answer.choice != "asked" or answer.substitute_id is not None):
            respond(session, substitute, choice="asked", source=source, at=at)


def let_go_by(session: Session, invitee_ids: Iterable[int]) -> list[Invitee]:
    """Return who was to come in the place of some invitees and is not needed any more, and those whom these had sent
    and let go in turn. That they are let go is known by the answers of their senders alone."""
    found: dict[int, Invitee] = {}
    senders: Collection[int] = set(invitee_ids)
    while senders:
        theirs = select(Invitee).where(Invitee.substitute_for_id.in_(senders), withdrawn()).order_by(Invitee.id)
        new = {one.id: one for one in session.scalars(theirs) if one.id not in found}
        found |= new
        senders = new.keys()
    return list(found.values())
