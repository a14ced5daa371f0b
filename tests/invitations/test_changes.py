"""What counts as a change, and which changes ask anew, as tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from app.invitations.change_words import changes_words
from app.invitations.changes import asks_anew, changes_since, told_of
from app.language import speaking


@dataclass(frozen=True)
class Told:
    title: str = "Siltojen iltapäivä"
    starts_at: datetime = datetime(2026, 9, 10, 13, 0)
    ends_at: datetime | None = datetime(2026, 9, 10, 15, 0)
    time_zone: str = "Europe/Helsinki"
    place: str | None = "Rakennusten talo"
    online_url: str | None = None
    rsvp_deadline: str | None = "2026-09-05"
    background: str | None = None


EVENT = Told()


@pytest.mark.parametrize(
    ("now", "what", "anew"),
    [
        (EVENT, [], False),
        (replace(EVENT, starts_at=datetime(2026, 9, 10, 14, 0)), ["when"], True),
        (replace(EVENT, ends_at=None), ["when"], True),
        (replace(EVENT, time_zone="Europe/Stockholm"), ["when"], True),
        (replace(EVENT, place="Siltasali"), ["place"], True),
        (replace(EVENT, place=None), ["place"], True),
        (replace(EVENT, online_url="https://kokous.example/1"), ["online"], True),
        (replace(EVENT, title="Siltojen päivä"), ["title"], False),
        (replace(EVENT, rsvp_deadline="2026-09-07"), ["deadline"], False),
        (replace(EVENT, background="Lisää tekstiä"), ["background"], False),
        (replace(EVENT, background=""), [], False),
        (replace(EVENT, title="Siltojen päivä", place="Siltasali"), ["place", "title"], True),
    ],
)
def test_a_change_is_what_was_told_otherwise(now, what, anew):
    changes = changes_since(told_of(EVENT), told_of(now))
    assert [change.what for change in changes] == what
    assert asks_anew(changes) == anew


def test_the_programme_is_told_of_too():
    before, after = told_of(EVENT, ["13.00–13.15 Avaus"]), told_of(EVENT, ["13.00–13.30 Avaus"])
    assert [change.what for change in changes_since(before, after)] == ["programme"]


def test_after_a_cancellation_that_it_takes_place_is_a_change_that_asks_anew():
    changes = changes_since(told_of(EVENT) | {"cancelled": True}, told_of(EVENT))
    assert ([change.what for change in changes], asks_anew(changes)) == (["cancelled"], True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Time: Thursday 10\xa0September 2026, 14:00–16:00 (was Thursday 10\xa0September 2026, 13:00–15:00)\n"
            "Place: none any more (was Rakennusten talo)\n"
            "Online: https://kokous.example/1 (new)\n"
            "Answers due: Monday 7\xa0September 2026 (was Saturday 5\xa0September 2026)\n"
            "The programme has been changed.",
        ),
    ],
)
def test_changes_are_said_as_they_are_and_as_they_were(language, words):
    now = replace(
        EVENT, starts_at=datetime(2026, 9, 10, 14, 0), ends_at=datetime(2026, 9, 10, 16, 0), place=None,
        online_url="https://kokous.example/1", rsvp_deadline="2026-09-07",
    )  # fmt: skip
    changes = changes_since(told_of(EVENT), told_of(now, ["14.00–14.15 Avaus"]))
    with speaking(language):
        assert changes_words(changes, "Europe/Helsinki") == words
