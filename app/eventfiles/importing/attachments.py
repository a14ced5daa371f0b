"""Brings in attachments: papers that are made from the event, and the files beside the event file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from app.files.store import store
from app.memos.models import Attachment
from app.memos.uploads import File, read


@dataclass(frozen=True)
class Brought:
    """A file beside the event file, looked through and stored."""

    file: File
    sha256: str


def brought(session: Session, contents: Mapping[str, bytes]) -> dict[str, Brought]:
    """Look through files and store them; by their names in the event file, as they come."""
    return {
        name: Brought(read(PurePosixPath(name).name, content), store(session, content))
        for name, content in contents.items()
    }


def attachment_rows(
    entries: Sequence[str | Mapping[str, Any]], files: Mapping[str, Brought], **owner: int
) -> Iterator[Attachment]:
    """Yield the rows of an owner's attachments."""
    for position, entry in enumerate(entries):
        if isinstance(entry, str):
            yield Attachment(position=position, generated=entry, **owner)
            continue
        said = {"title": entry.get("title"), "alternative": entry.get("alternative")}
        row = Attachment(position=position, appended=bool(entry.get("appended")), **said, **owner)
        held = files[entry["file"]]
        yield held.file.fill(row, held.sha256)
