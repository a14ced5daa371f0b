"""Notes what was done, as the last act of the transaction that does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import Session

from app.audit.chain import BEGINNING, Anchor, Fact, digest_of, key_of
from app.audit.models import AuditEntry

LOCK = 0x6B6F6F6C6C65  # PostgreSQL's advisory lock under which numbers are given
FACT = (
    AuditEntry.number, AuditEntry.at, AuditEntry.actor, AuditEntry.actor_id, AuditEntry.act, AuditEntry.about,
    AuditEntry.address,
)  # fmt: skip


def note(
    session: Session, secret: bytes, *, at: datetime, actor: str, actor_id: str | None, act: str,
    about: Mapping[str, object], address: str | None,
) -> Anchor:  # fmt: skip
    """Add an entry to the trail; returns its number and digest. Nothing may be written after it in the transaction:
    on PostgreSQL it holds the trail until the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = head_of(session)
    number, before = (last.number + 1, last.digest) if last else (1, BEGINNING)
    fact = Fact(number, at, actor, actor_id, act, dict(about), address)
    digest = digest_of(key_of(secret), before, fact)
    session.add(AuditEntry(**vars(fact), digest=digest))
    session.flush()
    return Anchor(number, digest)


def head_of(session: Session) -> Anchor | None:
    """Return the last entry's number and digest, None where nothing was noted yet."""
    return _last(session)


def anchor_for(session: Session, at: datetime) -> Anchor | None:
    """Return the anchor that is printed at a moment: the last entry of before this hour.

    For a while it is the same, whatever is noted meanwhile: so a paper that is made ahead is the one that is issued.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    return _last(session, AuditEntry.at < hour)


def _last(session: Session, *among: ColumnElement[bool]) -> Anchor | None:
    query = select(AuditEntry.number, AuditEntry.digest).where(*among).order_by(AuditEntry.number.desc()).limit(1)
    last = session.execute(query).first()
    return Anchor(last.number, last.digest) if last else None


def entries(session: Session) -> Iterator[tuple[Fact, bytes]]:
    """Yield the trail from its beginning, a thousand entries at a time."""
    query = select(*FACT, AuditEntry.digest).order_by(AuditEntry.number).execution_options(yield_per=1000)
    for *fact, digest in session.execute(query):
        yield Fact(*fact), digest
