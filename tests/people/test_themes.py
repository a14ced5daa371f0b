"""Themes as somebody writes them on one line."""

from __future__ import annotations

import pytest

from app.people.themes import lines_offered, themes_written

IN_USE = ["Digi", "esteettömyys", "kieli"]


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("", []),
        (" , ;\n", []),
        ("kieli", ["kieli"]),
        ("digi, KIELI;  uusi   teema \n", ["Digi", "kieli", "uusi teema"]),
        ("Uusi, uusi, UUSI", ["Uusi"]),
    ],
)
def test_themes_stand_between_commas_and_are_spelt_as_in_use(text, themes):
    assert themes_written(text, IN_USE) == themes


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", IN_USE),
        ("est", ["esteettömyys"]),
        ("kieli, esteetto", ["kieli, esteettömyys"]),
        ("Kieli,", ["Kieli, Digi", "Kieli, esteettömyys"]),
        ("kieli, digi", []),
        ("xyz", []),
    ],
)
def test_the_last_theme_of_a_line_is_completed(text, lines):
    assert lines_offered(text, IN_USE) == lines
