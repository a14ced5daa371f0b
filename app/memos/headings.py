"""The headings that sections have until somebody writes others, in the language spoken."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.agenda.lines import Line, programme_of
from app.events.models import Event
from app.language import pgettext
from app.memos.models import AUTO_SECTIONS, Section


def auto_heading(kind: str, event: Event) -> str:
    """The heading of a part that fills itself in."""
    return {
        "time_and_place": pgettext("paper", "Time and place"),
        "participants": pgettext("paper", "Participants"),
        "agenda": pgettext("paper", "Agenda") if event.kind == "meeting" else pgettext("paper", "Programme"),
        "survey_summary": pgettext("paper", "Summary of the pre-survey"),
        "follow_ups": pgettext("paper", "Follow-up"),
    }[kind]


def new_section(event: Event, auto: str) -> Section:
    """A section that is not stored yet: one of AUTO_SECTIONS, or for any other word a text."""
    if auto not in AUTO_SECTIONS:
        return Section(heading="", body="")
    return Section(heading=auto_heading(auto, event), auto=auto)


def item_sections(session: Session, event: Event) -> list[Section]:
    """A section for each item of the agenda that is spoken of, breaks and headings left out; not stored yet."""
    lines = [line for line in programme_of(session, event) if line.item.kind == "item"]
    return [Section(heading=item_words(line)[:300], body="", agenda_item_id=line.item.id) for line in lines]


def item_words(line: Line) -> str:
    """An item's number, where it has one, and its title."""
    return f"{line.number} {line.item.title}" if line.number else line.item.title
