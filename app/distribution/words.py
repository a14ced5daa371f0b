"""How recipients are printed: one phrase a term, in the paper's language (call within `speaking(language)`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import dates
from app.db import chunks
from app.distribution.recipients import EVENT_KINDS, Term, within
from app.distribution.ways import Way
from app.events.models import Event
from app.language import gettext as _
from app.language import pgettext, spoken
from app.people.models import DistributionList, Group, Organisation, Person
from app.people.words import body_name, genitive, lower_first, organisation_words, upper_first, with_article


@dataclass(frozen=True)
class Named:
    """What terms name, by ids."""

    people: Mapping[int, Person] = field(default_factory=dict)
    groups: Mapping[int, Group] = field(default_factory=dict)
    organisations: Mapping[int, Organisation] = field(default_factory=dict)
    lists: Mapping[int, DistributionList] = field(default_factory=dict)
    events: Mapping[int, Event] = field(default_factory=dict)


def named_in(session: Session, terms: Iterable[Term]) -> Named:
    """Load what the terms and their exceptions name."""
    every = list(within(terms))

    def load(model, ids, *options):
        query = select(model).options(*options)
        return {row.id: row for chunk in chunks(ids) for row in session.scalars(query.where(model.id.in_(chunk)))}

    def of(kind):
        return {term.id for term in every if term.kind == kind} - {None}

    return Named(
        people=load(Person, of("person"), joinedload(Person.organisation)),
        groups=load(Group, of("group")),
        organisations=load(Organisation, of("organisation")),
        lists=load(DistributionList, of("list")),
        events=load(Event, {term.event_id for term in every} - {None}),
    )


def words_of(session: Session, terms: Sequence[Term], event: Event | None = None) -> list[str]:
    """Return the phrases of a field, one a term, each as it stands on a line of its own."""
    named = named_in(session, terms)
    return [phrase(term, named, event) for term in terms]


def phrase(term: Term, named: Named, event: Event | None = None) -> str:
    """One term in words, with its exceptions in brackets. event is the one whose paper it is."""
    words = _words(term, named, event)
    if term.excepts:
        but = ", ".join(lower_ours(item, phrase(item, named, event)) for item in term.excepts)
        words += " " + pgettext("paper", "(except %(but)s)") % {"but": but}
    return words


def way_words(way: Way, named: Named, event: Event | None = None) -> str:
    """A way in words: the item's phrase, after the names of the lists that lead to it; exceptions are not told."""
    return ": ".join(phrase(replace(term, excepts=()), named, event) for term in way)


def use_words(paper: str, event_title: str) -> str:
    """For what recipients were used; paper is one of `Use.paper`."""
    words = _("the memo of %(event)s") if paper == "memo" else _("picked for the invitation of %(event)s")
    return words % {"event": event_title}


def in_row(terms: Sequence[Term], phrases: Sequence[str]) -> list[str]:
    """Phrases as they stand in one row: those that are ours begin small, all but the first."""
    return [
        words if place == 0 else lower_ours(term, words)
        for place, (term, words) in enumerate(zip(terms, phrases, strict=True))
    ]


def lower_ours(term: Term, words: str) -> str:
    """A phrase that begins with a word of ours begins small; in Finnish the group's name comes before its role."""
    of_role = term.kind == "group" and term.who is not None and spoken() != "fi"
    return lower_first(words) if term.kind in EVENT_KINDS or of_role else words


def _words(term: Term, named: Named, event: Event | None) -> str:
    language = spoken()
    if term.kind == "text":
        return term.text or ""
    if term.kind == "person":
        person = named.people[term.id]
        return ", ".join(
            filter(None, (person.name, person.organisation and organisation_words(person.organisation, language)))
        )
    if term.kind == "organisation":
        return organisation_words(named.organisations[term.id], language)
    if term.kind == "list":
        return named.lists[term.id].name
    if term.kind == "group":
        return group_words(named.groups[term.id], term.who, language)
    other = named.events.get(term.event_id) if term.event_id else None
    words = _event_words(term.kind, (other or event))
    if other and (event is None or other.id != event.id):
        words += f" ({other.title}, {dates.day(other.starts_at, language)})"
    return words


def _event_words(kind: str, event: Event | None) -> str:
    meeting = event is not None and event.kind == "meeting"
    return {
        "invited": pgettext("paper", "Those invited to the meeting") if meeting else pgettext("paper", "Those invited"),
        "attended": pgettext("paper", "Participants (who attended)"),
        "declined": pgettext("paper", "Those who declined"),
        "unanswered": pgettext("paper", "Those who have not answered"),
    }[kind]


def group_words(group: Group, who: str | None, language: str) -> str:
    """A group by its name, or by the role within it that is meant: `…-ryhmän puheenjohtaja`, `Chair of …`."""
    name = body_name(group, language)
    if who is None:
        return name
    if language == "fi":
        inflected = genitive(group.name, group.genitive)
        role = {
            "chair": "puheenjohtaja",
            "members": "jäsenet",
            "leaders": "vetäjät",
            "secretaries": group.secretariat_name or "sihteeristö",
        }[who]
        return f"{inflected} {role}" if inflected else f"{name}, {role}"
    role = {
        "chair": pgettext("paper", "Chair of %(group)s"),
        "members": pgettext("paper", "Members of %(group)s"),
        "leaders": pgettext("paper", "Leaders of %(group)s"),
        "secretaries": pgettext("paper", "Secretariat of %(group)s"),
    }[who]
    return upper_first(role % {"group": with_article(name, language)})
