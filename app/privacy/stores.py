"""Which rows each rule erases, as statements: of an event, or by their own time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Subquery, and_, delete, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.attendance.models import Mark, Report
from app.comments.models import CommentRound
from app.drafts.models import FormDraft
from app.events.models import TAKES_PLACE, Event
from app.imports.models import Import
from app.inbox.models import IncomingMail
from app.invitees.models import Invitee
from app.links.models import PersonalLink
from app.mail.models import MailContent, Mailing, OutgoingMail, UndeliverableAddress
from app.memos.models import Memo, Revision
from app.needs.models import Needs
from app.people.models import ReachedThen, Use
from app.surveys.models import Draft, Sheet, Survey, SurveyParticipation

OPEN_MAILS = ("queued", "sending", "uncertain")  # those are not done with


def end_of(day: date) -> datetime:
    """The last moment of a day in UTC."""
    return datetime.combine(day, time.max, UTC)


@dataclass(frozen=True)
class OfEvent:
    """Rows of an event: those whose `key` is among the keys that `rows` selects with their event."""

    key: InstrumentedAttribute
    rows: Subquery

    def counts(self, rule: str, event_id: int | None) -> Select:
        events = select(Event.id).where(TAKES_PLACE)
        events = events.where(Event.id == event_id) if event_id is not None else events
        counted = select(literal(rule).label("rule"), self.rows.c.event_id, func.count().label("held"))
        return counted.where(self.rows.c.event_id.in_(events)).group_by(self.rows.c.event_id)

    def erase(self, event_id: int) -> Delete:
        return delete(self.key.class_).where(
            self.key.in_(select(self.rows.c.key).where(self.rows.c.event_id == event_id))
        )


def _of(
    key: InstrumentedAttribute, event: InstrumentedAttribute, *joins: Any, where: ColumnElement | None = None
) -> OfEvent:
    rows = select(event.label("event_id"), key.label("key")).select_from(key.class_)
    for target, on in joins:
        rows = rows.join(target, on)
    return OfEvent(key, (rows.where(where) if where is not None else rows).subquery())


_SURVEY = (Survey, Survey.id == Sheet.survey_id)
STORES: dict[str, Sequence[OfEvent]] = {
    "needs": [_of(Needs.invitee_id, Invitee.event_id, (Invitee, Invitee.id == Needs.invitee_id))],
    "reports": [_of(Report.id, Report.event_id)],
    "drafting": [
        _of(CommentRound.id, Memo.event_id, (Memo, Memo.id == CommentRound.memo_id)),
        _of(Revision.id, Memo.event_id, (Memo, Memo.id == Revision.memo_id)),
    ],
    "mail_log": [
        _of(OutgoingMail.id, OutgoingMail.event_id, where=OutgoingMail.state.not_in(OPEN_MAILS)),
        _of(Mailing.id, Mailing.event_id, where=~select(OutgoingMail.id).where(
            OutgoingMail.mailing_id == Mailing.id, OutgoingMail.state.in_(OPEN_MAILS)).exists()),
    ],
    "event": [
        _of(Sheet.survey_id, Survey.event_id, _SURVEY),
        _of(Draft.survey_id, Survey.event_id, (Survey, Survey.id == Draft.survey_id)),
        _of(
            SurveyParticipation.survey_id, Survey.event_id, (Survey, Survey.id == SurveyParticipation.survey_id)
        ),
        _of(Mark.event_id, Mark.event_id),
        _of(PersonalLink.id, PersonalLink.event_id),
        _of(ReachedThen.id, Use.event_id, (Use, Use.id == ReachedThen.use_id)),
        _of(IncomingMail.id, IncomingMail.event_id, where=IncomingMail.event_id.is_not(None)),
        _of(Invitee.id, Invitee.event_id),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class OfRow:
    """Rows by their own time: `since` is when they began to count, `only` which of them there are."""

    key: InstrumentedAttribute
    since: Any
    only: ColumnElement | None = None

    def due(self, before: date) -> ColumnElement[bool]:
        return and_(self.since <= end_of(before), *([self.only] if self.only is not None else []))

    def held(self) -> Select:
        """Select how many there are, and when the oldest of them came to be."""
        rows = select(func.count(self.key).label("held"), func.min(self.since).label("oldest"))
        return rows.where(self.only) if self.only is not None else rows


SENT = OutgoingMail.state.not_in(OPEN_MAILS)
OF_ROWS: dict[str, Sequence[OfRow]] = {
    "inbox": [
        OfRow(IncomingMail.id, IncomingMail.arrived_at),
        OfRow(UndeliverableAddress.id, UndeliverableAddress.since),
    ],
    "imports": [OfRow(Import.id, Import.begun_at)],
    "form_drafts": [OfRow(FormDraft.id, FormDraft.saved_at)],
    "mail_alone": [OfRow(OutgoingMail.id, OutgoingMail.queued_at, and_(OutgoingMail.event_id.is_(None), SENT))],
}  # fmt: skip


def contents_due(before: date) -> Select:
    """Select the mails whose text is to go, that left by a day; their row stays, as the log."""
    return select(OutgoingMail.id).where(SENT, OutgoingMail.queued_at <= end_of(before))


def all_counts(event_id: int | None = None) -> Any:
    """Select how many rows of each rule each event has, or one event: rule, event_id, held; one statement."""
    return union_all(*(store.counts(rule, event_id) for rule, stores in STORES.items() for store in stores))


def erase_contents(before: date) -> Delete:
    return delete(MailContent).where(MailContent.mail_id.in_(contents_due(before)))
