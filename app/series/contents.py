"""How much of an event there is to copy."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Speaker
from app.attendance.models import Attendance
from app.attendance.presence import PRESENT
from app.events.models import Event
from app.invitations.models import InvitationLetter
from app.invitees.models import Invitee
from app.memos.models import Attachment, Memo, Section
from app.people.models import Membership
from app.surveys.models import Question, Survey


@dataclass(frozen=True)
class Contents:
    """Counts of what an event has; members: people of its convener today, its leaders not among them."""

    agenda: int
    speakers: int
    materials: int
    survey: int
    letters: int
    memo: int
    invited: int
    attended: int
    members: int


def contents_of(session: Session, event: Event) -> Contents:
    """Return what an event has, in one query."""
    items = select(AgendaItem.id).where(AgendaItem.event_id == event.id)
    people = Attendance.event_id == event.id, Attendance.mode.in_(PRESENT), Attendance.person_id.is_not(None)
    asked = select(func.count(Question.id)).join(Survey).where(Survey.event_id == event.id, Question.retired.is_(False))
    counts = (
        _count(AgendaItem, AgendaItem.event_id == event.id),
        _count(Speaker, Speaker.item_id.in_(items)),
        _count(Attachment, Attachment.agenda_item_id.in_(items)),
        asked.where(Question.kind != "section"),
        select(func.count()).where(InvitationLetter.event_id == event.id),
        select(func.count(Section.id)).join(Memo).where(Memo.event_id == event.id),
        _count(Invitee, Invitee.event_id == event.id, Invitee.substitute_for_id.is_(None)),
        _count(Attendance, *people),
        select(func.count(Membership.person_id.distinct())).where(
            Membership.group_id == event.convener_id, Membership.role != "leader"
        ),
    )
    return Contents(*session.execute(select(*(one.scalar_subquery() for one in counts))).one())


def _count(model, *where):
    return select(func.count(model.id)).where(*where)
