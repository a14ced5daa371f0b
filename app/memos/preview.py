"""What fills itself in, as the editor shows it in its place: the same data that the paper prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.queries import agenda_of
from app.agenda.timetable import timetable
from app.attendance.day_seats import changed_roles, changed_seats
from app.dates import clock_range, day, when
from app.events.models import Event
from app.language import pgettext, speaking
from app.memos.closing import attachment_name, attachments_field, attachments_of, generated_name
from app.memos.models import GENERATED, Attachment, Memo
from app.memos.participants import Participants
from app.memos.presence import participants_of
from app.surveys.models import Survey


@dataclass(frozen=True)
class Preview:
    """The filled-in parts in the event's language; attachments with their numbers and names, and what may be added."""

    word: str
    day: str
    participants: Participants
    members_changed: bool
    time_and_place: Sequence[str]
    agenda: Sequence[tuple[str, str]]
    has_survey: bool
    attachments_label: str
    attachments: Sequence[tuple[int, Attachment, str]]
    attachable: Sequence[tuple[str, str]]


def preview_of(session: Session, event: Event, memo: Memo) -> Preview:
    """Read what fills itself in."""
    language = event.language
    with speaking(language):
        items = agenda_of(session, event.id)
        slots = timetable(items, event.starts_at, event.ends_at, event.time_zone)
        attachments = attachments_of(session, event, memo)
        names = [(n, one, attachment_name(one, event)) for n, one in enumerate(attachments, 1)]
        there = {one.generated for one in attachments}
        has_survey = session.scalar(select(Survey.id).where(Survey.event_id == event.id)) is not None
        attachable = [(kind, generated_name(kind, event)) for kind in GENERATED if kind not in there]
        participants = participants_of(session, event, memo, language)
        return Preview(
            word=document_word(memo.document),
            day=day(memo.date, language) if memo.date else "",
            participants=participants,
            members_changed=bool(changed_seats(session, event))
            if participants.table
            else changed_roles(session, event),
            time_and_place=[line for line in (when(event.starts_at, event.ends_at, language), event.place) if line],
            agenda=[
                (clock_range(slot.start, slot.end, language), item.title)
                for item, slot in zip(items, slots, strict=True)
            ],
            has_survey=has_survey,
            attachments_label=attachments_field(attachments, event).label,
            attachments=names,
            attachable=[(kind, name) for kind, name in attachable if kind != "survey_summary" or has_survey],
        )


def document_word(document: str | None) -> str:
    """Muistio, Pöytäkirja, or nothing where no word is printed."""
    return {"memo": pgettext("paper", "Memorandum"), "minutes": pgettext("paper", "Minutes")}.get(document or "", "")
