"""Reads what the memo's editor sends: each text with the mark that it was begun from."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.forms import clean_line, clean_text, key_of
from app.memos.texts import TITLE, Text
from app.memos.writing import NO_ITEM, Written

KEY = re.compile(rf"mark-([0-9a-f]{{32}}|{TITLE})")
SEEN = re.compile(rf"seen-([0-9a-f]{{32}}|{TITLE})")
DECISIONS = ("mine", "theirs")


def written_of(session: Session, event: Event, posted: FormData) -> dict[str, Written]:
    """Return what was sent of each place, by key; the page sends all of them, a script those that have changed."""
    keys = [found[1] for name in posted if (found := KEY.fullmatch(name))]
    items = _items(session, event, posted, keys)
    return {key: _written(posted, key, items.get(key)) for key in keys}


def seen_of(posted: FormData) -> dict[str, str]:
    """Return by key the marks of the texts that a script shows and does not send."""
    return {found[1]: str(posted[name]) for name in posted if (found := SEEN.fullmatch(name))}


def _written(posted: FormData, key: str, item_id: int | None) -> Written:
    heading = clean_line(str(posted.get(f"heading-{key}", "")), 300)
    body = posted.get(f"body-{key}", "" if key == TITLE else None)
    decides = str(posted.get(f"decides-{key}", ""))
    return Written(
        text=Text(heading, clean_text(str(body)) if body is not None else None),
        begun_from=str(posted[f"mark-{key}"]),
        decides=decides if decides in DECISIONS else "",
        item_id=item_id,
    )


def _items(session: Session, event: Event, posted: FormData, keys: list[str]) -> dict[str, int]:
    """Which item each section is now said to be about, where that is another than the page has shown."""
    chosen = {
        key: key_of(posted[f"item-{key}"]) or NO_ITEM
        for key in keys
        if f"item-{key}" in posted and posted[f"item-{key}"] != posted.get(f"item-was-{key}", "")
    }
    if not any(chosen.values()):
        return chosen
    mine = select(AgendaItem.id).where(AgendaItem.event_id == event.id, AgendaItem.id.in_(chosen.values()))
    there = {NO_ITEM, *session.scalars(mine)}
    return {key: item_id for key, item_id in chosen.items() if item_id in there}
