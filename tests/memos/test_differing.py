"""What differs between two texts, when a save goes on with a revision, and which passages a text has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.memos.continuing import continues
from app.memos.differing import difference, gone, shortened
from app.memos.passages import passages

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def told(before: str, after: str) -> str:
    """The difference in one line: -gone- +new+."""
    marks = {"same": "{}", "gone": "-{}-", "new": "+{}+", "left_out": "{}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ("", "", ""),
        ("", "Sillat.", "+Sillat.+"),
        ("Sillat.", "", "-Sillat.-"),
        ("Sillat kestävät.", "Sillat kestävät.", "Sillat kestävät."),
        ("Sillat kestävät.", "Sillat kestävät hyvin.", "Sillat -kestävät.-+kestävät hyvin.+"),
        ("Kaikki sillat kestävät.", "Sillat kestävät.", "-Kaikki sillat -+Sillat +kestävät."),
        ("yksi\nkaksi\nkolme\n", "yksi\nkolme\n", "yksi\n-kaksi\n-kolme\n"),
        ("yksi kaksi\nkolme", "yksi kuusi\nkolme", "yksi -kaksi-+kuusi+\nkolme"),
        ("a b c", "x b y", "-a -+x +b -c-+y+"),
    ],
)
def test_what_differs_is_told_by_words(before, after, differs):
    assert told(before, after) == differs


@given(st.lists(st.sampled_from(["silta ", "tie ", "\n", "ja ", "| a | b |\n"])), st.data())
def test_the_pieces_are_both_texts(words, data):
    """Without what is new they are the first, without what is gone the second; hypothesis mixes the words anew."""
    before, after = "".join(words), "".join(data.draw(st.permutations(words)))[data.draw(st.integers(0, 5)) :]
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


@pytest.mark.parametrize("line", ["| a | b |\n", "sana "])
def test_fifty_thousand_rows_that_are_alike_are_compared_at_once(line):
    many = line * 50_000
    assert gone(f"alku {many}", f"loppu {many}") <= len(many) + 5


@pytest.mark.parametrize(
    ("before", "after", "brief"),
    [
        ("a " * 200 + "vanha", "a " * 200 + "uusi", "…" + " " + "a " * 9 + "-vanha-+uusi+"),
        ("vanha" + " a" * 200, "uusi" + " a" * 200, "-vanha -+uusi +" + "a " * 10 + "…"),
        ("lyhyt vanha", "lyhyt uusi", "lyhyt -vanha-+uusi+"),
    ],
)
def test_what_is_the_same_is_left_out_but_beside_what_differs(before, after, brief):
    marks = {"same": "{}", "gone": "-{}-", "new": "+{}+", "left_out": "{}"}
    pieces = shortened(difference(before, after), around=20)
    assert "".join(marks[piece.kind].format(piece.text) for piece in pieces) == brief


@pytest.mark.parametrize(
    ("seconds", "by", "text", "what", "goes_on"),
    [
        (0, "Helmi", "Todettiin, että sillat kestävät.", "written", True),
        (60, "Helmi", "Todettiin, että sillat kestävät. Niin.", "written", True),
        (61, "Helmi", "Todettiin, että sillat kestävät. Niin.", "written", False),
        (-1, "Helmi", "Todettiin, että sillat kestävät.", "written", False),
        (10, "Saima", "Todettiin, että sillat kestävät. Niin.", "written", False),
        (10, "Helmi", "Todettiin.", "written", True),
        (10, "Helmi", "Todettiin.", "restored", False),
    ],
)
def test_a_save_goes_on_with_the_minutes_revision(seconds, by, text, what, goes_on):
    last = "Todettiin, että sillat kestävät."
    at = AT + timedelta(seconds=seconds)
    assert continues(AT, "Helmi", last, at=at, writer=by, text=text, what=what) is goes_on


@pytest.mark.parametrize(("letters", "goes_on"), [(100, True), (101, False)])
def test_more_than_a_slip_that_is_gone_begins_a_revision(letters, goes_on):
    last = "a" * letters + "\nSillat."
    assert continues(AT, "Helmi", last, at=AT, writer="Helmi", text="\nSillat.") is goes_on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, []),
        ("", []),
        ("Kootaan kartta.", ["Kootaan kartta."]),
        ("Kootaan\nkartta.\n\nMaalataan.", ["Kootaan kartta.", "Maalataan."]),
        ("Sovittiin:\n- **kootaan** kartta\n- maalataan\n  silta", ["Sovittiin:", "kootaan kartta", "maalataan silta"]),
        ("1. yksi\n2) kaksi", ["yksi", "kaksi"]),
        ("# Otsikko\n\n| a | b |\n| --- | --- |\n\n[^1]: Viite.\n\n> Lainaus", ["Lainaus"]),
        ("Katso [kartta](https://silta.example)[^1] ja \\*tähti\\*.", ["Katso kartta ja *tähti*."]),
        ("Aika\\\nPaikka", ["Aika Paikka"]),
        ("a * b * c snake_case", ["a * b * c snake_case"]),
    ],
)
def test_a_text_has_passages_in_plain_words(text, found):
    assert passages(text) == found
