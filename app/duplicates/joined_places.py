"""Joins the places that two people have at one event: invitation, answers, personal link, presence."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from app.attendance.models import Attendance, DaySeat, Mark, PresentFor
from app.duplicates.joining import PRESENT, in_time, joined_times, presence_wins, stronger, whose_place
from app.duplicates.moving import move
from app.invitations.models import Invitation
from app.invitees.answering import standing_response
from app.invitees.models import EVENT_ROLES, Invitee, Offer, Representation, Response
from app.invitees.queries import current_responses
from app.invitees.rsvp import Answered, Seat
from app.links.models import PersonalLink
from app.needs.keeping import take_back
from app.needs.models import Needs

OF_THE_DAY = ("given_name", "family_name", "title", "unit", "organisation_id", "organisation_text", "heading")


def join_invitees(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both are invited to one event, make it one place: it represents what both did, and has both histories."""
    for kept, gone in both(session, Invitee, "event_id", kept_id, gone_id, selectinload(Invitee.represents)):
        kept.substitute_for_id = _whose_place(session, kept, gone)
        kept.role = stronger(EVENT_ROLES, kept.role, gone.role)
        kept.position = min(kept.position, gone.position)
        _represent(kept, gone)
        _join_invitations(session, kept, gone)
        session.flush()
        session.execute(delete(Representation).where(Representation.invitee_id == gone.id))
        _end_second_offer(session, kept.id, gone.id)
        _newest_needs(session, kept.id, gone.id)
        move(session, Invitee.__table__, gone.id, kept.id)
        session.execute(delete(Invitee).where(Invitee.id == gone.id))
        own = Response.invitee_id == kept.id, Response.substitute_id == kept.id
        session.execute(update(Response).where(*own).values(substitute_id=None))
        order_history(session, kept.id)
        if (stands := standing_response(session, kept.id)) is not None and stands.choice == "declined":
            take_back(session, kept)


def _newest_needs(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both have told what they need, what was told last stands."""
    both = select(Needs).where(Needs.invitee_id.in_((kept_id, gone_id))).order_by(Needs.consented_at.desc())
    for older in session.scalars(both).all()[1:]:
        session.delete(older)
    session.flush()


def order_history(session: Session, invitee_id: int) -> None:
    """Put an invitee's answers into the order of time: the one with the largest id is the one that stands."""
    columns = [column for column in Response.__table__.columns if column.name != "id"]
    answers = in_time(session.execute(select(Response.id, *columns).where(Response.invitee_id == invitee_id)).all())
    for key, answer in zip(sorted(answer.id for answer in answers), answers, strict=True):
        if key != answer.id:
            values = {column.name: getattr(answer, column.name) for column in columns}
            session.execute(update(Response).where(Response.id == key).values(values))


def join_attendances(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both are on one event's list of presence, make it one line (`joining.presence_wins`)."""
    own_deputy = Attendance.person_id.in_((kept_id, gone_id)), Attendance.deputy_for_id.in_((kept_id, gone_id))
    session.execute(update(Attendance).where(*own_deputy).values(deputy_for_id=None))
    for kept, gone in both(session, Attendance, "event_id", kept_id, gone_id, selectinload(Attendance.represents)):
        times, wins = joined_times(kept, gone), presence_wins(kept, gone)
        if wins is gone:
            for name in OF_THE_DAY:
                setattr(kept, name, getattr(gone, name))
        both_came = kept.mode in PRESENT and gone.mode in PRESENT
        kept.role = stronger(EVENT_ROLES, kept.role, gone.role) if both_came else wins.role or kept.role
        kept.deputy_for_id = wins.deputy_for_id or kept.deputy_for_id or gone.deputy_for_id
        kept.mode, kept.position = wins.mode, min(kept.position, gone.position)
        for name, value in times.items():
            setattr(kept, name, value)
        _represent(kept, gone)
        session.flush()
        session.execute(delete(PresentFor).where(PresentFor.attendance_id == gone.id))
        session.execute(delete(Attendance).where(Attendance.id == gone.id))


def join_marks(session: Session, kept_id: int, gone_id: int) -> None:
    """Of two last presses at one door, keep the later."""
    for kept, gone in both(session, Mark, "event_id", kept_id, gone_id):
        if gone.pressed_at > kept.pressed_at:
            kept.mode, kept.pressed_at, kept.pressed_by = gone.mode, gone.pressed_at, gone.pressed_by
        session.delete(gone)
    session.flush()


def join_day_seats(session: Session, kept_id: int, gone_id: int) -> None:
    """Who sat twice in a body on one day sat there once."""
    for _kept, gone in both(session, DaySeat, "event_id", kept_id, gone_id):
        session.delete(gone)
    session.flush()


def join_links(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both have a link to one event for one purpose, keep both alive: one is in mails to come, the other former.

    The one in whose name the calendar entry stands is in mails to come, so that a calendar never shows two.
    """
    query = select(PersonalLink).where(PersonalLink.person_id.in_((kept_id, gone_id)), ~PersonalLink.former)
    events: dict[tuple[int, str], list[PersonalLink]] = {}
    for link in session.scalars(query.order_by(PersonalLink.id)):
        events.setdefault((link.event_id, link.purpose), []).append(link)
    asked = select(Invitation.uid).join(Invitee, Invitee.id == Invitation.invitee_id)
    # what a link adds to its UID stands between its id and the @ (entries.uid_of)
    uids = {
        uid.partition("@")[0].rpartition(".")[0]
        for uid in session.scalars(asked.where(Invitee.person_id.in_((kept_id, gone_id))))
    }
    for links in events.values():
        links.sort(
            key=lambda it: (
                it.revoked_at is not None, f"{it.event_id}.{it.public_id}" not in uids, it.person_id != kept_id,
            )
        )  # fmt: skip
        for link in links[1:]:
            link.former = True
    session.flush()


def both(session: Session, model, beside: str, kept_id: int, gone_id: int, *options) -> list[tuple]:
    """Return the pairs of rows, the kept person's first, that stand beside the same thing.

    All rows of the two are held: an answer or a tick that is on its way is waited for, and moves with the others.
    """
    query = select(model).options(*options).where(model.person_id.in_((kept_id, gone_id)))
    found = session.scalars(query.with_for_update(), execution_options={"populate_existing": True}).all()
    kept = {getattr(row, beside): row for row in found if row.person_id == kept_id}
    gone = [row for row in found if row.person_id == gone_id]
    return [(kept[key], row) for row in gone if (key := getattr(row, beside)) in kept]


def _whose_place(session: Session, kept: Invitee, gone: Invitee) -> int | None:
    rows = session.execute(select(Invitee.id, Invitee.substitute_for_id).where(Invitee.event_id == kept.event_id))
    answers = {
        key: Answered(one.choice, one.mode, one.substitute_id)
        for key, one in current_responses(session, kept.event_id).items()
    }
    seats = [Seat(one.id, one.substitute_for_id) for one in (kept, gone)]
    return whose_place(*seats, {invitee: holds for invitee, holds in rows}, answers)


def _represent(kept: Invitee | Attendance, gone: Invitee | Attendance) -> None:
    made = type(gone.represents[0]) if gone.represents else None
    there = {(body.group_id, body.organisation_id) for body in kept.represents}
    for body in gone.represents:
        if (body.group_id, body.organisation_id) not in there:
            position = len(kept.represents)
            kept.represents.append(
                made(position=position, group_id=body.group_id, organisation_id=body.organisation_id)
            )


def _end_second_offer(session: Session, kept_id: int, gone_id: int) -> None:
    """Where a seat is kept for both, it is kept once, as for the one who stays."""
    open_for = select(Offer.id).where(Offer.invitee_id == kept_id, Offer.state == "open")
    if session.scalar(open_for) is not None:
        theirs = update(Offer).where(Offer.invitee_id == gone_id, Offer.state == "open")
        session.execute(theirs.values(state="withdrawn", ended_at=Offer.expires_at))


def _join_invitations(session: Session, kept: Invitee, gone: Invitee) -> None:
    asked = select(Invitation).where(Invitation.invitee_id.in_((kept.id, gone.id))).order_by(Invitation.sent_at)
    invitations = {one.invitee_id: one for one in session.scalars(asked)}
    if len(invitations) == 2:
        invitations[kept.id].sequence = max(one.sequence for one in invitations.values())
        session.delete(invitations[gone.id])
