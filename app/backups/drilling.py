"""Tries a backup: restores it to a scratch place, and uses it there as a secretary would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.backups.restoring import restore, unpacked
from app.backups.since import OPENERS
from app.backups.taking import counts
from app.db import Database
from app.errors import Refused
from app.events.queries import event_by_id
from app.links.links import open_link, token_of
from app.links.models import PersonalLink
from app.mail.models import Outbox
from app.memos.document import memo_pdf
from app.memos.models import Memo
from app.migrations import migrated
from app.settings import Settings


def drill(file: Path, settings: Settings, scratch: Path, url: str | None, at: datetime) -> Iterator[tuple[str, str]]:
    """Restore a backup into a folder (PostgreSQL: into the empty database at `url`), and yield each fact that was
    found, with its value. Raises Refused at the first that is not as it must be."""
    begun = time.monotonic()
    url = url or f"sqlite:///{scratch / 'koolle.db'}"
    with unpacked(file, settings.secret, scratch) as backup:
        yield "made", backup.manifest["made_at"]
        yield "database", backup.manifest["database"]
        restore(backup, url, at)
        yield "rows", str(_rows(url, backup.manifest["rows"]))
    with migrated(url) as database:
        tried = replace(settings, data=scratch, database_url=url)
        with database.session(readonly=True) as session:
            yield "mails", _held(session)
            yield "a memo", _memo(session, at)
            yield "a link", _link(session, tried)
    yield "seconds", f"{time.monotonic() - begun:.1f}"


def _rows(url: str, told: dict[str, int]) -> int:
    database = Database(url)
    with database.reader.connect() as connection:
        there = counts(connection)
    database.close()
    wrong = {name for name in told.keys() | there.keys() if told.get(name) != there.get(name)} - {*OPENERS}
    if wrong:
        raise Refused(f"these tables have other rows than when the backup was made: {', '.join(sorted(wrong))}")
    return sum(there.values())


def _held(session: Session) -> str:
    if session.scalar(select(Outbox.held_at)) is None:
        raise Refused("the restored outbox is not held: mails would leave a second time")
    return "held"


def _memo(session: Session, at: datetime) -> str:
    last = session.scalar(select(Memo.event_id).order_by(Memo.id.desc()).limit(1))
    if last is None:
        return "none to render"
    event = event_by_id(session, last)
    return f"rendered, {len(memo_pdf(session, event, at=at))} bytes"


def _link(session: Session, settings: Settings) -> str:
    last = select(PersonalLink).where(PersonalLink.revoked_at.is_(None)).order_by(PersonalLink.id.desc()).limit(1)
    link = session.scalar(last)
    if link is None:
        return "none to open"
    if open_link(session, token_of(settings, link)).id != link.id:
        raise Refused("a personal link opens another one's page")
    return "opened"
