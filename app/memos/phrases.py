"""The phrases of a convening body: written, put in order, and taken into a memo's text."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.forms import Reading
from app.language import gettext as _
from app.memos.models import Phrase

MOST = 20_000  # letters of one phrase


def phrases_of(session: Session, group_id: int) -> list[Phrase]:
    """Return a body's phrases in their order; one query."""
    mine = select(Phrase).where(Phrase.group_id == group_id)
    return list(session.scalars(mine.order_by(Phrase.position, Phrase.id)))


def phrase_of(session: Session, group_id: int, phrase_id: int) -> Phrase:
    """Return one of a body's phrases; raises NotFound."""
    found = session.scalar(select(Phrase).where(Phrase.group_id == group_id, Phrase.id == phrase_id))
    if found is None:
        raise NotFound
    return found


def read_phrase(posted) -> dict[str, str | None]:
    """Return a phrase's values from its form; raises Invalid."""
    reading = Reading(posted)
    values = {
        "title": reading.line("title", needed=_("Give the phrase a name by which you find it."), most=200),
        "text": reading.text("text", needed=_("Write what the phrase says."), most=MOST),
    }
    reading.done()
    return values


def add_phrase(session: Session, group_id: int, values: dict[str, str | None]) -> Phrase:
    """Store a phrase after those that its body has."""
    last = max((one.position for one in phrases_of(session, group_id)), default=-1)
    phrase = Phrase(group_id=group_id, position=last + 1, **values)
    session.add(phrase)
    session.flush()
    return phrase


def arrange_phrase(session: Session, phrase: Phrase, action: str) -> None:
    """Move a phrase `up` or `down` among its body's, or `remove` it."""
    order = phrases_of(session, phrase.group_id)
    place = order.index(phrase)
    if action == "remove":
        session.delete(order.pop(place))
    elif action in ("up", "down"):
        order.insert(max(place + {"up": -1, "down": 1}[action], 0), order.pop(place))
    for position, one in enumerate(order):
        one.position = position
    session.flush()


def with_phrase(text: str | None, phrase: Phrase) -> str:
    """A text with the phrase after it, as a paragraph of its own."""
    return "\n\n".join(filter(None, ((text or "").rstrip(), phrase.text)))
