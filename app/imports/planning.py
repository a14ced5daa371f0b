"""What one row would do to the address book: somebody new, somebody known, a change, or a refusal. Pure.

Nobody is matched by name alone: an address that is the same tells it, else what somebody has said on the preview, else
name and organisation together where only one person can be meant.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.imports.values import Problem, Values
from app.people.collation import folded

PLAIN = ("given_name", "family_name", "email", "title", "unit", "language")
BETWEEN = re.compile(r"[\s\-]+")


@dataclass(frozen=True)
class Known:
    """A person of the address book; organisation is in words."""

    id: int
    given_name: str
    family_name: str
    email: str | None
    title: str | None
    unit: str | None
    language: str | None
    organisation_id: int | None
    organisation: str | None


@dataclass
class Book:
    """What the address book, and the import's other rows, hold of what some rows name.

    organisations and groups give the ids of all that are called so. taken has the number of another row by `same`,
    and whether its words are equal; claimed are the people whom earlier rows have been matched with by name or
    by choice; chosen are those whom rows were said to be, by id.
    """

    organisations: Mapping[str, Sequence[int]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    by_address: Mapping[str, Known] = field(default_factory=dict)
    by_name: Mapping[tuple[str, str], Sequence[Known]] = field(default_factory=dict)
    taken: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)
    chosen: Mapping[int, Known] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """What the one who imports has chosen: add bodies that are not there yet; update what differs."""

    add_bodies: bool = True
    update: bool = True


@dataclass
class Plan:
    """What comes of a row; values go into ImportRow.values."""

    outcome: str
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    person_id: int | None = None
    matched_by: str | None = None
    same: str | None = None
    doubtful: bool = False


def plan(number: int, read: Values, book: Book, options: Options) -> Plan:
    """Decide about one row, and note in the book what rows after it have to know."""
    fields = read.fields
    planned = Plan("refused", dict(fields), list(read.problems), doubtful=read.doubtful)
    planned.values |= _body("organisation", fields, book.organisations, options, planned.problems)
    planned.values |= _body("group", fields, book.groups, options, planned.problems)
    if not planned.problems and not fields.get("email") and not fields.get("family_name"):
        planned.problems.append(("family_name", "nobody", {}))
    if planned.problems:
        return planned
    planned.same = same_key(fields)
    other = book.taken.get(planned.same)
    if other:
        planned.problems.append(_twice(fields, *other))
        return planned
    known = _match(planned, read, book)
    if known is None and not fields.get("family_name"):
        planned.problems.append(("family_name", "no_name", {}))
    elif known and _somebody_else(known, fields):
        planned.problems.append(("email", "other_person", {"name": f"{known.given_name} {known.family_name}".strip()}))
    else:
        book.taken[planned.same] = (number, fields)
        _decide(planned, known, options)
    return planned


def same_key(fields: Mapping[str, str]) -> str:
    """Return what is equal for rows that mean one person: the address, else name and organisation."""
    words = [fields[name] for name in ("given_name", "family_name", "organisation") if fields.get(name)]
    key = fields["email"].lower() if fields.get("email") else "\n".join(map(folded, words))
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def _body(
    kind: str, fields: Mapping[str, str], known: Mapping[str, Sequence[int]], options: Options, problems: list[Problem]
) -> dict[str, Any]:
    """Return what is known of the organisation or group that a row names: its id, or the key of one to be added."""
    words = fields.get(kind)
    if not words:
        return {}
    ids = known.get(body_key(words), ())
    if len(ids) > 1:
        problems.append((kind, f"several_{kind}s", {"name": words}))
    if ids:
        return {f"{kind}_id": ids[0]}
    return {f"new_{kind}": body_key(words)} if options.add_bodies else {kind: None, f"left_{kind}": words}


def body_key(name: str) -> str:
    return " ".join(name.casefold().split())


def _twice(fields: Mapping[str, str], number: int, others: Mapping[str, str]) -> Problem:
    if fields == others:
        return "row", "same_row", {"number": number}
    return ("email", "same_address", {"number": number}) if fields.get("email") else (
        "row", "same_name", {"number": number},
    )  # fmt: skip


def _match(planned: Plan, read: Values, book: Book) -> Known | None:
    fields = read.fields
    known = book.by_address.get(fields.get("email", "").lower())
    if known:
        planned.person_id, planned.matched_by = known.id, "address"
        return known
    said = book.chosen.get(read.chosen or 0)
    if said and said.id not in book.claimed:
        book.claimed.add(said.id)
        planned.person_id, planned.matched_by = said.id, "choice"
        return said
    namesakes = [known for key in _names(read) for known in book.by_name.get(key, ())]
    here = planned.values.get("organisation_id")
    possible = [known for known in namesakes if here and known.organisation_id == here]
    free = [known for known in possible if known.id not in book.claimed and not (known.email and fields.get("email"))]
    if len(possible) == 1 and free:
        book.claimed.add(free[0].id)
        planned.person_id, planned.matched_by = free[0].id, "name_and_organisation"
        return free[0]
    if namesakes:
        planned.values["namesakes"] = [[known.id, known.organisation or known.email or ""] for known in namesakes[:5]]
    return None


def _names(read: Values) -> list[tuple[str, str]]:
    name = name_key(read.fields.get("given_name", ""), read.fields.get("family_name", ""))
    return [name, name[::-1]] if read.doubtful and name[0] != name[1] else [name]


def name_key(given_name: str, family_name: str) -> tuple[str, str]:
    return " ".join(given_name.casefold().split()), " ".join(family_name.casefold().split())


def _somebody_else(known: Known, fields: Mapping[str, str]) -> bool:
    """Whether an address is known as that of somebody whose name has no word in common with the row's."""
    written = _name_words(fields.get("given_name"), fields.get("family_name"))
    stored = _name_words(known.given_name, known.family_name)
    return bool(written and stored) and not written & stored


def _name_words(*names: str | None) -> set[str]:
    return {word for name in names if name for word in BETWEEN.split(folded(name)) if word}


def _decide(planned: Plan, known: Known | None, options: Options) -> None:
    if known is None:
        planned.outcome = "new"
        return
    planned.values["name"] = f"{known.given_name} {known.family_name}".strip()
    changes = changes_to(known, planned.values) if options.update else {}
    planned.outcome = "changed" if changes else "known"
    planned.doubtful = planned.doubtful and bool({"given_name", "family_name"} & set(changes))
    if changes:
        planned.values |= {"changes": changes, "was_organisation_id": known.organisation_id}


def changes_to(known: Known, values: Mapping[str, Any]) -> dict[str, list[str | None]]:
    """Return what a row would change, as old and new by field, in words. What is empty in the row changes nothing."""
    changes: dict[str, list[str | None]] = {}
    for name in PLAIN:
        old, new = getattr(known, name), values.get(name)
        if new and (old or "").casefold() != new.casefold():
            changes[name] = [old or None, new]
    written = name_key(values.get("given_name") or "", values.get("family_name") or "")
    stored = name_key(known.given_name, known.family_name)
    if written == stored[::-1] or (not written[0] and written[1] in stored):
        changes.pop("given_name", None)
        changes.pop("family_name", None)
    same_body = values.get("organisation_id") == known.organisation_id
    if values.get("organisation") and (not same_body or values.get("new_organisation")):
        changes["organisation"] = [known.organisation, values["organisation"]]
    return changes
