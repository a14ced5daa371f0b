"""What is otherwise in one programme than in another, as a table in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.agenda.comparing import changes_between
from app.agenda.content import Row, read_rows, written
from app.agenda.version_words import changes_words
from app.language import speaking

STARTS = datetime(2026, 9, 10, 13, 0, tzinfo=UTC)


def rows(text, starts=STARTS):
    """`A15 §B C30`: items that follow each other for so many minutes; § is a section."""
    found = []
    for word in text.split():
        if word.startswith("§"):
            found.append(Row(ord(word[1]), "section", word[1], None, starts, None))
            continue
        ends = starts + timedelta(minutes=int(word[1:])) if word[1:] else None
        found.append(Row(ord(word[0]), "item", word[0], None, starts, ends))
        starts = ends or starts
    return found


def said(before, after):
    return [
        (one.what, (one.now or one.was).title if one.now or one.was else "", one.more)
        for one in changes_between(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("", "", []),
        ("A15 B15", "A15 B15", []),
        ("", "A15", [("added", "A", 0)]),
        ("A15", "", [("removed", "A", 0)]),
        ("A15 B15 C15 D5", "A20 B15 C15 D5", [("length", "A", 0), ("moved", "B", 2)]),
        ("A15 B15 C15", "A15 C15 B15", [("moved", "C", 0), ("moved", "B", 0)]),
        ("A15 B15 C15", "A15 X5 B15 C15", [("added", "X", 0), ("moved", "B", 1)]),
        ("A15 B15 C15", "A15 C15", [("moved", "C", 0), ("removed", "B", 0)]),
        ("A15 B", "A15 B5", [("length", "B", 0)]),
        ("A15 §B C15", "A15 §B C15", []),
        ("A15 §B C15", "§B A15 C15", [("order", "B", 0)]),
        ("A15 §B C15", "A20 §B C15", [("length", "A", 0), ("moved", "C", 0)]),
        ("A15 §B C15", "A15 §B X0 C15", [("added", "X", 0)]),
        ("A15 C15", "A15 §B C15", [("added", "B", 0)]),
        ("A0 B0", "B0 A0", [("order", "", 0)]),
    ],
)  # fmt: skip
def test_changes(before, after, changes):
    assert said(rows(before), rows(after)) == changes


CASES = {
    "title": ({"title": "Avaus"}, "“A” is now called “Avaus”."),
    "number": ({"number": "2 §"}, "“A” has the number 2 § instead of 1 §."),
    "no number": ({"number": None}, "“A” has no number any more."),
    "description": ({"description": "Lyhyesti"}, "“A”: the description has changed."),
    "kind": ({"kind": "break"}, "“A” is now of another kind."),
    "another": ({"speakers": {"en": ["Pilvi"]}}, "“A”: Pilvi speaks, and not Otso."),
    "one more": ({"speakers": {"en": ["Otso", "Pilvi"]}}, "“A”: Pilvi speaks too."),
    "nobody": ({"speakers": {}}, "“A”: Otso does not speak."),
    "in Swedish only": (
        {"speakers": {"en": ["Otso"], "sv": ["Otso, KM"]}},
        "“A”: what is said of the speakers has changed.",
    ),
    "shorter": ({"ends": STARTS + timedelta(minutes=5)}, "“A” takes 5 min instead of 15."),
    "open": ({"ends": None}, "“A” has no end of its own any more."),
    "later": (
        {"starts": STARTS + timedelta(hours=1), "ends": STARTS + timedelta(minutes=75)},
        "“A” has moved from 13:00 to 14:00.",
    ),
    "another day": (
        {"starts": STARTS + timedelta(days=1), "ends": STARTS + timedelta(days=1, minutes=15)},
        "“A” has moved from 10 September 2026, 13:00 to 11 September 2026, 13:00.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("other", "sentence"), CASES.values(), ids=CASES)
def test_each_change_is_a_sentence(other, sentence):
    (a,) = rows("A15")
    a = replace(a, number="1 §", speakers={"en": ["Otso"]})
    with speaking("en"):
        assert [
            one.replace("\N{NO-BREAK SPACE}", " ") for one in changes_words(changes_between([a], [replace(a, **other)]))
        ] == [sentence]


def test_what_came_went_and_follows_is_a_sentence_too():
    with speaking("en"):
        assert changes_words(changes_between(rows("A15 B15 C15 D15 E15"), rows("A20 B15 C15 §S X5 D15"))) == [
            "“A” takes 20 min instead of 15.",
            "“B” and 1 item after it have moved: from 13:15 to 13:20.",
            "“S” is a new heading.",
            "“X” is new, 13:50.",
            "“D” has moved from 13:45 to 13:55.",
            "“E” is no longer there.",
        ]
        assert changes_words(changes_between(rows("A0 B0"), rows("B0 A0"))) == ["The order has changed."]


def test_one_more_item_renumbers_all_that_follow_in_one_sentence():
    many = [replace(row, id=place, number=f"{place} §") for place, row in enumerate(rows("A15 B15 C15"))]
    later = [replace(row, number=f"{row.id + 1} §") for row in many]
    assert said(many, later) == [("number", "A", 2)]
    with speaking("en"):
        assert changes_words(changes_between(many, later)) == ["“A” and 2 items after it have other numbers."]


def test_a_move_of_two_hundred_items_is_one_sentence():
    many = [replace(row, id=place) for place, row in enumerate(rows("A15 " * 200))]
    later = [
        replace(row, starts=row.starts + timedelta(minutes=9), ends=row.ends + timedelta(minutes=9)) for row in many
    ]
    assert said(many, later) == [("moved", "A", 199)]


def test_rows_are_read_as_they_were_written_and_a_later_key_is_passed_over():
    kept = [replace(row, speakers={"fi": ["Otso, RM"]}, description="*x*") for row in rows("A15 §B C")]
    content = written(kept)
    assert content["rows"][0]["starts"] == "2026-09-10T13:00+00:00"
    content["rows"][0]["colour"] = "green"
    assert read_rows(content) == kept
