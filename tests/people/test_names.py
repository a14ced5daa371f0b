from __future__ import annotations

import pytest

from app.people.names import split_name


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Helmi Hakala", "Helmi", "Hakala"),
        ("Anna-Maija von Essen", "Anna-Maija", "von Essen"),
        ("Anna Maija von Essen", "Anna Maija", "von Essen"),
        ("Ursula von der Heide", "Ursula", "von der Heide"),
        ("Karl af Forselles", "Karl", "af Forselles"),
        ("Magnus de la Roche", "Magnus", "de la Roche"),
        ("Louis De Geer", "Louis", "De Geer"),
        ("Marja Von Wright", "Marja", "Von Wright"),
        ("Jan van den Berg", "Jan", "van den Berg"),
        ("Otto von und zu Aufsess", "Otto", "von und zu Aufsess"),
        ("Omar bin Saleh", "Omar", "bin Saleh"),
        ("Kari Ben Nurmi", "Kari Ben", "Nurmi"),
        ("Van Nurmi", "Van", "Nurmi"),
        ("Kirsi Virtanen-Mäkelä", "Kirsi", "Virtanen-Mäkelä"),
        ("Eeva Sofia Kallio", "Eeva Sofia", "Kallio"),
        ("von Essen", "", "von Essen"),
        ("Pilvi", "", "Pilvi"),
        ("von", "", "von"),
        ("  Áile \N{NO-BREAK SPACE} Niittyvuopio ", "Áile", "Niittyvuopio"),
        ("", "", ""),
    ],
)
def test_the_family_name_takes_its_particles(name, given, family):
    assert split_name(name) == (given, family)
