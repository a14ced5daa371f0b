"""Whom a row of an online meeting's report may be."""

from __future__ import annotations

import pytest

from app.attendance.report_matching import Known, Match, Matcher

KNOWN = [
    Known(1, "Otso", "Orava", "otso.orava@rm.example"),
    Known(2, "Pilvi", "Puro", None),
    Known(3, "Anna-Maija", "von Essen", None),
    Known(4, "Kaino", "Kivi", "kaino@rm.example"),
    Known(5, "Kaino", "Kivi", "kaino@tkv.example"),
    Known(6, "Äijä", "Äyräs", None),
    Known(7, "Rauha", "Ranta", None),
    Known(8, "", "", "helmi@koolle.example"),
]


@pytest.mark.parametrize(
    ("names", "email", "match"),
    [
        (["Whoever"], "otso.orava@rm.example", Match(1, "email")),
        (["Whoever"], "helmi@koolle.example", Match(8, "email")),
        (["Pilvi Puro"], "", Match(2, "name")),
        (["Puro Pilvi"], "", Match(2, "name")),
        (["PURO PILVI"], "pp@else.example", Match(2, "name")),
        (["iPad", "Pilvi Puro"], "", Match(2, "name")),
        (["von Essen Anna Maija"], "", Match(3, "name")),
        (["Aija Ayras"], "", Match(6, "name")),
        (["Kaino Kivi"], "", Match(None, None, (4, 5))),  # two have the name
        (["Rauha R."], "", Match(None, None, (7,))),
        (["Rauha Ran"], "", Match(None, None, (7,))),
        (["Pilvi Puroo"], "", Match(None, None, (2,))),
        (["Pilvi Maria Puro"], "", Match(None, None, (2,))),
        (["Anna von Essen"], "", Match(None, None, (3,))),
        (["Pilvi"], "", Match(None, None)),
        (["Ville Vaara"], "", Match(None, None)),
        ([""], "", Match(None, None)),
        (["Otso Kivi"], "", Match(None, None)),
    ],
)
def test_an_address_or_a_whole_name_tells_and_likeness_proposes(names, email, match):
    assert Matcher(KNOWN).match(names, email) == match


def test_many_are_compared_with_few():
    many = [Known(n, f"Nimi{n}", f"Suku{n % 50}", None) for n in range(2_000)]
    matcher = Matcher(many)
    assert matcher.match(["Nimi7 Sukuu7"], "").likely[0] == 7
