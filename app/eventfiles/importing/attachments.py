"""Brings in attachments: papers that are made from the event, and the files beside the event file."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from app.memos.models import Attachment


def attachment_rows(
    entries: Sequence[str | Mapping[str, Any]], files: Mapping[str, str], **owner: int
) -> Iterator[Attachment]:
    """Yield the rows of an owner's attachments; files gives the SHA-256 of each file by the name in the event file."""
    for position, entry in enumerate(entries):
        if isinstance(entry, str):
            yield Attachment(position=position, generated=entry, **owner)
            continue
        name = PurePosixPath(entry["file"]).name
        yield Attachment(
            position=position,
            title=entry.get("title"),
            file_name=name,
            media_type=mimetypes.guess_type(name)[0],
            sha256=files[entry["file"]],
            **owner,
        )
