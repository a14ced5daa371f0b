"""Tells a script what became of its save: the new marks, both texts of a conflict, what is too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import web
from app.dates import clock, in_zone
from app.events.models import Event
from app.language import gettext as _
from app.language import spoken
from app.markdown import too_long
from app.memos.editing import Conflict, conflicts_of
from app.memos.models import Memo
from app.memos.texts import Text, places_of, text_of
from app.memos.writing import Saved, Written


def save_told(
    session: Session,
    event: Event,
    memo: Memo,
    written: Mapping[str, Written],
    saved: Saved,
    seen: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Return the answer, to be given when the save is committed: `marks` of what was kept, and for each that was not,
    `conflicts` or `problems`, by key; `newer` is what others have saved of what the page shows and does not send."""
    typed = {key: one.text for key, one in written.items()}
    conflicts = conflicts_of(session, event, memo, typed, saved)
    now = {place.key: text_of(place) for place in places_of(memo, event.title)}
    return {
        "saved": _("Saved at %(time)s") % {"time": clock(in_zone(at, event.time_zone), spoken())},
        "marks": {key: now[key].mark for key in saved.kept if key in now},
        "newer": {key: _text(now[key]) for key, mark in seen.items() if key in now and now[key].mark != mark},
        "conflicts": {key: _shown(event, one) for key, one in conflicts.items()},
        "problems": dict.fromkeys(saved.too_long, too_long()),
    }


def _shown(event: Event, one: Conflict) -> dict[str, Any]:
    """Both texts as a part of the page, and theirs to be taken; it escapes what people have written."""
    html = web.env.get_template("memos/_conflict.html").render(conflict=one, event=event, scripts=True)
    if one.theirs is None:
        return {"html": html, "gone": True}
    return {"html": html, **_text(one.theirs)}


def _text(text: Text) -> dict[str, str | None]:
    return {"mark": text.mark, "heading": text.heading, "body": text.body}
