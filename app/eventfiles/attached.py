"""The files that an event file names: they lie beside it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import realpath
from pathlib import Path
from typing import Any

from app.eventfiles.kinds import Reader, each, under
from app.eventfiles.reading import quoted

LARGEST = 25_000_000


def read_attached(draft: Mapping[str, Any], folder: Path, reader: Reader) -> dict[str, bytes]:
    """Return the contents of all files that a draft names, by the name it gives them; note those that cannot be had."""
    contents: dict[str, bytes] = {}
    for place, name in named_files(draft):
        if name in contents:
            continue
        content = _content(name, folder)
        if isinstance(content, str):
            reader.problem(place, content)
        else:
            contents[name] = content
    return contents


def named_files(draft: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The places at which files are named, with the names."""
    event = draft.get("event") or {}
    owners = [*each(event.get("agenda"), "event.agenda"), ("event.memo", event.get("memo") or {})]
    for place, owner in owners:
        for spot, attachment in each(owner.get("attachments"), under(place, "attachments")):
            if isinstance(attachment, dict) and attachment.get("file"):
                yield under(spot, "file"), attachment["file"]


def _content(name: str, folder: Path) -> bytes | str:
    """The content of one file, or what is wrong with it."""
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        return f"{quoted(name)} must be the name of a file beside the event file"
    try:
        path = Path(realpath(folder / name))  # Path.resolve raises RuntimeError where links lead in a circle
        if not path.is_relative_to(realpath(folder)):
            return f"{quoted(name)} must be the name of a file beside the event file"
        if not path.is_file():
            return f"there is no file {quoted(name)} beside the event file"
        if path.stat().st_size > LARGEST:
            return f"{quoted(name)} is too large: at most {LARGEST // 1_000_000} MB"
        return path.read_bytes()
    except OSError as error:
        return f"{quoted(name)} cannot be read: {error.strerror}"
