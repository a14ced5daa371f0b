"""Counts what events have so far: one query, however many events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.agenda.models import AgendaItem
from app.attendance.models import Attendance
from app.comments.queries import waiting_comments
from app.dates import in_zone, place_in_zone
from app.events.models import TAKES_PLACE, Event
from app.events.stages import Figures, Moment, moment
from app.invitations.models import Invitation
from app.invitees.models import Invitee, Response
from app.invitees.queries import is_last, withdrawn
from app.mail.models import OutgoingMail
from app.memos.models import Issue, Memo


def figures_of(session: Session, event_id: int) -> Figures:
    """Return what one event has so far; one query."""
    return _figures(session.execute(_one(), {"event_id": event_id}).one())


@cache
def _one() -> Select:
    # putting the question together costs more than asking it
    return _counted(Invitee.event_id == bindparam("event_id")).where(Event.id == bindparam("event_id"))


def all_figures(session: Session, event_ids: Iterable[int] | None = None) -> dict[int, Figures]:
    """Return the same by event, of the given events or of all; one query."""
    if event_ids is None:
        query = _counted(true()).where(TAKES_PLACE)
    else:
        ids = list(event_ids)
        query = _counted(Invitee.event_id.in_(ids)).where(TAKES_PLACE, Event.id.in_(ids))
    return {row.id: _figures(row) for row in session.execute(query)}


def seen_from(event: Event, at: datetime) -> Moment:
    """See an event from an instant, on the clock of its own zone."""
    starts = place_in_zone(event.starts_at, event.time_zone)
    ends = place_in_zone(event.ends_at, event.time_zone, starts) if event.ends_at else None
    return moment(starts, ends, deadline_of(event), in_zone(at, event.time_zone))


def deadline_of(event: Event) -> date | datetime | None:
    """Return until when answers are awaited: a day (to its end), or an aware time."""
    if not event.rsvp_deadline:
        return None
    if "T" not in event.rsvp_deadline:
        return date.fromisoformat(event.rsvp_deadline)
    return place_in_zone(datetime.fromisoformat(event.rsvp_deadline), event.time_zone)


def _figures(row) -> Figures:
    values = row._asdict()
    del values["id"]
    return Figures(**values | {"memo": bool(row.memo)})


def _counted(of_these: ColumnElement[bool]) -> Select:
    """The question; of_these: whose answers are looked through, once for all that is counted of them."""
    answers = (
        select(
            Invitee.event_id, func.count().label("answered"),
            *(func.sum(case((Response.choice == one, 1), else_=0)).label(one) for one in ("accepted", "waiting")),
        )
        .join(Response, Response.invitee_id == Invitee.id)
        .where(of_these, is_last(Response), Response.choice != "asked", ~withdrawn())
        .group_by(Invitee.event_id)
        .subquery()
    )  # fmt: skip
    return select(*_counts(answers.c)).outerjoin(answers, answers.c.event_id == Event.id)


def _counts(answers: ReadOnlyColumnCollection) -> list[ColumnElement]:
    seats = _of(Invitee).where(~withdrawn())
    last = select(func.max(Issue.issued_at)).join(Memo, Memo.id == Issue.memo_id).where(Memo.event_id == Event.id)
    memo_mails = _of(OutgoingMail).where(
        OutgoingMail.kind == "memo", OutgoingMail.state != "withdrawn",
        OutgoingMail.queued_at >= last.correlate(Event).scalar_subquery(),
    )  # fmt: skip
    asked = seats.join(Invitation, Invitation.invitee_id == Invitee.id)
    present = Attendance.mode.in_(("in_person", "remote"))
    heads = func.coalesce(func.sum(func.coalesce(Attendance.headcount, 1)), 0)
    comments = waiting_comments().where(Memo.event_id == Event.id).scalar_subquery()
    issued = select(func.coalesce(func.max(Issue.version), 0)).join(Memo, Memo.id == Issue.memo_id)
    return [
        Event.id,
        _of(AgendaItem).scalar_subquery().label("items"),
        seats.scalar_subquery().label("picked"),
        asked.scalar_subquery().label("invited"),
        func.coalesce(answers.answered, 0).label("answered"),
        func.coalesce(answers.accepted, 0).label("coming"),
        func.coalesce(answers.waiting, 0).label("waiting"),
        _of(Attendance).scalar_subquery().label("ticked"),
        select(heads).where(Attendance.event_id == Event.id, present).scalar_subquery().label("came"),
        _of(Memo).scalar_subquery().label("memo"),
        issued.where(Memo.event_id == Event.id).scalar_subquery().label("version"),
        memo_mails.scalar_subquery().label("copies"),
        memo_mails.where(OutgoingMail.state == "sent").scalar_subquery().label("copied"),
        _of(OutgoingMail).where(OutgoingMail.state.in_(("failed", "bounced"))).scalar_subquery().label("failed"),
        comments.label("comments"),
    ]


def _of(model) -> Select:
    return select(func.count(model.id)).where(model.event_id == Event.id)
