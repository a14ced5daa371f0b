"""Whether an event file makes sense as a whole, once each of its values does. Pure, but for a look at its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.eventfiles.checking.book import check_book
from app.eventfiles.checking.convening import check_event
from app.eventfiles.checking.memo import check_memo
from app.eventfiles.kinds import Reader
from app.eventfiles.names import Names


def check(draft: Mapping[str, Any], names: Names, reader: Reader) -> None:
    """Note in the reader whatever keeps a file that was read from being imported."""
    check_book(draft, names, reader)
    event = draft.get("event")
    if event:
        check_event(event, names, reader)
        check_memo(event.get("memo") or {}, names, reader)
