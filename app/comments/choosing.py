"""Whom a round asks: those who took part, all invited, the convener's members or chair, or single people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import chunks
from app.distribution.recipients import Term
from app.distribution.resolving import Contact, people_of
from app.events.models import Event
from app.language import gettext as _
from app.people.models import Person
from app.people.words import body_name


@dataclass(frozen=True)
class Choice:
    """One circle of people: its key, its words, and who is in it."""

    key: str
    words: str
    people: Sequence[Contact]


def terms_of(event: Event) -> dict[str, Term]:
    """The circles that are offered, as recipients."""
    return {
        "attended": Term("attended"),
        "invited": Term("invited"),
        "members": Term("group", event.convener_id, "members"),
        "chair": Term("group", event.convener_id, "chair"),
    }


def choices_of(session: Session, event: Event, language: str) -> list[Choice]:
    """Return the circles in which there is somebody."""
    convener = body_name(event.convener, language)
    words = {
        "attended": _("Those who took part"),
        "invited": _("All who were invited"),
        "members": _("%(group)s: members") % {"group": convener},
        "chair": _("%(group)s: chair") % {"group": convener},
    }
    found = [Choice(key, words[key], _people(session, event, [term])) for key, term in terms_of(event).items()]
    return [choice for choice in found if choice.people]


def chosen(session: Session, event: Event, circles: Iterable[str], person_ids: Iterable[int]) -> list[Contact]:
    """Return whom some circles and some single people are, each once, in that order; ids of nobody are passed over."""
    offered, wanted = terms_of(event), list(person_ids)
    there = {one for ids in chunks(wanted) for one in session.scalars(select(Person.id).where(Person.id.in_(ids)))}
    terms = [offered[key] for key in circles if key in offered]
    return _people(session, event, [*terms, *(Term("person", one) for one in wanted if one in there)])


def _people(session: Session, event: Event, terms: Sequence[Term]) -> list[Contact]:
    return [one.person for one in people_of(session, terms, event.id)]
