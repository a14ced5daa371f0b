"""Items are numbered in order, as a table: patterns, numbers of their own, and where the next agenda goes on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.agenda.numbering import last_number, numbers, sound_pattern


@dataclass
class Item:
    number: str | None = None
    kind: str = "item"


def rows(text):
    """`. . 20 -`: items without a number, one of its own, and a break."""
    return [
        Item(kind="break") if one == "-" else Item(None if one == "." else one.replace("_", " "))
        for one in text.split()
    ]


@pytest.mark.parametrize(
    ("items", "pattern", "first", "printed", "last"),
    [
        ("", "{n} §", 1, [], None),
        (". . .", "{n} §", None, ["1 §", "2 §", "3 §"], 3),
        (". . .", "{n} §", 12, ["12 §", "13 §", "14 §"], 14),
        (". . .", "{n}/2026", 3, ["3/2026", "4/2026", "5/2026"], 5),
        (". - .", "{n}", 1, ["1", None, "2"], 2),
        (". 20_§ .", "{n} §", 1, ["1 §", "20 §", "21 §"], 21),
        (". 7/2026 .", "{n}/2026", 1, ["1/2026", "7/2026", "8/2026"], 8),
        (". 7/26 .", "2026/{n}", 1, ["2026/1", "7/26", "2026/8"], 8),
        (". 2026/7 .", "2026/{n}", 1, ["2026/1", "2026/7", "2026/8"], 8),
        (". 5_a_§ .", "{n} §", 4, ["4 §", "5 a §", "6 §"], 6),
        (". A .", "{n}", 1, ["1", "A", "2"], 2),
        (". 0 .", "{n}", 5, ["5", "0", "1"], 1),
        (". .", None, 7, [None, None], None),
        (". 43 . 44_§", None, None, [None, "43", None, "44 §"], 44),
        (". 1234567890123 .", "{n}", 1, ["1", "1234567890123", "2"], 2),
    ],
)
def test_numbers(items, pattern, first, printed, last):
    assert numbers(rows(items), pattern, first) == printed
    assert last_number(rows(items), pattern, first) == last


def test_a_break_keeps_its_own_number_and_moves_no_other():
    items = [Item(), Item("9", kind="break"), Item(kind="section"), Item(kind="registration"), Item()]
    assert numbers(items, "{n}", 1) == ["1", "9", None, None, "2"]


@pytest.mark.parametrize(
    ("pattern", "sound"),
    [
        ("{n}", True),
        ("{n} §", True),
        ("2026/{n}", True),
        ("§", False),
        ("{n}{n}", False),
        ("{n}1", False),
        ("1{n}", False),
    ],
)
def test_a_pattern_says_once_where_the_number_stands(pattern, sound):
    assert sound_pattern(pattern) is sound
