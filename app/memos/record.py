"""What the archive is told of a memo (Kansallisarkisto, basic metadata), as plain values that an issue keeps."""

from __future__ import annotations

from typing import Any

from app.events.models import Event
from app.memos.memo_paper import numbers_of
from app.memos.memos import secretariat_of
from app.memos.models import Memo


def record_of(event: Event, memo: Memo) -> dict[str, Any]:
    """Return what is known of a memo that is loaded whole: what it is, who made it, how it is to be kept and shown."""
    return {
        "type": memo.document or "document",
        "dated": memo.date.isoformat() if memo.date else None,
        "creator": memo.sender or secretariat_of(event),
        "authors": [author.person.name if author.person else author.name for author in memo.authors],
        "identifiers": list(numbers_of(event)),
        "language": event.language,
        "publicity": event.confidentiality,
        **{name: getattr(memo, name) for name in ("secrecy_ground", "secret_until", "personal_data")},
        **{name: getattr(memo, name) for name in ("retention", "retention_ground")},
    }
