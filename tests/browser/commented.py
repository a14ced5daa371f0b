"""A draft that is commented on before a story begins, done by the verbs themselves."""

from __future__ import annotations

from datetime import timedelta

from app.comments.choosing import chosen
from app.comments.deciding import decide, held_round, tell
from app.comments.opening import close, open_round
from app.comments.queries import comments_in, whole_round
from app.comments.saying import say
from app.events.queries import event_by_id
from app.memos.memos import memo_of
from tests.browser.conftest import House
from tests.browser.stories import issued


def commenting(house: House, number: int = 1) -> int:
    """The draft of the afternoon's memo is being commented on: Otso has proposed a wording and said something of its
    distribution. Returns the event's id."""
    event_id = issued(house) if number == 1 else 1
    at = house.clock()
    with house.database.session() as session:
        event, memo = event_by_id(session, event_id), memo_of(session, event_id)
        readers, until = chosen(session, event, ["attended"], []), at + timedelta(days=7)
        open_round(session, house.settings, event, memo, readers, closes_at=until, note="Katsokaa.", at=at, by="Helmi")
        held = whole_round(session, memo, number)
        section = next(one for one in memo.sections if one.body and not one.auto)
        words = {"text": "Näin oli.", "proposed": f"{section.body.splitlines()[0]} Ja näin {number}."}
        say(session, held, held.readers[0], (section.key, 0), **words, at=at)
        say(session, held, held.readers[0], ("closing", None), "Myös Kaino.", "", at=at)
    return event_id


def commented(house: House) -> int:
    """Otso's wording was taken, and he was told; now a second round is closed, and the paragraph of which he has
    proposed a wording has changed since. Returns the event's id."""
    event_id = commenting(house)
    at = house.clock()
    with house.database.session() as session:
        memo, held = held_round(session, event_by_id(session, event_id), 1)
        close(held, at=at)
        for _reader, comment in comments_in(held):
            decide(session, memo, held, comment, "accepted", answer="Kiitos.", at=at, by="Helmi")
        tell(session, house.settings, event_by_id(session, event_id), held, at=at)
    commenting(house, 2)
    with house.database.session() as session:
        memo, held = held_round(session, event_by_id(session, event_id), 2)
        close(held, at=at)
        section = next(one for one in memo.sections if one.body and not one.auto)
        section.body = f"{section.body} Muutettu."
    return event_id
