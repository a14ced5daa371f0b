"""Plays the demo's comment round: those who took part read the draft, and two of them have said something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.comments.choosing import chosen
from app.comments.draft import sections_of
from app.comments.opening import open_round
from app.comments.queries import whole_round
from app.comments.saying import done, say
from app.events.models import Event
from app.memos.memos import memo_of
from app.settings import Settings


def comment_round(
    session: Session, settings: Settings, event: Event, given: Mapping[str, Any], *, at: datetime, closes_at: datetime
) -> None:
    """Open a round on an event's memo, and let its readers say what comments.json gives them."""
    memo = memo_of(session, event.id)
    open_round(
        session, settings, event, memo, chosen(session, event, ["attended"], []), closes_at=closes_at,
        note=given["note"], at=at, by="Helmi Hakala",
    )  # fmt: skip
    held = whole_round(session, memo)
    readers = {reader.person.email: reader for reader in held.readers}
    sections = sections_of(held.draft)
    for one in given["comments"]:
        section = sections[one["section"]]
        proposed = one["proposed"] or section.texts[one["block"]]
        say(session, held, readers[one["person"]], (section.key, one["block"]), one["text"], proposed, at=at)
    for email in given["done"]:
        done(held, readers[email], at=at)
