"""What stands in a row's cells, field by field, and what is wrong with it. Pure.

A trailing line break, doubled spaces and letters that cannot be seen are cleaned; what would change the meaning, or
come alive somewhere else, is refused with a reason, so that whoever has the list can mend it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.forms import CONTROL, clean_line, sound_address
from app.imports.addresses import Parsed, parse_addresses
from app.people.collation import folded
from app.people.names import split_name

MOST = {
    "given_name": 200, "family_name": 200, "name": 400, "organisation": 300, "title": 200, "unit": 200, "group": 300,
}  # fmt: skip
LANGUAGES = {
    "fi": "fi fin suomi suomea suomenkielinen finska finnish finnisch fi-fi",
    "sv": "sv swe ruotsi ruotsia ruotsinkielinen svenska swedish sv-se sv-fi",
    "en": "en eng englanti englantia engelska english en-gb en-us",
}
LANGUAGE_OF = {word: language for language, words in LANGUAGES.items() for word in words.split()}

NOTHING = frozenset(["", "-", "–", "—", "?", "n/a", "#n/a", "null", "none"])
# those that only mark a direction, without turning anything, come with what is copied out of mail programs
UNSEEN = dict.fromkeys([0x00AD, 0x061C, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_BREAK = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]")
ALIVE = ("=", "+", "@", "＝", "＋", "＠")
BRACKETED = re.compile(r"<([^<>]*)>$")

HABIT = 4  # of every five names whose order is clear
GUESSED = "guessed"  # the fault of a pasted name of which the order is a guess

Problem = tuple[str, str, dict]


@dataclass
class Values:
    """A row's fields that are not empty, as they will be stored; what is wrong, as (field, code, values).

    doubtful: the order of the name is a guess. written is the whole name where one column holds it. chosen is the id of
    the person whom somebody has said it to be.
    """

    fields: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    doubtful: bool = False
    written: str = ""
    chosen: int | None = None


def read_values(
    cells: Sequence[str],
    columns: Sequence[str | None],
    mended: Mapping[str, str] | None = None,
    faults: Sequence[tuple[int | None, str, dict]] = (),
) -> Values:
    """Read a row by what its columns are; what a person has mended stands in place of what is in its cells.

    faults are those of the row's reader, by column, or by None for the whole row, which a person's word mends.
    """
    mended = dict(mended or {})
    chosen = mended.pop("person", None)
    written = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    if {"given_name", "family_name"} & set(mended):
        written.pop("name", None)
    read = Values(chosen=int(chosen) if chosen else None)
    for name, text in {**written, **mended}.items():
        _read_field(read, name, text)
    if "name" in read.fields and not any(field == "name" for field, _code, _about in read.problems):
        name = read.fields.pop("name")
        if "family_name" not in read.fields:
            _take_name(read, name)
    for place, code, about in faults:
        at = columns[place] if place is not None and place < len(columns) else None
        if code == GUESSED:
            read.doubtful = not {"given_name", "family_name"} & set(mended)
        elif at not in mended if place is not None and at else place is None and not mended:
            read.problems.append((at or "row", code, about))
    return read


def _read_field(read: Values, name: str, text: str) -> None:
    code = _wrong(name, text)
    value = " ".join(text.translate(UNSEEN).split())
    if not code and value.casefold() in NOTHING:
        return
    if not code:
        code, value = _as_field(name, value)
    if code:
        read.problems.append((name, code, {"most": MOST.get(name, 254)}))
    read.fields[name] = clean_line(BIDI.sub("", value), 400)


def _wrong(name: str, text: str) -> str | None:
    """Return what no field may hold."""
    if BIDI.search(text):
        return "turned_letters"
    if LINE_BREAK.search(text.strip()) and name in ("given_name", "family_name", "name", "email"):
        return "line_break"
    if text.translate(UNSEEN).lstrip(" \t\r\n'’").startswith(ALIVE):  # an export puts an apostrophe before such
        return "formula"
    return None


def _as_field(name: str, value: str) -> tuple[str | None, str]:
    if value.translate(CONTROL) != value:
        return "control_letters", value
    if name == "email":
        address = address_in(value)
        return _wrong_address(address), address
    if name == "language":
        language = LANGUAGE_OF.get(folded(value))
        return (None, language) if language else ("unknown_language", value)
    if len(value) > MOST[name]:
        return "too_long", value
    if name in ("given_name", "family_name", "name") and "@" in value:
        return "address_in_name", value
    return None, value


def address_in(text: str) -> str:
    """Return the address alone: without `mailto:`, brackets, and the name that a mail program writes before it."""
    text = text.strip(" ;,")
    bracketed = BRACKETED.search(text)
    return (bracketed[1] if bracketed else text).strip().removeprefix("mailto:").strip()


def _wrong_address(address: str) -> str | None:
    if len(address) > 254:
        return "too_long"
    if sound_address(address):
        return None
    if address.count("@") > 1:
        return "two_ats"
    if not address.isascii():
        return "address_letters"
    return "no_address"


def _take_name(read: Values, name: str) -> None:
    """Divide a whole name into its parts, by how it is written and by the address beside it."""
    address = read.fields.get("email")
    found = parse_addresses(f"{name} <{address}>" if address and sound_address(address) else name)
    if len(found) != 1:
        given, family = split_name(name)
        found = [Parsed(given, family, None, None, None, False, name)]
    parsed = found[0]
    if parsed.problem and not parsed.family_name:
        read.problems.append(("name", f"pasted:{parsed.problem}", {}))
    parts = {"given_name": parsed.given_name, "family_name": parsed.family_name, "organisation": parsed.organisation}
    for part, words in parts.items():
        if words:
            read.fields.setdefault(part, words)
    read.written, read.doubtful = name, not parsed.sure


def settle(rows: Sequence[Values]) -> None:
    """Let the names of a list whose order is clear decide about those for which it would be a guess."""
    clear = [_family_first(read) for read in rows if read.written and not read.doubtful and "," not in read.written]
    most = max(clear.count(True), clear.count(False))
    if len(clear) < 2 or most < HABIT * (len(clear) - most):
        return
    family_first = clear.count(True) == most
    for read in rows:
        if read.written and read.doubtful and read.fields.get("given_name"):
            if family_first != _family_first(read):
                parts = read.fields["given_name"], read.fields["family_name"]
                read.fields["family_name"], read.fields["given_name"] = parts
            read.doubtful = False


def _family_first(read: Values) -> bool:
    return folded(read.written).startswith(folded(read.fields.get("family_name", "")))
