"""What is hostile ends with a paper or a clear reason; nothing is fetched, read or brought in by it."""

from __future__ import annotations

import pytest

from app.pdf import Limits
from tests.pdf.hostile import FEW, Outcome, at, heavy, listening, written

ASKS, HEAVY, WRITTEN = at("http://a.example", "file:///a"), heavy(), written()
ENDS = {
    "quotes 200 deep": "deep", "lists 200 deep": "deep", "emphasis 2,000 deep": "deep", "tables 60 deep": "deep",
    "drawings in drawings": "slow", "boxes in boxes": "slow", "letters of a kilometre": "broken",
}  # fmt: skip


@pytest.fixture(scope="module")
def address():
    with listening() as where:
        yield where


def test_they_are_thirty_and_more():
    assert len(ASKS | HEAVY | WRITTEN) >= 36


@pytest.mark.long
@pytest.mark.parametrize("name", ASKS)
def test_what_asks_for_something_gets_nothing(address, name):
    there, secret, asked = address
    outcome = Outcome(at(there, secret)[name], FEW)
    assert (outcome.ended, outcome.leaks, asked) == ("paper", [], [])


@pytest.mark.long
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_too_much_ends(name):
    outcome = Outcome(HEAVY[name], Limits(wall=2, cpu=2) if ENDS.get(name) == "slow" else Limits())
    assert (outcome.ended, outcome.leaks, outcome.seconds < 60) == (ENDS.get(name, "paper"), [], True)


@pytest.mark.long
@pytest.mark.parametrize("name", WRITTEN)
def test_what_may_be_written_becomes_a_paper(name):
    outcome = Outcome(WRITTEN[name], Limits())
    assert (outcome.ended, outcome.leaks) == ("paper", [])
