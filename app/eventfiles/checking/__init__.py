"""Reads an event file whole and says everything that is wrong with it, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Invalid
from app.eventfiles.attached import read_attached
from app.eventfiles.checking.book import check_book
from app.eventfiles.checking.convening import check_event
from app.eventfiles.checking.memo import check_event_follow_ups, check_memo
from app.eventfiles.kinds import Reader
from app.eventfiles.names import Installed, Names
from app.eventfiles.reading import read_document
from app.eventfiles.shape import EVENT_FILE


@dataclass(frozen=True)
class Checked:
    """A sound event file: its values, what its references mean, and the contents of its files by their names."""

    draft: Mapping[str, Any]
    names: Names
    contents: Mapping[str, bytes]


def read_checked(content: bytes, folder: Path, installed_for: Callable[[set[str]], Installed]) -> Checked:
    """Return an event file that can be imported; the files that it names are read from the folder.

    installed_for gives what the installation has, for the addresses (lower case) that the file mentions. Raises
    Invalid with every problem and its place.
    """
    reader = Reader()
    draft = EVENT_FILE.read(read_document(content), "", reader)
    names = Names(draft, installed_for(reader.emails))
    check_book(draft, names, reader)
    event = draft.get("event")
    if event:
        check_event(event, names, reader)
        check_memo(event.get("memo") or {}, event.get("agenda") or (), names, reader)
        check_event_follow_ups(event, names, reader)
    contents = read_attached(draft, folder, reader)
    if reader.problems:
        raise Invalid(reader.problems)
    return Checked(draft, names, contents)
