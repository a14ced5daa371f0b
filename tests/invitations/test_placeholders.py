"""Words in braces, as tables."""

from __future__ import annotations

import pytest

from app.invitations.placeholders import fill, link_stands_alone, unknown, without_empty

VALUES = {"name": "Otso", "group": "", "title": "{link}", "link": "https://koolle.example/i/x", "deadline": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hei {name}", "Hei Otso"),
        ("{title}", "{link}"),  # what a value holds is not looked at again
        ("{name.__class__} {name[0]} {{name}} {} { name }", "{name.__class__} {name[0]} {{name}} {} { name }"),
        ("{nimi}", "{nimi}"),
    ],
)
def test_fill(text, filled):
    assert fill(text, VALUES) == filled


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hei {name}, {when}", []),
        ("{nimi} {name} {aika} {nimi}", ["nimi", "aika"]),
        ("{name.x} {0!r} {}", []),
        ("{{env}} {% env %} {a.b} {a[0]} { env }", []),
        ("{env}", ["env"]),
        ("{eräs-päivä}", ["eräs-päivä"]),
        ("{Name}", ["Name"]),
    ],
)
def test_unknown(text, words):
    assert unknown(text) == words


@pytest.mark.parametrize(
    ("body", "alone"),
    [("Vastaa:\n{link}", True), ("  {link}  ", True), ("Vastaa: {link}", False), ("Hei", False),
     ("{link}\n[tästä]({link})", False)],
)  # fmt: skip
def test_the_link_stands_alone(body, alone):
    assert link_stands_alone(body) is alone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hei {name}\nEdustat: {group}\nLoppu", "Hei {name}\nLoppu"),
        ("Alku\n\nVastaa {deadline} mennessä.\n\nLoppu", "Alku\n\nLoppu"),
        ("{nimi} jää", "{nimi} jää"),
    ],
)
def test_a_line_without_its_value_is_left_out(text, kept):
    assert without_empty(text, VALUES) == kept
