"""A trail that was tampered with is never taken for whole."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.chain import BEGINNING, Anchor, Fact, Fault, anchor_of, digest_of, faults, key_of

KEY = key_of(b"0" * 32)
AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def trail(length: int, key: bytes = KEY) -> list[tuple[Fact, bytes]]:
    entries, before = [], BEGINNING
    for number in range(1, length + 1):
        fact = Fact(
            number, AT + timedelta(minutes=number), "account", "helmi@rm.example", "memo_text", {"event_id": number},
            "192.0.2.1",
        )  # fmt: skip
        before = digest_of(key, before, fact)
        entries.append((fact, before))
    return entries


def anchor(entries, number: int) -> Anchor:
    return Anchor(number, entries[number - 1][1])


WHOLE = trail(40)
CHANGES = {
    "at": AT, "actor": "link", "actor_id": "otso@rm.example", "act": "sent", "about": {"event_id": 0},
    "address": None,
}  # fmt: skip


def test_a_whole_trail_has_no_fault():
    assert list(faults(WHOLE, KEY)) == []
    assert list(faults(WHOLE, KEY, [anchor(WHOLE, 1), anchor(WHOLE, 40)])) == []
    assert list(faults([], KEY)) == []


@pytest.mark.parametrize("name", CHANGES)
def test_every_word_of_an_entry_is_covered(name):
    changed = list(WHOLE)
    changed[9] = replace(changed[9][0], **{name: CHANGES[name]}), changed[9][1]
    assert list(faults(changed, KEY)) == [Fault(10, "changed")]


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda t: t[:4] + t[5:], [Fault(5, "missing"), Fault(6, "changed")]),
        (lambda t: t[:30], [Fault(40, "cut")]),
        (lambda t: [], [Fault(40, "cut")]),
        (lambda t: trail(40, key_of(b"1" * 32)), [*(Fault(n, "changed") for n in range(1, 41))]),
        (lambda t: [*t[:39], (replace(t[39][0], act="x"), digest_of(KEY, t[38][1], replace(t[39][0], act="x")))],
         [Fault(40, "other")]),
        (lambda t: [*t, (replace(t[39][0], number=41), bytes(32))], [Fault(41, "changed")]),
    ],
)  # fmt: skip
def test_what_is_told_of_a_trail_that_was_tampered_with(tamper, found):
    assert list(faults(tamper(list(WHOLE)), KEY, [anchor(WHOLE, 40)])) == found


@st.composite
def tampered(draw) -> list[tuple[Fact, bytes]]:
    """The trail with one edit, deletion, exchange or cut, as one makes them who does not know the key."""
    entries = list(WHOLE)
    place = draw(st.integers(0, len(entries) - 1))
    kind = draw(st.sampled_from(["edit", "digest", "delete", "exchange", "cut", "again"]))
    fact, digest = entries[place]
    if kind == "edit":
        name = draw(st.sampled_from(sorted(CHANGES)))
        entries[place] = replace(fact, **{name: CHANGES[name]}), digest
    elif kind == "digest":
        entries[place] = fact, draw(st.binary(min_size=32, max_size=32).filter(lambda other: other != digest))
    elif kind == "delete":
        del entries[place]
    elif kind == "exchange":
        other = draw(st.integers(0, len(entries) - 1).filter(lambda other: other != place))
        numbers = entries[place][0].number, entries[other][0].number
        entries[place], entries[other] = (
            (replace(entries[other][0], number=numbers[0]), entries[other][1]),
            (replace(entries[place][0], number=numbers[1]), entries[place][1]),
        )
    elif kind == "again":
        entries.append((replace(fact, number=len(entries) + 1), digest))
    else:
        del entries[place:]
    return entries


@given(tampered())
def test_no_tampering_is_overlooked(entries):
    assert list(faults(entries, KEY, [anchor(WHOLE, 40)])) != []


def test_of_a_thousand_tamperings_a_thousand_are_found():
    """By somebody who has the database and not the secret: an entry edited, left out, exchanged, put in or written
    anew, or the end cut off behind the last anchor's place; security.md, section 7."""
    chance, found = random.Random(8), 0
    for number in range(1000):
        entries = list(WHOLE)
        harm(chance, entries, KINDS[number % len(KINDS)])
        found += bool(list(faults(entries, KEY, [anchor(WHOLE, len(WHOLE))])))
    assert found == 1000


KINDS = ("edit", "delete", "exchange", "put in", "cut", "anew")


def harm(chance: random.Random, entries: list[tuple[Fact, bytes]], kind: str) -> None:
    """Tamper with a trail once; `anew` writes all entries from a place on with a key of one's own."""
    place = chance.randrange(len(entries))
    fact, digest = entries[place]
    name = chance.choice(sorted(CHANGES))
    if kind == "edit":
        entries[place] = replace(fact, **{name: CHANGES[name]}), digest
    elif kind == "delete":
        del entries[place]
    elif kind == "exchange":
        other = chance.choice([one for one in range(len(entries)) if one != place])
        entries[place], entries[other] = (
            (replace(entries[other][0], number=fact.number), entries[other][1]),
            (replace(fact, number=entries[other][0].number), digest),
        )
    elif kind == "put in":
        later = [(replace(one, number=one.number + 1), theirs) for one, theirs in entries[place:]]
        entries[place:] = [(fact, chance.randbytes(32)), *later]
    elif kind == "cut":
        del entries[place:]
    else:
        before = entries[place - 1][1] if place else BEGINNING
        for at in range(place, len(entries)):
            changed = replace(entries[at][0], act="other") if at == place else entries[at][0]
            before = digest_of(b"a guess", before, changed)
            entries[at] = changed, before


def test_an_anchor_is_read_as_it_is_printed():
    one = anchor(WHOLE, 7)
    assert anchor_of(f" {one.words()}\n") == one
    for words in ("", "7", "7-ab", f"x{one.words()}", one.words()[:-1] + "g"):
        with pytest.raises(ValueError):
            anchor_of(words)
