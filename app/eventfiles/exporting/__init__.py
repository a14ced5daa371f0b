"""Exports an event: exactly what belongs to it, so that importing it elsewhere gives the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eventfiles.exporting.arranging import arranged, without_defaults
from app.eventfiles.exporting.attachments import Files, entries_of
from app.eventfiles.exporting.book import Mentioned, everything_mentioned
from app.eventfiles.exporting.convening import agenda_entry, attendance_entries, event_entry, items_of
from app.eventfiles.exporting.invitees import invitee_entries
from app.eventfiles.exporting.memo import follow_up_entries, memo_entry
from app.eventfiles.exporting.mentions import replaced, without_empty
from app.eventfiles.exporting.survey import survey_entry
from app.eventfiles.exporting.words import Words
from app.eventfiles.localtime import local_text
from app.eventfiles.reading import FORMAT
from app.eventfiles.shape import EVENT_FILE
from app.events.models import TAKES_PLACE, Event
from app.events.queries import event_by_id
from app.follow_ups.queries import arose_at
from app.memos.memos import item_attachments, memo_of


@dataclass(frozen=True)
class Exported:
    """An event file, and the uploaded files that it names, by their names."""

    document: dict[str, Any]
    files: dict[str, bytes]


def export_event(session: Session, event_id: int, seen_at: datetime | None = None) -> Exported:
    """Return an event as an event file, keys in the order of the format; raises NotFound.

    seen_at: when somebody sees it to whom anonymous answers are shown only as the results page shows them; None: who
    has the database at hand as well.
    """
    event = event_by_id(session, event_id)
    files = Files()
    entry = _event(session, event, files, seen_at)
    mentioned = everything_mentioned(session, entry)
    document = {
        "organisations": mentioned.listed("organisations"),
        "people": mentioned.listed("people"),
        "groups": mentioned.listed("groups"),
        "lists": mentioned.listed("lists"),
    }
    document = {"format": FORMAT, **without_empty(document), "event": entry}
    document = replaced(document, Words(mentioned, _namesakes(session, mentioned)))
    document = arranged(without_defaults(document), EVENT_FILE)
    return Exported(_plain(document, event.time_zone), files.contents(session))


def written(document: dict[str, Any]) -> str:
    """An event file's text."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _event(session: Session, event: Event, files: Files, seen_at: datetime | None) -> dict[str, Any]:
    memo = memo_of(session, event.id)
    own = entries_of(memo.attachments if memo else (), files)
    of_items = item_attachments(session, event.id)
    items = items_of(session, event.id)
    agenda = [
        agenda_entry(item, entries_of([one for one in of_items if one.agenda_item_id == item.id], files))
        for item in items
    ]
    entry = event_entry(event) | {
        "agenda": agenda,
        "invitees": invitee_entries(session, event.id),
        "attendance": attendance_entries(session, event.id),
    }
    entry = without_empty(entry)
    survey = survey_entry(session, event, items, seen_at)
    if survey is not None:
        entry["survey"] = survey
    if memo is not None:
        entry["memo"] = memo_entry(session, memo, own, items)
    elif follow_ups := arose_at(session, event.id):
        entry["follow_ups"] = follow_up_entries(follow_ups)
    return entry


def _namesakes(session: Session, mentioned: Mentioned) -> list[tuple[str, datetime]]:
    """Title and start of every event that shares its title with one that is mentioned."""
    titles = {event.title for event in mentioned.events.values()}
    if not titles:
        return []
    rows = session.execute(select(Event.title, Event.starts_at).where(TAKES_PLACE, Event.title.in_(titles)))
    return [(title, starts) for title, starts in rows]


def _plain(value: Any, zone: str) -> Any:
    """Values as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(inner, zone) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, zone) for inner in value]
    if isinstance(value, datetime):
        return local_text(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value
