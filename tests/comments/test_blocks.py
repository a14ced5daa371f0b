"""A section's text falls into blocks and back; a wording goes where its block still reads as it did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.comments.blocks import (
    in_its_place,
    join,
    meanings_in,
    put_back,
    reworded,
    split,
    where_now,
    with_meanings,
)

TEXTS = {
    "nothing": ("", []),
    "blank lines": ("\n \n", []),
    "one": ("Todettiin.", ["Todettiin."]),
    "a paragraph of two lines": ("Yksi\nkaksi\n\nToinen", ["Yksi\nkaksi", "Toinen"]),
    "a heading close above": ("# Otsikko\nTeksti", ["# Otsikko", "Teksti"]),
    "a loose list is one": ("- yksi\n\n- kaksi\n\nLoppu", ["- yksi\n\n- kaksi", "Loppu"]),
    "two lists apart": ("- yksi\n\n* kaksi", ["- yksi", "* kaksi"]),
    "a table": ("| a | b |\n|---|---|\n| 1 | 2 |\n\nLoppu", ["| a | b |\n|---|---|\n| 1 | 2 |", "Loppu"]),
    "a quote": ("> yksi\n> kaksi\n\nLoppu", ["> yksi\n> kaksi", "Loppu"]),
    "code with a blank line": ("```\na\n\nb\n```\nLoppu", ["```\na\n\nb\n```", "Loppu"]),
    "indented code": ("    a\n\n    b\n\nLoppu", ["    a\n\n    b", "Loppu"]),
    "a footnote and its text": ("Sovittiin[^1].\n\n[^1]: Kirjeellä.", ["Sovittiin[^1].", "[^1]: Kirjeellä."]),
    "where a link leads": ("[silta]\n\n[silta]: https://s.example", ["[silta]", "[silta]: https://s.example"]),
    "a rule": ("Yksi\n\n---\n\nKaksi", ["Yksi", "---", "Kaksi"]),
    "old line ends": ("Yksi\r\n\r\nKaksi\rkolme", ["Yksi", "Kaksi\rkolme"]),
}


@pytest.mark.parametrize(("text", "blocks"), TEXTS.values(), ids=TEXTS)
def test_a_text_falls_into_blocks(text, blocks):
    assert (split(text).texts, join(split(text))) == (blocks, text)


DEFINES = {
    "[silta]: https://s.example": True, "[^1]: Kirjeellä.": True, "[Huom]: tämä luetaan tässä.": False,
    "Sovittiin[^1].": False,
}  # fmt: skip


@pytest.mark.parametrize(("text", "defines"), DEFINES.items(), ids=DEFINES)
def test_what_only_defines_is_not_read_where_it_stands(text, defines):
    assert [block.defines for block in split(text).blocks] == [defines]


@given(st.text(st.sampled_from("ab#-*>|`~[]^:1.\\\t \n\r\u2028\x0bä<&")) | st.text())
def test_the_blocks_together_are_the_text_again(text):
    assert join(split(text)) == text


WHERE = {
    "as it was": (["a", "b", "c"], ["a", "b", "c"], 1, 1),
    "something was put above": (["a", "b"], ["x", "a", "b"], 1, 2),
    "something above is gone": (["a", "b"], ["b"], 1, 0),
    "moved to the top": (["a", "b", "c"], ["c", "a", "b"], 2, 0),
    "changed": (["a", "b"], ["a", "B"], 1, None),
    "gone": (["a", "b"], ["a"], 1, None),
    "the first of two alike": (["a", "a", "b"], ["x", "a", "a"], 0, 1),
    "the second of two alike": (["a", "b", "a"], ["a", "x", "b", "a"], 2, 3),
    "one of two alike is gone": (["x", "a", "a"], ["a"], 2, None),
    "there are two alike now": (["a", "b"], ["a", "a", "b"], 0, None),
    "the other of two alike was reworded": (["a", "a"], ["A", "a"], 1, 1),
}


@pytest.mark.parametrize(("then", "now", "place", "found"), WHERE.values(), ids=WHERE)
def test_where_a_block_stands_now(then, now, place, found):
    assert where_now(then, now, place) == found


INSTEAD = {
    "as it was": (["a", "b"], ["a", "b"], 1, ["b"]),
    "changed": (["a", "b", "c"], ["a", "B", "c"], 1, ["B"]),
    "two changed": (["a", "b", "c"], ["A", "B", "c"], 1, ["B"]),
    "became two": (["a", "b", "c"], ["a", "x", "y", "c"], 1, ["x", "y"]),
    "gone": (["a", "b", "c"], ["a", "c"], 1, []),
    "everything gone": (["a"], [], 0, []),
}


@pytest.mark.parametrize(("then", "now", "place", "found"), INSTEAD.values(), ids=INSTEAD)
def test_what_stands_in_a_blocks_place(then, now, place, found):
    assert in_its_place(then, now, place) == found


WORDINGS = {
    "in the middle": ("a\n\nb\n\nc", 1, "B", "a\n\nB\n\nc"),
    "the last": ("a\n\nb\n", 1, "B", "a\n\nB"),
    "left out": ("a\n\nb\n\nc", 1, "", "a\n\nc"),
    "the last left out": ("a\n\nb", 1, " \n", "a"),
    "two for one": ("a\n\nb\n\nc", 1, "B\n\nB2", "a\n\nB\n\nB2\n\nc"),
    "under a heading without a line between": ("# h\nb\nc\n\nd", 1, "B", "# h\n\nB\n\nd"),
    "a heading becomes text": ("a\n# h\nb", 1, "H", "a\n\nH\n\nb"),
    "a fence that is left open takes nothing in": ("a\n\nb\n\nc", 1, "```\nB", None),
    "an open fence at the end": ("a\n\nb", 1, "```\nB", "a\n\n```\nB"),
    "an item goes into the list above": ("- a\n\nb\n\nc", 1, "- B", None),
    "the list around what is left out stays two": ("- a\n\nb\n\n- c", 1, "", None),
}


@pytest.mark.parametrize(("text", "place", "wording", "made"), WORDINGS.values(), ids=WORDINGS)
def test_a_wording_takes_the_place_of_a_block(text, place, wording, made):
    assert reworded(text, place, wording) == made


BACK = {
    "as accepted": ("a\n\nB\n\nc", "B", "b", "a\n\nb\n\nc"),
    "two for one": ("a\n\nB\n\nB2\n\nc", "B\n\nB2", "b", "a\n\nb\n\nc"),
    "written on since": ("a\n\nB!\n\nc", "B", "b", None),
    "stands there twice": ("B\n\nB", "B", "b", None),
    "left out": ("a\n\nc", "", "b", None),
}


@pytest.mark.parametrize(("text", "wording", "original", "made"), BACK.values(), ids=BACK)
def test_an_accepted_wording_is_taken_back(text, wording, original, made):
    assert put_back(text, wording, original) == made


@given(st.lists(st.sampled_from(["a", "b", "# h", "- x", "| t |\n|---|", "> q"]), min_size=1), st.data())
def test_another_wording_changes_nothing_else(parts, data):
    text = "\n\n".join(parts)
    texts = split(text).texts
    place = data.draw(st.integers(0, len(texts) - 1))
    made = reworded(text, place, "Uusi.")
    assert made is not None and split(made).texts == [*texts[:place], "Uusi.", *texts[place + 1 :]]


NEEDED = {
    "none": ("Yksi", []),
    "a footnote": ("Yksi[^a].", ["[^a]: Nootti, ks. [silta]."]),
    "whatever its capitals": ("[Silta]", []),
    "in a quote of two lines": ("> [pitkä\n> Silta]", ["[pitkä silta]: https://p.example"]),
    "first counts": ("![kuva]", ["[kuva]: https://yksi.example"]),
    "where there is none": ("[ei ole][^z]", []),
}


@pytest.mark.parametrize(("text", "needed"), NEEDED.values(), ids=NEEDED)
def test_a_block_is_read_with_what_it_needs_and_nothing_else(text, needed):
    defined = [
        "[^a]: Nootti, ks. [silta].", "[^b]: Toinen.", "[pitkä silta]: https://p.example",
        "[kuva]: https://yksi.example", "[kuva]: https://kaksi.example",
    ]  # fmt: skip
    meant = meanings_in(split("\n\n".join(defined)).blocks)
    assert with_meanings(text, meant) == "\n\n".join([text, *needed])


def test_of_hundreds_of_footnotes_each_paragraph_carries_its_own():
    text = "\n\n".join([*(f"a[^{n}]" for n in range(500)), *(f"[^{n}]: b" for n in range(500))])
    blocks = split(text).blocks
    meant = meanings_in(blocks)
    assert sum(len(with_meanings(one.text, meant)) for one in blocks if not one.defines) < 2 * len(text)
