"""What fills itself in, as the editor shows it in its place: the same data that the paper prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.lines import programme_of
from app.attendance.day_seats import changed_roles, changed_seats
from app.dates import clock_range, day, when
from app.events.models import Event
from app.language import pgettext, speaking
from app.memos.attached import Attached, attached_to
from app.memos.closing import attachment_name, attachments_field, generated_name
from app.memos.contents import follow_up_tables
from app.memos.models import GENERATED, Attachment, Memo
from app.memos.paper import FollowUps
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
    returned: FollowUps | None
    attached: Attached


def preview_of(session: Session, event: Event, memo: Memo) -> Preview:
    """Read what fills itself in."""
    language, attached = event.language, attached_to(session, event, memo)
    with speaking(language):
        attachments = [line.one for line in attached.lines]
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
                (
                    "" if line.heads else clock_range(line.slot.start, line.slot.until, language),
                    f"{line.number} {line.item.title}" if line.number else line.item.title,
                )
                for line in programme_of(session, event)
            ],
            has_survey=has_survey,
            attachments_label=attachments_field(attachments, event).label,
            attachments=names,
            attachable=[(kind, name) for kind, name in attachable if kind != "survey_summary" or has_survey],
            returned=next(iter(follow_up_tables(session, event, ())), None),
            attached=attached,
        )


def document_word(document: str | None) -> str:
    """Muistio, Pöytäkirja, or nothing where no word is printed."""
    return {"memo": pgettext("paper", "Memorandum"), "minutes": pgettext("paper", "Minutes")}.get(document or "", "")
