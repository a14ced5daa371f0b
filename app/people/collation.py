"""Names in the order of a Finnish register, and found however they are written, the nearest first. Pure.

The order is SFS 4600's, as Unicode CLDR tailors it for Finnish: å, ä, ö last, v before w; ü is sorted with y, æ with ä,
ø with ö, and the Sámi letters with the ones that they come from. Both databases would each do it differently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import combining, normalize

from app.people.names import SMALL_PARTICLES

# { | } are the three characters after z
LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ő": "}"}
LIKE = {"đ": "d", "ð": "d", "ǥ": "g", "ŋ": "n", "ŧ": "t", "þ": "th", "ʒ": "z", "ǯ": "z", "ł": "l", "ı": "i", "œ": "oe"}
LETTERS = str.maketrans(LAST | LIKE | {"ü": "y", "ű": "y", "ß": "ss"})
DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
APOSTROPHES = dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'")
FOUND = str.maketrans(LIKE | DASHES | APOSTROPHES | {"ø": "o", "æ": "a", "ß": "ss"})
MOST_WORDS, LONGEST_QUERY = 20, 500
SILENT = re.compile(r"['’ʼ`.]")
BETWEEN = re.compile(r"[^\w{|}]+|_+")


@lru_cache(5000)
def sort_key(text: str) -> tuple[str, str]:
    """Return what a text is sorted by: word by word, letters first, marks and capitals only to tell equals apart."""
    letters = normalize("NFC", text).casefold().translate(LETTERS)
    bare = BETWEEN.sub(" ", SILENT.sub("", _without_marks(letters))).strip()
    return bare, normalize("NFC", text)


def person_key(family_name: str, given_name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return what a person is sorted by: family name without small particles (von Essen under E), then given name."""
    words = family_name.split()
    while len(words) > 1 and words[0] in SMALL_PARTICLES:
        words.append(words.pop(0))
    return sort_key(" ".join(words)), sort_key(given_name)


def order_key(family_name: str, given_name: str) -> str:
    """Return `person_key` as one text, whose order by code points is the register's."""
    (family, family_as_is), (given, given_as_is) = person_key(family_name, given_name)
    return "\t".join((family, family_as_is, given, given_as_is))


def folded(text: str) -> str:
    """Return a text as it is searched: without case and marks, so that `aijala` finds Äijälä."""
    return _without_marks(normalize("NFC", text).casefold().translate(FOUND))


def words_of(query: str) -> list[str]:
    """Return the folded words that a query asks for, each once: twenty, and no word longer than a field could be."""
    return list(dict.fromkeys(folded(query[:LONGEST_QUERY]).split()))[:MOST_WORDS]


def matches(query: str, *texts: str | None) -> bool:
    """Whether every word of the query stands somewhere in the texts, whatever their case and marks."""
    everything = folded("\n".join(text for text in texts if text))
    return all(word in everything for word in words_of(query))


def distance(words: Sequence[str], found_by: str) -> int:
    """Return how far folded words are from being a thing's names, which stand one a line: 0 for a whole name each.

    A word counts nothing where it is a whole line, such as an abbreviation; one where a line begins with it, two where
    another word does, three anywhere else.
    """
    return sum(_distance(word, f"\n{found_by}\n") for word in words)


def _distance(word: str, lines: str) -> int:
    if f"\n{word}\n" in lines:
        return 0
    if f"\n{word}" in lines:
        return 1
    return 2 if any(before + word in lines for before in " -(/") else 3


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in normalize("NFD", text) if not combining(c))
