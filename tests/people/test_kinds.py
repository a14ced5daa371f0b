from __future__ import annotations

import pytest

from app.language import speaking
from app.people.kinds import kind_from_words, kind_words, kinds


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_kind_written_in_any_language_is_the_kind(language):
    with speaking(language):
        written = kinds()
    with speaking("en"):
        assert [kind_from_words(words.upper()) for words in written.values()] == list(written)


def test_a_kind_of_ones_own_stays_as_written():
    assert kind_from_words("Digipiiri") == "Digipiiri"
    assert (kind_words("Digipiiri"), kind_words(None), kind_from_words(None)) == ("Digipiiri", "", None)
