"""Event files for the tests: one that uses every key, and a small one to be changed."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import Invalid
from app.eventfiles.checking import Checked, read_checked
from app.eventfiles.exporting import Exported, written
from app.eventfiles.importing import Imported, import_event
from app.eventfiles.names import Installed
from tests.migrated import new_file

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
NOWHERE = Path("nowhere")
FILES = {"kalvot.pdf": b"%PDF-1.7 kalvot", "piirros.png": b"\x89PNG piirros"}
CASE = Path(__file__).parent / "every_key.json"

SMALL: dict[str, Any] = {
    "format": "koolle-event/1",
    "people": [
        {"name": "Otso Oras", "email": "otso@silta.example"},
        {"name": "Pilvi Pouta", "email": "pilvi@silta.example"},
        {"name": "Urho Uoti"},
    ],
    "groups": [{"name": "Siltaverkosto", "members": [{"person": "otso@silta.example", "role": "chair"}]}],
    "event": {"title": "Siltojen ilta", "convener": "Siltaverkosto", "starts_at": "2026-09-10T13:00"},
}


def read_case() -> dict[str, Any]:
    return json.loads(CASE.read_text())


def import_case(session: Session) -> Imported:
    """Import the case of every key, with its files."""
    return import_document(session, read_case(), FILES)


def import_document(session: Session, document: dict[str, Any], files: dict[str, bytes] | None = None) -> Imported:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            (Path(folder) / name).write_bytes(content)
        return import_event(session, json.dumps(document).encode(), Path(folder), at=AT)


def small(**event: Any) -> dict[str, Any]:
    """The small file with more in its event."""
    document = copy.deepcopy(SMALL)
    document["event"] |= event
    return document


def check_only(document: dict[str, Any] | bytes, folder: Path = NOWHERE) -> Checked:
    """Read a file for an empty installation."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_checked(content, folder, lambda _emails: Installed())


def problems(document: dict[str, Any] | bytes, folder: Path = NOWHERE) -> list[str]:
    """What an empty installation refuses a file for: `place: sentence`."""
    with pytest.raises(Invalid) as refusal:
        check_only(document, folder)
    return [f"{place}: {sentence}" for place, sentence in refusal.value.problems]


def given_out(exported: Exported, folder: Path) -> Path:
    """Write an export as the command does; returns the folder."""
    (folder / "event.json").write_text(written(exported.document))
    for name, content in exported.files.items():
        (folder / name).write_bytes(content)
    return folder


@contextmanager
def fresh_session(file: Path) -> Iterator[Session]:
    """A session on an empty installation of its own."""
    database = Database(new_file(file))
    with database.session() as session:
        yield session
    database.close()
