"""Holds the outbox: by hand, and by itself after a restore, so that an old backup does not send everything once more.

A database that ran on is told from a restored one by two marks that are not both in a backup: how often the server has
started on it, which a file beside it knows as well, and the file itself, which a copy put in its place is not.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.mail.models import OPEN, Outbox, OutgoingMail
from app.room import room_for_mails
from app.settings import Settings

MARK = "outbox-starts"
RESTS = timedelta(seconds=30)
BREATHES = timedelta(seconds=60)


def hold(session: Session, because: str, at: datetime) -> None:
    """Let nothing leave until `let_go`; because is a code: restored, by_hand."""
    session.execute(update(Outbox).where(Outbox.held_at.is_(None)).values(held_at=at, held_because=because))


def let_go(session: Session) -> None:
    """Let mails leave again."""
    session.execute(update(Outbox).values(held_at=None, held_because=None, paused_until=None, paused_because=None))


def pause(session: Session, because: str, at: datetime) -> None:
    """Let nothing leave for half a minute, a minute if it was so before: our own side or its mail server has a
    fault."""
    row = session.scalars(select(Outbox).with_for_update()).one()
    again = row.paused_until is not None and row.paused_until > at - BREATHES
    row.paused_until, row.paused_because = at + (BREATHES if again else RESTS), because


def pause_without_room(session: Session, settings: Settings, at: datetime) -> bool:
    """Pause where there is too little room on the disk; returns whether it is so."""
    if room_for_mails(settings):
        return False
    pause(session, "no_room", at)
    return True


def mark_start(session: Session, settings: Settings, at: datetime) -> int:
    """Note that a server starts on this database, and hold the outbox of a restored one; returns the number of the
    start, for `write_mark` once that is committed.

    A restored database in which no mail waits is not held: nothing could leave twice.
    """
    row = session.scalars(select(Outbox).with_for_update()).one()
    file = database_file(settings)
    moved = row.database_file is not None and file is not None and row.database_file != file
    if (moved or read_mark(settings) > row.starts) and session.scalar(select(OutgoingMail.id).where(OPEN).limit(1)):
        hold(session, "restored", at)
    row.starts, row.database_file = max(row.starts, read_mark(settings)) + 1, file
    return row.starts


def read_mark(settings: Settings) -> int:
    """Return how many starts the file beside the database knows of."""
    try:
        return int((settings.data / MARK).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def write_mark(settings: Settings, starts: int) -> None:
    (settings.data / MARK).write_text(f"{starts}\n")


def database_file(settings: Settings) -> str | None:
    """What the disk calls the database's file; None where it is no file of this machine."""
    if not settings.database_url.startswith("sqlite:///"):
        return None
    stat = Path(settings.database_url.removeprefix("sqlite:///")).stat()
    return f"{stat.st_dev}:{stat.st_ino}"
