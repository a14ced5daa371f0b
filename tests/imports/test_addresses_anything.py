"""Whatever is pasted: nothing fails, no address is lost, and the time grows with the text and no faster."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.imports.address_problems import wrong_with
from app.imports.addresses import parse_addresses

pieces = st.sampled_from(
    [
        *"<>()[]\"';:,\n\t\\|/@.-=?+ ",
        "Matti",
        "Virtanen",
        "von",
        "VM",
        "(VM)",
        "a@x.example",
        "<b@x.example>",
        "To: ",
        "ja",
    ]
)
anything = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@settings(max_examples=60, deadline=None)
@given(anything)
def test_any_text_is_read_without_harm(text):
    for one in parse_addresses(text):
        assert one.email is None or wrong_with(one.email) is None
        told = (one.given_name or "") + (one.family_name or "")
        assert not any(c in told for c in "@<>=\u202e\n\t") and not any(c.isdigit() for c in told)


@settings(max_examples=60, deadline=None)
@given(anything, anything)
def test_no_address_in_angle_brackets_is_lost(before, after):
    text = f"{before}; Kai Mäki <kai.maki@vm.example>; {after}"
    assert "kai.maki@vm.example" in [one.email for one in parse_addresses(text)]


givens = st.sampled_from(["Matti", "Anna", "Otto", "Áile", "Carl-Gustaf", "Tuula", "Äijä", "Seán"])
families = st.sampled_from(["Virtanen", "Öhman", "von Essen", "af Ursin", "Mäki-Petäjä", "Lybeck", "Ó Briain", "Niemi"])
bodies = st.sampled_from(["VM", "STM", "DVV", "Kuntaliitto", "Oulun kaupunki", "Digi- ja väestötietovirasto"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(givens, families, bodies), min_size=1, max_size=6),
    st.sampled_from(["; ", ";", ", ", "\n", ";\n"]),
)
def test_what_is_written_as_the_government_writes_is_read_back(people, between):
    text = between.join(f"{f} {g} ({o}) <x{place}@vm.example>" for place, (g, f, o) in enumerate(people))
    found = [(p.given_name, p.family_name, p.organisation, p.email, p.problem) for p in parse_addresses(text)]
    assert found == [(g, f, o, f"x{place}@vm.example", None) for place, (g, f, o) in enumerate(people)]


HOSTILE = [
    "(",
    ",",
    '"',
    "<",
    "[",
    '\\"',
    '"\\',
    "<a",
    "(a",
    "=?",
    "=?a?Q?",
    "x(at)",
    "a'",
    "ä-",
    "a.",
    "\n ",
    "- ",
    "To:",
    "&lt;",
]


@pytest.mark.long
@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(unit):
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        parse_addresses(text)
        return time.process_time() - begun

    short, long = min(seconds(2_500) for _ in range(3)), min(seconds(20_000) for _ in range(2))
    assert long < max(0.05, 8 * 3 * short)
