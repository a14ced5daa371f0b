"""A field as it is shown and edited: what is printed, whom it reaches now, and what has changed since it was used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.distribution.codes import code_of, mark_of
from app.distribution.difference import Difference, Then, difference
from app.distribution.fields import load_terms
from app.distribution.recipients import Term
from app.distribution.resolving import Contact, people_reached, sources_of
from app.distribution.typed import Offer
from app.distribution.uses import last_uses, reached_then
from app.distribution.ways import Reached, Way, resolve, still_reached
from app.distribution.words import Named, named_in, phrase, way_words
from app.events.models import Event
from app.language import gettext as _
from app.language import speaking, spoken
from app.people.words import organisation_words

MOST_SHOWN = 100
MOST_NAMED = 10
MOST_STILL = 3


@dataclass(frozen=True)
class Person:
    """Somebody whom a field reaches: by which way, and by which weaker ways besides."""

    id: int
    name: str
    organisation: str
    email: str | None
    way: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """An exception in words, by its mark and as its whole code; still are people whom it leaves out here
    and whom another item reaches, of so many."""

    mark: str
    code: str
    words: str
    still: Sequence[Person]
    still_count: int


@dataclass(frozen=True)
class Item:
    """One item in words; mark is what its forms and buttons call it by, wherever it stands."""

    mark: str
    words: str
    excepts: Sequence[LeftOut]


@dataclass(frozen=True)
class Since:
    """The last use (`app/distribution/uses.py`), and at most MOST_NAMED of each kind of change since."""

    use: Row
    joined: Sequence[Person]
    joined_count: int
    left: Sequence[Then]
    left_count: int
    readdressed: Sequence[tuple[str, str | None, str | None]]


@dataclass(frozen=True)
class Doing:
    """What the page is at: the kind that is being added (and what was typed, what was wrong with it, what it may mean),
    the mark of the item that somebody is left out of, what was just done, what can be put back (code, place), and what
    is shown whole however long it is ("items" or "people")."""

    adding: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    choices: Sequence[Offer] = ()
    except_of: str = ""
    said: str = ""
    undo: tuple[str, int] | None = None
    everything: str = ""


@dataclass(frozen=True)
class EditedField:
    """What distribution/field.html shows. next is the page that the field stands on; event the one whose paper it is
    of; people and items are cut to MOST_SHOWN unless all are asked for. served of the people get their copy by the
    field before this one."""

    id: int
    label: str
    next: str
    event: Event | None
    doing: Doing
    items: Sequence[Item]
    item_count: int
    people: Sequence[Person]
    count: int
    served: int
    unreachable: Sequence[str]
    unreachable_count: int
    since: Since | None

    @property
    def except_of(self) -> Item | None:
        return next((item for item in self.items if item.mark == self.doing.except_of), None)


def edited_field(
    session: Session,
    field_id: int,
    *,
    label: str,
    next: str,
    event: Event | None = None,
    doing: Doing | None = None,
    after: int | None = None,
) -> EditedField:
    """Return a field ready to be shown; event is the one whose paper it belongs to, if any; after is the field whose
    people get their copy by it and not by this one."""
    doing = doing or Doing()
    terms = load_terms(session, field_id)
    sources = sources_of(session, terms, event.id if event else None)
    reached = resolve(terms, sources)
    contacts = people_reached(session, reached)
    silent = [contacts[one.person_id].name for one in reached if not contacts[one.person_id].email]
    served = {one.person_id for one in _reached(session, after, event)} if after is not None else set()
    most, most_items = (None if doing.everything == what else MOST_SHOWN for what in ("people", "items"))
    still: dict[int, dict[int, Sequence[Reached]]] = defaultdict(dict)
    for one in still_reached(terms, sources, reached):
        still[one.item][one.exception] = one.people
    use = last_uses(session, [field_id]).get(field_id)
    changed = difference(
        reached_then(session, use.id) if use else [],
        [(one.person_id, contacts[one.person_id].email) for one in reached],
    )
    joined = set(changed.joined[:MOST_NAMED])
    told = [
        *reached[:most],
        *(one for one in reached if one.person_id in joined),
        *(one for those in still.values() for people in those.values() for one in people[:MOST_STILL]),
    ]
    named = named_in(session, {*terms[:most_items], *(term for one in told for way in one.ways for term in way)})
    view = _View(event, contacts, named)
    # a paper's recipients are shown in the words that the paper prints
    with speaking(event.language if event else spoken()):
        return EditedField(
            id=field_id, label=label, next=next, event=event, doing=doing,
            items=[view.item(term, still[place]) for place, term in enumerate(terms[:most_items])],
            item_count=len(terms),
            people=[view.person(one) for one in reached[:most]],
            count=len(reached),
            served=sum(one.person_id in served for one in reached),
            unreachable=silent[:MOST_NAMED], unreachable_count=len(silent),
            since=view.since(use, changed, [one for one in reached if one.person_id in joined]) if use else None,
        )  # fmt: skip


def _reached(session: Session, field_id: int, event: Event | None) -> list[Reached]:
    terms = load_terms(session, field_id)
    return resolve(terms, sources_of(session, terms, event.id if event else None))


@dataclass(frozen=True)
class _View:
    """Puts into words what was loaded at once."""

    event: Event | None
    contacts: Mapping[int, Contact]
    named: Named

    def person(self, one: Reached) -> Person:
        contact = self.contacts[one.person_id]
        body = organisation_words(contact.organisation, spoken()) if contact.organisation else ""
        ways = [self.way(way) for way in one.ways]
        return Person(contact.id, contact.name, body, contact.email, ways[0], tuple(ways[1:]))

    def way(self, way: Way) -> str:
        if way[-1].kind != "person":
            return way_words(way, self.named, self.event)
        # the name stands beside it already
        return ": ".join(filter(None, (way_words(way[:-1], self.named, self.event), _("by name"))))

    def item(self, term: Term, still: Mapping[int, Sequence[Reached]]) -> Item:
        words = phrase(replace(term, excepts=()), self.named, self.event)
        excepts = [self.left_out(but, still.get(place, ())) for place, but in enumerate(term.excepts)]
        return Item(mark_of(term), words, excepts)

    def left_out(self, but: Term, still: Sequence[Reached]) -> LeftOut:
        those = [self.person(one) for one in still[:MOST_STILL]]
        return LeftOut(mark_of(but), code_of(but), phrase(but, self.named, self.event), those, len(still))

    def since(self, use: Row, changed: Difference, joined: Sequence[Reached]) -> Since:
        return Since(
            use, [self.person(one) for one in joined], len(changed.joined), changed.left[:MOST_NAMED],
            len(changed.left), changed.readdressed[:MOST_NAMED],
        )  # fmt: skip
