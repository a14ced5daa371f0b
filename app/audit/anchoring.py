"""Keeps the head of the trail beside the database, so that its end cannot be cut off unseen.

The file holds one anchor a line, the newest last; each new one is written every ten minutes in which there was
something to note, and when the server starts and ends. Keep it, or what it says, where those who can write to the
database cannot: so each issued memo prints one (app/memos/document.py), and one is mailed every day to where the
installation says.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.audit.chain import Anchor, anchor_of
from app.audit.letters import mail_anchor
from app.audit.trail import head_of
from app.db import Database
from app.settings import Settings
from app.worker import Repeating

FILE = "audit-anchors"
LOOKS_EVERY = 600.0


def anchors_in(folder: Path) -> list[Anchor]:
    """Return the anchors of a data folder; a line that is none counts as a broken one: raises ValueError."""
    try:
        return [anchor_of(line) for line in (folder / FILE).read_text().splitlines()]
    except FileNotFoundError:
        return []


def drop_anchor(folder: Path, head: Anchor) -> None:
    """Add an anchor, unless it is the last one already."""
    file = folder / FILE
    there = file.read_text().splitlines() if file.exists() else []
    if there[-1:] == [head.words()]:
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(head.words() + "\n")
        out.flush()
        os.fsync(out.fileno())


class Anchoring(Repeating):
    def __init__(self, database: Database, settings: Settings, clock: Callable[[], datetime]):
        super().__init__("audit")
        self.database, self.settings, self.clock = database, settings, clock

    def turn(self) -> float:
        with self.database.session(readonly=True) as session:
            head = head_of(session)
        if head:
            drop_anchor(self.settings.data, head)
            if self.settings.audit_mail:
                with self.database.session() as session:
                    mail_anchor(session, self.settings, head, self.clock())
        return LOOKS_EVERY

    def stop(self) -> None:
        super().stop()
        self.tried(self.turn)
