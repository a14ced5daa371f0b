"""What a pasted entry says of a person: given name, family name, organisation. Pure.

No name is made up: an address without a name has none, a list or a shared mailbox has none, and what stands beside a
name (degrees, telephone numbers, remarks) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.imports.address_entries import Entry
from app.imports.address_text import OVERRIDE
from app.imports.local_parts import INITIAL, best_fit, related
from app.imports.name_order import FAMILY_FIRST, GIVEN_FIRST, arranged, cased, of_one_word
from app.imports.names_known import NOT, SURE, given_weight, plain
from app.imports.organisations_written import (
    CAPITALS,
    ENDINGS,
    LATIN_NUMBERS,
    NO_VOWEL,
    Known,
    is_degree,
    is_mailbox,
    is_profession,
    nobodys,
)  # fmt: skip
from app.people.names import PARTICLES

MOST_WORDS, LONGEST = 7, 120
OUTSIDER = re.compile(r"(?:ext|external|extern|ulk|ulkoinen|konsultti|guest|vieras)\b\.?[-_: ]*", re.IGNORECASE)
OUTSIDERS = frozenset("ext external extern ulk ulkoinen guest vieras konsultti via".split())
AROUND = "'‘’‚‛`´*_\"·•~:!?"
NUMBER = re.compile(r"[+\d][\d./-]*")
NAME = re.compile(r"[^\W\d_]+\.?(?:['’ʼ`´.-]*[^\W\d_]+\.?)*'?")
BESIDE = frozenset("- – — / | @ • · // ::".split())
PATH = re.compile(r"(?:CN|OU|O|C)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it was read. problem is "list", "mailbox", "formula" or "no_name" where it is no person's.

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
    notes = list(entry.notes)
    if entry.formula or any(OVERRIDE in name for name in entry.names):
        return Named(problem="formula" if entry.formula else "turned")
    if entry.by_headings:
        family, given = (" ".join(_plain(name)) for name in entry.names)
        return Named(given, family, known.organisation_of(notes))
    found = [_plain(piece) for name in entry.names for piece in name.split(",")]
    lists = [words for words in found if words]
    if not lists and entry.address is not None and entry.notes:
        return _in_note(entry, known)
    if not lists:
        mailbox = "mailbox" if is_mailbox(entry.local) else None
        return Named(organisation=known.organisation_of(notes), problem=mailbox)
    whole = " ".join(word for words in lists for word in words)
    parts = [_without_beside(words, notes, known) for words in lists]
    organisation = _take_organisation(parts, entry, known)
    parts = [_without_titles(words) for words in parts]
    parts = [words for words in parts if words]
    organisation = organisation or known.organisation_of(notes)
    if kind := _nobodys(whole, parts, entry, known):
        return Named(
            organisation=organisation or (whole if kind == "mailbox" and known.is_organisation(whole) else None),
            problem=kind,
        )
    if not parts or any(not NAME.fullmatch(word) for words in parts for word in words):
        return Named(organisation=organisation, problem="no_name")
    if sum(map(len, parts)) > MOST_WORDS or len(whole) > LONGEST:
        return Named(organisation=organisation, problem="no_name")
    if len(parts) > 1 and entry.ordered and not _is_complete(parts[0], parts[1], entry.local):
        return _family_comma_given(parts, organisation)
    if len(parts) > 1 and entry.ordered:
        after = " ".join(parts[1])
        organisation = organisation or (None if is_profession(after) or after[:1].islower() else after)
        parts = parts[:1]
    words = [word for part in parts for word in part]
    suffix = words.pop() if len(words) > 2 and words[-1] in LATIN_NUMBERS else ""
    if len(words) == 1:
        given, family = of_one_word(*cased(words), entry.local)
        return Named(given, family, organisation, sure=False)
    usual = FAMILY_FIRST if organisation or not entry.ordered else GIVEN_FIRST
    given, family, clear = arranged(words, entry.local, habit or usual)
    lean = (3.0 if words[0] in given.split() else -3.0) if clear and not habit else 0
    given, family = _recased(words, given, family)
    return Named(given, f"{family} {suffix}".strip(), organisation, sure=clear, lean=lean)


def _plain(text: str) -> list[str]:
    """Return the words of a name without quotation marks around them, telephone numbers and the marks of outsiders."""
    text = OUTSIDER.sub("", text, count=1) if OUTSIDER.match(text) and len(text.split()) + text.count("-") > 1 else text
    words = text.split()
    digits = sum(c.isdigit() for word in words if NUMBER.fullmatch(word) for c in word)
    found = []
    for place, word in enumerate(words):
        nickname = 0 < place < len(words) - 1 and word[0] in "'‘" and word[-1] in "'’"
        word = word.strip(AROUND)
        if word and not nickname and not (digits > 4 and NUMBER.fullmatch(word)) and word.lower() not in OUTSIDERS:
            found.append(word)
    return found


def _without_beside(words: list[str], notes: list[str], known: Known) -> list[str]:
    """Return the words without an organisation after or before a dash or a stroke, which goes to the notes."""
    if any("/" in word and len(word) > 1 for word in words) and "c/o" not in words:
        name, *rest = " ".join(words).split("/")
        notes += [PATH.sub("", one).strip() for one in rest if one.strip()]
        words = PATH.sub("", name).split()
    for place, word in enumerate(words):
        if word in BESIDE and 0 < place < len(words) - 1:
            left, *rest = [list(group) for beside, group in groupby(words, lambda word: word in BESIDE) if not beside]
            if known.is_organisation(" ".join(left)) and not known.is_organisation(" ".join(rest[0])):
                left, rest[0] = rest[0], left
            notes += [" ".join(one) for one in rest]
            return left
    return [word for word in words if word not in BESIDE or word == "@"]


def _take_organisation(parts: list[list[str]], entry: Entry, known: Known) -> str | None:
    """Take the organisation off the end or the beginning of the words, and return it."""
    words = parts[-1]
    least = 1 if len(parts) == 1 else 0
    for size in range(min(known.longest, len(words) - least), 0, -1):
        text = " ".join(words[-size:])
        if known.knows(text):
            del words[-size:]
            return text
    if len(words) > 2 - (len(parts) > 1) and _is_abbreviation(words, entry):
        return words.pop()
    if len(words) > 2 and plain(words[-1]).endswith(ENDINGS) and _is_apart(words[-1], entry):
        return words.pop()
    first = parts[0]
    for size in range(min(known.longest, len(first) - 1), 0, -1):
        text = " ".join(first[:size])
        if known.knows(text) and not is_degree(text):
            del first[:size]
            return text
    if len(first) > 2 and NO_VOWEL.fullmatch(first[0]) and first[0].isupper() and not is_degree(first[0]):
        return first.pop(0)
    return None


def _is_apart(word: str, entry: Entry) -> bool:
    """Whether a word that ends as organisations do is not the end of a list's name or a part of the person's."""
    return not word.startswith("-") and nobodys(word) != "list" and not related([word], entry.local)


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
    while len(words) > 1 and (is_degree(words[0]) or (is_profession(words[0]) and len(words) > 2)):
        words = words[1:]
    while len(words) > 1 and (is_degree(words[-1]) and (len(words) > 2 or words[-1].isupper())):
        words = words[:-1]
    return [] if len(words) == 1 and is_degree(words[0]) else words


def _nobodys(whole: str, parts: Sequence[Sequence[str]], entry: Entry, known: Known) -> str | None:
    words = [word for part in parts for word in part]
    sure = any(given_weight(word) == SURE for word in words) and 1 < len(words) < 4
    kind = nobodys(whole)
    if kind is None and not sure and (not words or known.is_organisation(" ".join(words)) and not words[0].isupper()):
        kind = "mailbox"
    if kind is None and is_mailbox(entry.local) and not sure and not best_fit(words, entry.local):
        kind = "mailbox"
    if kind == "mailbox" and sure or kind and best_fit(words, entry.local) >= INITIAL:
        return None
    if kind == "list" and sure and whole[0] == "+" and entry.address:
        return None
    return kind


def _is_complete(before: Sequence[str], after: Sequence[str], local: str) -> bool:
    """Whether the words before a comma are a whole name: "Matti Virtanen, Solita"."""
    if len(before) < 2 or before[0].lower() in PARTICLES or any(given_weight(word) > 0 for word in after):
        return False
    return best_fit(before, local) >= INITIAL or any(given_weight(word) == SURE for word in before)


def _family_comma_given(parts: Sequence[list[str]], organisation: str | None) -> Named:
    family, given = cased(parts[0]), cased(parts[1])
    swapped = given_weight(family[0]) == SURE and len(family) == 1 and given_weight(given[-1]) == NOT
    if swapped:
        family, given = given, family
    return Named(" ".join(given), " ".join(family), organisation, sure=not swapped, lean=0)


def _in_note(entry: Entry, known: Known) -> Named:
    """Return the name that stands in brackets after an address: matti.virtanen@vm.example (Matti Virtanen)."""
    note = entry.notes[0]
    if known.is_organisation(note) or len(note.split()) < 2 or nobodys(note):
        mailbox = "mailbox" if is_mailbox(entry.local) else None
        return Named(organisation=known.organisation_of(entry.notes), problem=mailbox)
    return named(replace(entry, names=[note], notes=entry.notes[1:]), known)


def _recased(words: Sequence[str], given: str, family: str) -> tuple[str, str]:
    """Return both names with the capitals that the words have as names."""
    new = dict(zip(words, cased(words), strict=True))
    return " ".join(new[word] for word in given.split()), " ".join(new[word] for word in family.split())
