"""What a pasted entry says of a person: given name, family name, organisation. Pure.

No name is made up: an address without a name has none, and a list or a shared mailbox has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.imports.address_entries import Entry
from app.imports.address_text import OVERRIDE
from app.imports.address_tokens import AND
from app.imports.local_parts import INITIAL, best_fit
from app.imports.name_order import FAMILY_FIRST, GIVEN_FIRST, arranged, cased, of_one_word
from app.imports.name_words import Words, plain_words, words_of
from app.imports.names_known import NOT, SURE, given_weight
from app.imports.organisations_written import (
    LATIN_NUMBERS,
    NO_VOWEL,
    Known,
    is_mailbox,
    is_profession,
    is_role,
    nobodys,
    nobodys_address,
)
from app.people.names import PARTICLES, SMALL_PARTICLES

MOST_WORDS, LONGEST = 7, 120
LETTER = r"(?:(?![\d_ʼ])[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e])"  # with its marks
# no letter is a sign between letters as well: what may be read both ways is tried in every way
NAME = re.compile(rf"(?:['’]t|ʼ?{LETTER}+)(?:['’ʼ`´.·-]+{LETTER}+)*[.'’ʼ]?")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was read. problem is a code of `address_problems` where it is no person's.

    lean is which name came first, below zero the family name, where the words themselves said so; 0 where they did not.
    """

    given: str = ""
    family: str = ""
    organisation: str | None = None
    problem: str | None = None
    sure: bool = True
    lean: float = 0


def named(entry: Entry, known: Known, habit: float = 0) -> Named:
    """Return the name of an entry; habit is the order of other names of the same paste, as lean."""
    if entry.formula or any(OVERRIDE in name for name in entry.names):
        return Named(problem="formula" if entry.formula else "turned")
    if entry.by_headings:
        return _by_headings(entry, known)
    words = words_of(entry, known)
    if not words.whole:
        return _nameless(entry, words, known)
    if kind := _kind(words, entry, known):
        is_one = kind == "mailbox" and "_" not in words.whole and known.is_organisation(words.whole)
        return Named(organisation=words.organisation or (words.whole if is_one else None), problem=kind)
    if len(words.pieces) > 1 and entry.ordered:
        if not _is_complete(words.pieces[0], words.pieces[1], entry.local):
            return _family_comma_given(words)
        after = " ".join(words.pieces[1])
        beside = None if is_profession(after) or after[:1].islower() else after
        words = Words(words.whole, words.pieces[:1], words.organisation or beside)
    return _arranged(words, entry, habit)


def _arranged(words: Words, entry: Entry, habit: float) -> Named:
    name = words.all
    suffix = name.pop() if len(name) > 2 and name[-1] in LATIN_NUMBERS else ""
    if len(name) == 1:
        given, family = of_one_word(*cased(name), entry.local)
        return Named(given, family, words.organisation, sure=False)
    usual = FAMILY_FIRST if words.organisation or not entry.ordered else GIVEN_FIRST
    given, family, clear = arranged(name, entry.local, habit or usual)
    lean = (3.0 if name[0] in given.split() else -3.0) if clear and not habit else 0
    new = dict(zip(name, cased(name), strict=True))
    given, family = (" ".join(new[word] for word in one.split()) for one in (given, family))
    return Named(given, f"{family} {suffix}".strip(), words.organisation, sure=clear, lean=lean)


def _family_comma_given(words: Words) -> Named:
    family, given = cased(words.pieces[0]), cased(words.pieces[1])
    own, others = _before_particles(family), _before_particles(given)
    family, given = given[others:] + family[own:] + family[:own], given[:others]
    swapped = given_weight(family[0]) == SURE and len(family) == 1 and given_weight(given[-1]) == NOT
    if swapped:
        family, given = given, family
    return Named(" ".join(given), " ".join(family), words.organisation, sure=not swapped)


def _before_particles(words: Sequence[str]) -> int:
    """Return how many words stand before the particles at the end, of which a family name begins: Jan van den."""
    return next((place for place in range(len(words), 1, -1) if words[place - 1] not in SMALL_PARTICLES), 1)


def _by_headings(entry: Entry, known: Known) -> Named:
    family, given = (plain_words(name) for name in entry.names)
    sound = all(map(_may_be_of_a_name, family + given))
    organisation = known.organisation_of(entry.notes)
    return Named(" ".join(given), " ".join(family), organisation) if sound else Named(problem="no_name")


def _nameless(entry: Entry, words: Words, known: Known) -> Named:
    """Return what an entry without a name says; in brackets after the address a name may stand all the same."""
    note = entry.notes[0] if entry.notes and entry.address is not None else ""
    if len(note.split()) > 1 and not known.is_organisation(note) and not nobodys(note):
        return named(replace(entry, names=[note], notes=entry.notes[1:]), known)
    nobody = "no_name" if entry.address is None else nobodys_address(entry.local)
    return Named(organisation=words.organisation, problem=nobody)


def _kind(words: Words, entry: Entry, known: Known) -> str | None:
    """Return "list", "mailbox" or "no_name" for what is no person's name."""
    if len(words.whole) > LONGEST or not words.pieces:
        return nobodys(words.whole) or "no_name"
    name = words.all
    likely = any(given_weight(word) == SURE for word in name) and 1 < len(name) < 4
    kind = nobodys(words.whole)
    if kind == "mailbox" and likely:
        kind = None  # somebody whose name ends as an organisation's
    if kind is None and not likely and (is_mailbox(entry.local) or _is_a_body(words, known)):
        kind = "mailbox"
    sound = all(map(_may_be_of_a_name, name))
    if kind and sound and best_fit(name, entry.local) >= INITIAL:
        kind = None
    if kind is None and (not sound or len(name) > MOST_WORDS or _is_a_phrase(words.pieces[0])):
        kind = "no_name"
    told = (
        is_role(words.whole) or (is_profession(words.whole) and given_weight(name[0]) <= 0) if len(name) == 1 else False
    )
    if kind is None and told and entry.address is None:
        kind = "no_name"  # you, home, Kansliapäällikkö
    return kind


def _may_be_of_a_name(word: str) -> bool:
    return word.isalpha() or (NAME.fullmatch(word) is not None and not any(map(str.isdigit, word)))


def _is_a_body(words: Words, known: Known) -> bool:
    """Whether what is left as a name is an organisation's: known, an abbreviation, or a word that ends as theirs do."""
    name = words.all
    if len(name) == 1 and given_weight(name[0]) <= 0 and name[0].isupper():
        return known.knows(words.whole) or NO_VOWEL.fullmatch(words.whole) is not None
    return known.is_organisation(" ".join(name)) and not name[0].isupper()


def _is_a_phrase(words: Sequence[str]) -> bool:
    """Whether words are none of a name, such as "Best regards": a small one after a capital, and none a given name."""
    if not AND.isdisjoint(words):
        return True
    small = [word for word in words[1:] if word.islower() and word not in SMALL_PARTICLES]
    return bool(small) and words[0][0].isupper() and not any(given_weight(word) > 0 for word in words)


def _is_complete(before: Sequence[str], after: Sequence[str], local: str) -> bool:
    """Whether the words before a comma are a whole name: "Matti Virtanen, Solita"."""
    if len(before) < 2 or before[0].lower() in PARTICLES or any(given_weight(word) > 0 for word in after):
        return False
    return best_fit(before, local) >= INITIAL or any(given_weight(word) == SURE for word in before)
