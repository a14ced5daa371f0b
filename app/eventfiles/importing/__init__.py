"""Imports an event file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.eventfiles.checking import read_checked
from app.eventfiles.importing.attachments import Brought, brought
from app.eventfiles.importing.book import import_book
from app.eventfiles.importing.convening import add_agenda, add_attendance, add_event
from app.eventfiles.importing.invitees import add_invitees
from app.eventfiles.importing.memo import add_follow_ups, add_memo
from app.eventfiles.importing.recipients import fill_lists, name_lists
from app.eventfiles.importing.report import Report
from app.eventfiles.importing.survey import add_survey
from app.eventfiles.installed import installed_for
from app.eventfiles.names import Names, folded


@dataclass(frozen=True)
class Imported:
    """The new event, and in lines what was created, matched and changed with it."""

    event_id: int
    lines: list[str]


def import_event(session: Session, content: bytes, folder: Path, *, at: datetime) -> Imported:
    """Import an event file that lies in a folder; the files that it names are read from there.

    Raises Invalid with every problem and its place, before anything is written.
    """
    checked = read_checked(content, folder, partial(installed_for, session))
    files = brought(session, checked.contents)
    return _write(session, checked.draft, checked.names, files, at)


def _write(
    session: Session, draft: Mapping[str, Any], names: Names, files: Mapping[str, Brought], at: datetime
) -> Imported:
    report = Report()
    book = import_book(session, draft, names, report)
    lists = name_lists(session, draft, book)
    entry = draft["event"]
    event = add_event(session, entry, book)
    fill_lists(session, draft, lists, book, event.id, report)
    items = add_agenda(session, event, entry.get("agenda") or (), book, files)
    add_invitees(session, event, entry.get("invitees") or (), book, at)
    if entry.get("survey") is not None:
        add_survey(session, event, entry["survey"], items, book)
    add_attendance(session, event, entry.get("attendance") or (), book)
    if entry.get("memo") is not None:
        add_memo(session, event, entry["memo"], items, book, files)
    add_follow_ups(session, event, entry.get("follow_ups") or (), book)
    report.created("event", event.title)
    report.lines += _twins(names, entry)
    return Imported(event.id, report.lines)


def _twins(names: Names, entry: Mapping[str, Any]) -> list[str]:
    """A word of warning where the same event seems to be there already: every import makes a new one."""
    alike = [
        str(id)
        for id, title, starts in names.installed.events
        if folded(title) == folded(entry["title"]) and starts == entry["starts_at"]
    ]
    return [f"note: there was an event of this title and start already: {', '.join(alike)}"] if alike else []
