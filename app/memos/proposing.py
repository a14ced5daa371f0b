"""Makes a follow-up of what the memo's text says."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.events.models import Event
from app.follow_ups.editing import add_follow_up, read_follow_up
from app.follow_ups.models import FollowUp
from app.forms import clean_text
from app.memos.passages import MOST, plain


def propose(session: Session, event: Event, text: str) -> FollowUp | None:
    """Store a passage of the text, in plain words, as a follow-up of the event; None where there are no words."""
    words = plain(clean_text(text).split("\n"))[:MOST]
    return add_follow_up(session, event, read_follow_up(session, {"text": words})) if words else None
