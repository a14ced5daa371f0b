"""Dates in words, as each language has them."""

from __future__ import annotations

from datetime import date

import pytest

from app.dates import day_long


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (19, "maanantaina"), (20, "tiistaina"), (21, "keskiviikkona"), (22, "torstaina"), (23, "perjantaina"),
        (24, "lauantaina"), (25, "sunnuntaina"),
    ],
)  # fmt: skip
def test_a_day_on_which_something_happens_stands_in_the_essive(day, words):
    assert day_long(date(2026, 10, day), "fi") == f"{words} {day}.10.2026"
