"""How large a name stands on its badge; everybody is invented."""

from __future__ import annotations

import pytest

from app.memos.badges import IN_A_CELL, ON_A_BADGE, fitted, name_size


@pytest.mark.parametrize(
    ("given_name", "family_name", "size"),
    [
        ("Otso", "Orava", 30),
        ("", "Orava", 30),
        ("Anna-Maija", "von Essen", 30),
        ("Elle Máret", "Čavŋi-Guttorm", 26),
        ("Kristiina", "Vesterlund-Lehtonen", 20),  # three lines, the family name broken after its hyphen
        ("WILHELMIINA", "MAKSIMAINEN-WESTERMARCK", 20),
        ("Maximilian Alexander Konstantin", "Hohenlohe-Langenburg-Schillingsfürst", 16),
        ("Hubertus", "Wolfeschlegelsteinhausenbergerdorff", 12),
        ("X" * 200, "Y" * 200, 12),
    ],
)
def test_a_name_is_as_large_as_its_badge_holds(given_name, family_name, size):
    assert name_size(given_name, family_name) == size


@pytest.mark.parametrize(
    ("words", "place", "printed"),
    [
        ("", ON_A_BADGE, ""),
        ("Siltaverkosto", ON_A_BADGE, "Siltaverkosto"),
        ("Tieryhmä sekä Siltojen ja lauttojen yhteistyöverkosto", ON_A_BADGE,
         "Tieryhmä sekä Siltojen ja lauttojen yhteistyöverkosto"),
        ("Digitaalisen turvallisuuden ryhmä sekä Teiden, polkujen ja lauttojen neuvottelukunnan jaosto", ON_A_BADGE,
         "Digitaalisen turvallisuuden ryhmä sekä Teiden, polkujen ja lauttojen …"),
        ("Keski-Pohjanmaan tiepiirin siltayksikkö ja muut", IN_A_CELL,
         "Keski-Pohjanmaan tiepiirin siltayksikkö ja muut"),
        ("Keski-Pohjanmaan ja Etelä-Pohjanmaan tiepiirien siltayksiköt ja verkosto", IN_A_CELL,
         "Keski-Pohjanmaan ja Etelä-Pohjanmaan tiepiirien …"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_cut_between_words(words, place, printed):
    assert fitted(words, place) == printed
