"""Takes back what was pressed while it still waits: the mails, and what the press had changed besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from app.agenda.versions import unpublish
from app.db import chunks
from app.events.models import Event
from app.events.queries import hold
from app.invitations.inviting import forget_programme
from app.invitations.models import Invitation
from app.invitations.updating import raise_sequence
from app.invitees.answering import unask
from app.invitees.models import Invitee
from app.mail.models import Mailing, OutgoingMail
from app.mail.outbox import withdraw


def take_back(session: Session, event: Event, people: Select | None = None, *, at_once: bool = False) -> int:
    """Take back the mails about an event, to some people or to all, that have not begun to leave; returns how many.
    What leaves at once, which is what answers and the clock cause, is taken back only if at_once.

    Who gets no invitation is not invited; who is not told of a change is not asked anew; an event of whose end nobody
    is told is not cancelled; a version of the programme that nobody is told of is not published.
    """
    hold(session, event.id)
    taken = [mail for kind in UNDOING for mail in withdraw(session, event.id, kind, people, at_once=at_once)]
    by_mailing: dict[int | None, list[OutgoingMail]] = defaultdict(list)
    for mail in taken:
        by_mailing[mail.mailing_id].append(mail)
    for mailing_id, mails in by_mailing.items():
        mailing = session.get(Mailing, mailing_id) if mailing_id else None
        UNDOING[mails[0].kind](session, event, _invitees(session, event, mails), mailing)
    return len(taken)


def _invitees(session: Session, event: Event, mails: Sequence[OutgoingMail]) -> list[int]:
    found: list[int] = []
    for people in chunks(mail.person_id for mail in mails if mail.person_id is not None):
        mine = Invitee.event_id == event.id, Invitee.person_id.in_(people)
        found += session.scalars(select(Invitee.id).where(*mine))
    return found


def _uninvite(session: Session, event: Event, invitee_ids: Sequence[int], mailing: Mailing | None) -> None:
    left = select(Invitee.id).join(OutgoingMail, OutgoingMail.person_id == Invitee.person_id).where(
        Invitee.event_id == event.id, OutgoingMail.event_id == event.id, OutgoingMail.kind == "invitation",
        OutgoingMail.state != "withdrawn",
    )  # fmt: skip
    for ids in chunks(invitee_ids):
        unasked = Invitation.invitee_id.in_(ids), Invitation.invitee_id.not_in(left), Invitation.printed_at.is_(None)
        session.execute(delete(Invitation).where(*unasked))
    forget_programme(session, event)


def _leave_as_told(session: Session, event: Event, invitee_ids: Sequence[int], mailing: Mailing | None) -> None:
    if mailing and not _told_any(session, mailing):
        unpublish(session, event, mailing.made_at)
    if mailing is None or not mailing.frozen["asks_anew"]:
        return
    raise_sequence(session, invitee_ids, by=-1)
    unask(session, invitee_ids, mailing.made_at)


def _keep(session: Session, event: Event, invitee_ids: Sequence[int], mailing: Mailing | None) -> None:
    raise_sequence(session, invitee_ids, by=-1)
    for ids in chunks(invitee_ids):
        kept = update(Invitation).where(Invitation.invitee_id.in_(ids)).values(cancelled_at=None)
        session.execute(kept.execution_options(synchronize_session=False))
    if mailing and event.cancelled_at == mailing.made_at and not _told_any(session, mailing):
        event.cancelled_at = None
        session.flush()


def _told_any(session: Session, mailing: Mailing) -> bool:
    told = select(OutgoingMail.id).where(OutgoingMail.mailing_id == mailing.id, OutgoingMail.state != "withdrawn")
    return session.scalar(told.limit(1)) is not None


def _nothing(session: Session, event: Event, invitee_ids: Sequence[int], mailing: Mailing | None) -> None:
    """A reminder changes nothing."""


UNDOING = {
    "invitation": _uninvite, "update": _leave_as_told, "cancellation": _keep, "reminder": _nothing,
}  # fmt: skip
