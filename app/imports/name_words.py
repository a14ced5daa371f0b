"""The words of a written name, without organisations, degrees, telephone numbers, remarks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.imports.address_entries import Entry
from app.imports.address_tokens import AND, LABELS
from app.imports.local_parts import INITIAL, best_fit, related
from app.imports.names_known import given_weight, plain
from app.imports.organisations_written import (
    CAPITALS,
    ENDINGS,
    FORMS,
    LATIN_NUMBERS,
    NO_VOWEL,
    OUTSIDERS,
    Known,
    is_degree,
    is_profession,
    nobodys,
)
from app.people.names import SMALL_PARTICLES

OUTSIDER = re.compile(r"(?:ext|external|extern|ulk|ulkoinen|konsultti|guest|vieras)\b\.?[-_: ]*", re.IGNORECASE)
AROUND = "'‘’‚‛`´*_\"·•~:!?"
SMALL_T = ("'t", "’t")  # Bram 't Hart
NUMBER = re.compile(r"[+\d][\d./-]*")
BESIDE = frozenset("- – — / | @ • · // ::".split())
PATH = re.compile(r"(?:CN|OU|O|C)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a name: whole as it was written, pieces between commas without what is none of the name."""

    whole: str
    pieces: list[list[str]]
    organisation: str | None

    @property
    def all(self) -> list[str]:
        return [word for words in self.pieces for word in words]


def words_of(entry: Entry, known: Known) -> Words:
    """Return the words of an entry's name."""
    written = [words for name in entry.names for piece in name.split(",") if (words := plain_words(piece))]
    notes = list(entry.notes)
    pieces = [_without_beside(words, notes, known) for words in written]
    if pieces and (taken := _taken_organisation(pieces, entry, known)):
        notes.insert(0 if known.knows(taken) else len(notes), taken)
    left = [words for piece in pieces if (words := _without_titles(piece))]
    return Words(" ".join(word for words in written for word in words), left, known.organisation_of(notes))


def plain_words(text: str) -> list[str]:
    """Return the words of a name without quotation marks around them, telephone numbers and the marks of outsiders."""
    text = OUTSIDER.sub("", text, count=1) if OUTSIDER.match(text) and len(text.split()) + text.count("-") > 1 else text
    words = text.split()
    words = words[: words.index("via")] if "via" in words[1:] else words
    digits = 0 if text.isalpha() else sum(map(str.isdigit, "".join(filter(NUMBER.fullmatch, words))))
    found = []
    for place, word in enumerate(words):
        nickname = 0 < place < len(words) - 1 and word[0] in "'‘" and word[-1] in "'’"
        word = word.strip(AROUND) if word.lower() not in SMALL_T else word
        of_number = digits > 4 and (NUMBER.fullmatch(word) or word.lower().rstrip(".") in LABELS)
        if word and not nickname and not of_number and word.lower() not in OUTSIDERS:
            found.append(word)
    return found


def _without_beside(words: list[str], notes: list[str], known: Known) -> list[str]:
    """Return the words without an organisation after or before a dash or a stroke, which goes to the notes."""
    if any("/" in word and word != "/" for word in words) and "c/o" not in words:
        name, *rest = " ".join(words).split("/")
        notes += [PATH.sub("", one).strip() for one in rest if one.strip()]
        words = PATH.sub("", name).split()
    if BESIDE.isdisjoint(words[1:-1]):
        return [word for word in words if word not in BESIDE or word == "@"]
    left, *rest = [list(group) for beside, group in groupby(words, BESIDE.__contains__) if not beside] or [[]]
    if rest and known.is_organisation(" ".join(left)) and not known.is_organisation(" ".join(rest[0])):
        left, rest[0] = rest[0], left
    notes += [" ".join(one) for one in rest]
    return left


def _taken_organisation(pieces: list[list[str]], entry: Entry, known: Known) -> str | None:
    """Take the organisation off the end or the beginning of the words, and return it."""
    words, first = pieces[-1], pieces[0]
    least = 1 if len(pieces) == 1 else 0
    for size in range(min(known.longest, len(words) - least), 0, -1):
        text = " ".join(words[-size:])
        if known.knows(text) and (size > 1 or given_weight(text) <= 0):
            of_several = size == 1 and len(words) > 3 and not text.isupper()
            return _cut(words, _beginning(words, entry) if of_several else len(words) - size)
    if len(words) > 3 and all(map(CAPITALS.fullmatch, words[-2:])) and not words[0].isupper():
        del words[-1]  # a unit of the organisation before it
        return words.pop()
    if len(words) > 2 - (len(pieces) > 1) and _is_abbreviation(words, entry):
        return words.pop()
    of_a_company = len(words) > 3 and plain(words[-1]) in FORMS
    if of_a_company or (len(words) > 2 and plain(words[-1]).endswith(ENDINGS) and _is_apart(words[-1], entry)):
        return _cut(words, _beginning(words, entry))
    for size in range(min(known.longest, len(first) - 1), 0, -1):
        text = " ".join(first[:size])
        if known.knows(text) and not is_degree(text):
            del first[:size]
            return text
    if len(first) > 2 and first[0].isupper() and NO_VOWEL.fullmatch(first[0]) and not is_degree(first[0]):
        return first.pop(0)
    return None


def _is_apart(word: str, entry: Entry) -> bool:
    """Whether a word that ends as organisations do is not the end of a list's name or a part of the person's."""
    return not word.startswith("-") and nobodys(word) != "list" and not related([word], entry.local)


def _cut(words: list[str], place: int) -> str:
    cut = " ".join(words[place:])
    del words[place:]
    return cut


def _beginning(words: Sequence[str], entry: Entry) -> int:
    """Return where the organisation at the end of a name's words begins: Salo Liisa Digi- ja väestötietovirasto."""
    last = len(words) - 1 - (plain(words[-1]) in FORMS)
    if given_weight(words[0]) * given_weight(words[1]) < 0 or best_fit(words[:2], entry.local) >= INITIAL:
        return next((place for place in range(2, last) if given_weight(words[place]) == 0), last)
    return next((place for place in range(last, 2, -1) if not _goes_on(words[place - 1])), 2)


def _goes_on(word: str) -> bool:
    """Whether a word is a part of an organisation's name before its last: Digi- ja, Tampereen."""
    return word.islower() or word.endswith("-") or (word.endswith("n") and given_weight(word) == 0)


def _is_abbreviation(words: Sequence[str], entry: Entry) -> bool:
    """Whether the last word is an organisation's in capitals rather than a family name: "Oja Otto STUK"."""
    last, before = words[-1], words[:-1]
    if not CAPITALS.fullmatch(last) or last in LATIN_NUMBERS or is_degree(last) or before[-1].isupper():
        return False
    if NO_VOWEL.fullmatch(last):
        return True
    if related([last], entry.local):
        return False
    settled = any(given_weight(word) < 0 for word in before) or best_fit(before, entry.local) >= INITIAL
    return settled or len(last) <= 4


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 3 and words[0].endswith("-") and words[1] in AND:
        words = words[2:]  # Kunta- ja alueministeri Anna Korhonen
    while len(words) > 2 and words[0].islower() and words[1][0].isupper() and words[0] not in SMALL_PARTICLES:
        words = words[1:]  # suurlähettiläs Anna Korhonen
    while len(words) > 1 and (is_degree(words[0]) or (is_profession(words[0]) and len(words) > 2)):
        words = words[1:]
    while len(words) > 1 and (is_degree(words[-1]) and (len(words) > 2 or words[-1].isupper())):
        words = words[:-1]
    return [] if len(words) == 1 and is_degree(words[0]) else words
