"""A memo that is begun, and what the browsers of those who write it send."""

from __future__ import annotations

from datetime import timedelta

from app.memos.memos import memo_of
from app.memos.texts import places_of, text_of

JSON = {"Accept": "application/json"}


def fresh(session, event):
    """The memo as the database has it."""
    session.expire_all()
    return memo_of(session, event.id)


def typed(memo, event_title="Verkostojen iltapäivä", **changes):
    """What the page sends, with some of it changed: heading_0, body_2, …; title for the memo's own."""
    data = {}
    for place, one in enumerate(places_of(memo, event_title), -1):
        text = text_of(one)
        name = f"_{place}" if place >= 0 else ""
        data[f"mark-{one.key}"] = text.mark
        data[f"heading-{one.key}"] = changes.get(f"heading{name}" if name else "title", text.heading)
        if text.body is not None and name:
            data[f"body-{one.key}"] = changes.get(f"body{name}", text.body)
    return data


def only(data, section, **more):
    """Of what the page sends, what a script sends of one section."""
    return {name: value for name, value in data.items() if name.endswith(section.key)} | more


def text_at(event) -> str:
    return f"/events/{event.id}/memo/text"


def let_pass(app, **time) -> None:
    now = app.state.clock() + timedelta(**time)
    app.state.clock = lambda: now
