"""The register of people: found by their words, in Finnish order, a page at a time, by the database itself.

A query looks through the folded words of everybody once to count and once to take what is shown. Within one look the
few that are kept are sorted on the way: the index of the order would look each person up by itself, which costs five
times as much when the rows asked for stand at its end.
"""

from __future__ import annotations

import operator
from collections.abc import Collection
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.people.collation import words_of
from app.people.models import Organisation, Person
from app.people.paging import PAGE, Page, page_at, page_number
from app.secretariats.scope import hides_addresses


def people_found(session: Session, query: str = "", *, organisation_id: int | None = None) -> list[Row]:
    """Return everybody in whom or in whose organisation every word of the query stands, in the order of a register.

    Rows have id, given_name, family_name, email, title, unit, language, organisation (abbreviation, else name) and
    organisation_name.
    """
    meant = _meant(session, query, organisation_id)
    return list(session.execute(_rows().where(*meant).order_by(Person.order_key, Person.id)))


def people_page(session: Session, query: str, number: str, *, organisation_id: int | None = None) -> Page[Row]:
    """Return the page that an address asks for of `people_found`, by two statements."""
    meant = _meant(session, query, organisation_id)
    total = people_counted(session, query, organisation_id=organisation_id)
    here = page_number(total, number)
    start = (here - 1) * PAGE
    shown = max(0, min(PAGE, total - start))
    # with an expression for its order, no index tempts the database to look everybody up singly
    order = Person.order_key + "" if meant else Person.order_key
    if start > total / 2:  # counted from the end that is nearer
        ids = select(Person.id).where(*meant).order_by(order.desc(), Person.id.desc()).offset(total - start - shown)
    else:
        ids = select(Person.id).where(*meant).order_by(order, Person.id).offset(start)
    rows = _rows().where(Person.id.in_(ids.limit(shown))).order_by(Person.order_key, Person.id)
    return page_at(session.execute(rows).all(), total, here)


def people_counted(session: Session, query: str, *, organisation_id: int | None = None, most: int | None = None) -> int:
    """Return how many `people_found` would return; from `most` on it stops counting."""
    found = select(Person.id).where(*_meant(session, query, organisation_id)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def best_people(session: Session, query: str, most: int, *, besides: Collection[int] | Select = ()) -> list[Row]:
    """Return at most so many of the people found, by one statement: those first whose names begin with the words.

    First come family names that begin with a word, then given names, addresses and titles, then further words in any
    of these, then the rest. A query without words finds nobody, and none of those whose id stands in besides is found.
    """
    words = words_of(query)
    if not words:
        return []
    within = _words(session)
    place = reduce(operator.add, [_distance(within, word) for word in words]).label("place")
    best = select(Person.id, place).where(*_meant(session, query, None), Person.id.not_in(besides))
    best = best.order_by(place, Person.order_key, Person.id).limit(most).subquery()
    rows = _rows().join(best, best.c.id == Person.id)
    return list(session.execute(rows.order_by(best.c.place, Person.order_key, Person.id)))


def _rows() -> Select:
    return select(
        Person.id, Person.given_name, Person.family_name, Person.email, Person.title, Person.unit, Person.language,
        Organisation.short.label("organisation"),
        Organisation.name.label("organisation_name"),
    ).outerjoin(Organisation, Person.organisation_id == Organisation.id)  # fmt: skip


def _meant(session: Session, query: str, organisation_id: int | None) -> list[ColumnElement[bool]]:
    """The conditions: each word stands in the person's words, or in those of the organisation."""
    meant, within = [], _words(session)
    for word in words_of(query):
        bodies = select(Organisation.id).where(Organisation.found_by.contains(word, autoescape=True))
        meant.append(or_(within.contains(word, autoescape=True), Person.organisation_id.in_(bodies)))
    return meant if organisation_id is None else [Person.organisation_id == organisation_id, *meant]


def words_without_address(model: Any) -> ColumnElement[str]:
    """What a person is found by, but for the address; model: Person, or an alias of it."""
    address = func.coalesce(func.lower(model.email), "")
    return func.replace(model.found_by + "\n", "\n" + address + "\n", "\n")


def _words(session: Session) -> ColumnElement[str]:
    """What people are found by; to who may read no address, without their addresses."""
    return words_without_address(Person) if hides_addresses(session) else Person.found_by


def _distance(found_by: ColumnElement[str], word: str) -> ColumnElement[int]:
    """How far a word is from being the beginning of the family name, which stands first in `found_by`.

    Where family names begin with it, the order of the register puts first those that it is the whole of.
    """
    within = found_by.contains
    return case(
        (found_by.startswith(word, autoescape=True), 0),
        (within(f"\n{word}", autoescape=True), 1),
        (or_(within(f" {word}", autoescape=True), within(f"-{word}", autoescape=True)), 2),
        else_=3,
    )
