"""How the terms of a field are changed: new terms from old. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.distribution.recipients import Sources, Term
from app.distribution.ways import people_in

Terms = tuple[Term, ...]


def added(terms: Terms, term: Term) -> Terms:
    """The terms with one more at the end; the same item twice stays one."""
    return terms if term in terms else (*terms, term)


def less(terms: Terms, item: Term, but: Term) -> Terms:
    """The terms with an exception more on one item; the same exception twice stays one."""
    return tuple(
        replace(term, excepts=(*term.excepts, but)) if term == item and but not in term.excepts else term
        for term in terms
    )


def without(terms: Terms, item: Term, but: Term | None = None) -> Terms:
    """The terms without an item, or without one of its exceptions."""
    if but is None:
        return tuple(term for term in terms if term != item)
    return tuple(
        replace(term, excepts=tuple(one for one in term.excepts if one != but)) if term == item else term
        for term in terms
    )


def moved(terms: Terms, item: Term, *, by: int) -> Terms:
    """The terms with one item so many places further down (-1: up); past either end nothing happens."""
    place = terms.index(item)
    if not 0 <= place + by < len(terms):
        return terms
    left = [*terms[:place], *terms[place + 1 :]]
    left.insert(place + by, item)
    return tuple(left)


def leaving_out(terms: Terms, but: Term, sources: Sources) -> Terms:
    """The terms such that nobody of `but` is reached by any item.

    An item that names one of them goes, an item that reaches one of them otherwise gets the exception.
    """
    out = people_in(but, sources)
    left: list[Term] = []
    for term in terms:
        if term.kind == "person" and term.id in out:
            continue
        left.extend((term,) if people_in(term, sources).isdisjoint(out) else less((term,), term, but))
    return tuple(left)


def at_place(terms: Sequence[Term], term: Term, place: int) -> Terms:
    """The terms with one put in at a place, where it stood before."""
    left = [one for one in terms if one != term]
    left.insert(place, term)
    return tuple(left)
