"""What must stay on one line of a paper, and nothing else of the page."""

from __future__ import annotations

import pytest

from app.memos.unbroken import LONGEST, unbroken


def whole(words: str) -> str:
    return f'<span class="unbroken">{words}</span>'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Digi arkeen -neuvottelukunta kutsui", f"Digi arkeen {whole('-neuvottelukunta')} kutsui"),
        ("2020-luvulla.", whole("2020-luvulla.")),
        ("toiminnan/tulosten edistäminen", f"{whole('toiminnan/tulosten')} edistäminen"),
        ("toiminta- ja sisältö", f"{whole('toiminta- ja')} sisältö"),
        ("väg- och brofrågor", f"{whole('väg- och')} brofrågor"),
        ("jatkossakin - tiedon", whole("jatkossakin - tiedon")),
        ("- ja", "- ja"),
        ("selvillä – kaikkeen", f"{whole('selvillä –')} kaikkeen"),
        ("klo 13.00–15.00.", f"{whole('klo 13.00–15.00')}."),
        ("Saima Salo, Otso Orava", f"{whole('Saima Salo')}, Otso Orava"),
        ("Saima Salonen", "Saima Salonen"),
        ("Åke &amp; Co, d’Arc", f"{whole('Åke &amp; Co')}, d’Arc"),
        ("a-" * LONGEST + "b", "a-" * LONGEST + "b"),
    ],
)
def test_names_times_and_hyphened_words_stay_whole(text, kept):
    page = "<head><title>2020-luku</title></head><body><p title='a-b'>{}</p>"
    assert unbroken(page.format(text), ["Saima Salo", "Åke & Co"]) == page.format(kept)
