"""Writes attachments, and names the files that go beside the event file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.files.names import safe_name
from app.files.store import read
from app.memos.models import Attachment

EVENT_FILE = "event.json"  # beside which they lie in a package for the archive


class Files:
    """The uploaded files of an export: each content once under a name of its own."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def entry(self, row: Attachment) -> str | dict[str, Any]:
        if row.generated:
            return row.generated
        said = {"title": row.title, "appended": row.appended or None, "alternative": row.alternative}
        return {"file": self._named(row)} | {key: value for key, value in said.items() if value}

    def contents(self, session: Session) -> dict[str, bytes]:
        return {name: read(session, sha256) for name, sha256 in self.names.items()}

    def _named(self, row: Attachment) -> str:
        stem, dot, ending = safe_name(row.file_name or "file").rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (ending, "")
        for number in range(1, len(self.names) + 3):
            name = f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}"
            if name.casefold() == EVENT_FILE:
                continue
            taken = next((sha for other, sha in self.names.items() if other.casefold() == name.casefold()), None)
            if taken in (None, row.sha256):
                break
        self.names.setdefault(name, row.sha256 or "")
        return name


def entries_of(rows: Iterable[Attachment], files: Files) -> list[Any]:
    return [files.entry(row) for row in rows]
