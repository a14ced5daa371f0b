"""A recipient field as it is edited: its items in words, whom it reaches now, and what may be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.distribution.altering import less
from app.distribution.fields import load_terms, store_terms
from app.distribution.recipients import EVENT_KINDS, Term, loop
from app.distribution.resolving import Recipient, lists_within, people_of
from app.distribution.words import named_in, phrase
from app.errors import Invalid
from app.events.models import Event
from app.forms import clean_line, key_of
from app.language import gettext as _
from app.language import speaking, spoken
from app.people.finding import person_called
from app.people.models import WHO, DistributionList, Group, Organisation, Person


@dataclass(frozen=True)
class Item:
    """One term in words, and its exceptions in words."""

    words: str
    excepts: tuple[str, ...]


@dataclass(frozen=True)
class EditedField:
    """What the fragment distribution/field.html shows. next is the page to return to without scripts."""

    id: int
    label: str
    next: str
    event_id: int | None
    items: tuple[Item, ...]
    reached: Sequence[Recipient]
    options: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    problem: str | None = None

    @property
    def unreachable(self) -> list[str]:
        """Names of those who have no address to send to."""
        return [one.person.name for one in self.reached if not one.person.email]


def edited_field(
    session: Session, field_id: int, *, label: str, next: str, event: Event | None = None, problem: str | None = None
) -> EditedField:
    """Return a field ready to be shown and edited; event is the one whose paper it belongs to, if any."""
    terms = load_terms(session, field_id)
    named = named_in(session, terms)
    # a paper's recipients are shown in the words that the paper prints
    with speaking(event.language if event else spoken()):
        items = tuple(
            Item(
                phrase(replace(term, excepts=()), named, event),
                tuple(phrase(but, named, event) for but in term.excepts),
            )
            for term in terms
        )
    event_id = event.id if event else None
    return EditedField(
        field_id, label, next, event_id, items, people_of(session, terms, event_id), options(session, event), problem
    )


def options(session: Session, event: Event | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a field may be given, as (heading, [(code, words)])."""
    groups = session.execute(select(Group.id, Group.name).order_by(func.lower(Group.name))).all()
    lists = session.execute(select(DistributionList.id, DistributionList.name).order_by(DistributionList.name)).all()
    bodies = session.execute(select(Organisation.id, Organisation.name).order_by(func.lower(Organisation.name))).all()
    found = [
        (_("Groups"), [(f"group:{id}", name) for id, name in groups]),
        (_("Lists"), [(f"list:{id}", name) for id, name in lists]),
        (_("Organisations"), [(f"organisation:{id}", name) for id, name in bodies]),
    ]
    if event is not None:
        words = {
            "attended": _("Those who took part"),
            "invited": _("Those invited"),
            "declined": _("Those who declined"),
            "unanswered": _("Those who have not answered"),
        }
        found.insert(0, (_("This event"), list(words.items())))
    return [(heading, choices) for heading, choices in found if choices]


def read_term(session: Session, *, code: str = "", who: str = "", person: str = "", text: str = "") -> Term:
    """Turn what was chosen or typed into a term.

    code is one of `options`; person a name or an address of the address book; text is printed and reaches nobody.
    Raises Invalid, saying what to do, for what means nobody or several.
    """
    if person.strip():
        return Term("person", person_called(session, person).id)
    if clean_line(text):
        return Term("text", text=clean_line(text, 300))
    kind, _colon, number = code.partition(":")
    if kind in EVENT_KINDS and not number:
        return Term(kind)
    models = {"group": Group, "list": DistributionList, "organisation": Organisation, "person": Person}
    key = key_of(number)
    if kind in models and key is not None and session.get(models[kind], key):
        return Term(kind, key, who if kind == "group" and who in WHO else None)
    raise Invalid([("code", _("Choose whom to add, or write a name or an address."))])


def add_term(session: Session, field_id: int, term: Term, *, except_of: int | None = None) -> None:
    """Add an item, or an exception to the item at except_of; the same item twice stays one.

    Raises Invalid with the path when a list would come to hold itself.
    """
    terms = load_terms(session, field_id)
    if except_of is not None and except_of < len(terms):
        terms = less(terms, terms[except_of], term)
    elif term not in terms:
        terms = (*terms, term)
    owner = session.scalar(select(DistributionList.id).where(DistributionList.field_id == field_id))
    path = loop(owner, terms, lists_within(session, terms)) if owner else None
    if path:
        raise Invalid([("code", _("The list would hold itself: %(path)s.") % {"path": _path(session, path)})])
    store_terms(session, field_id, terms)


def remove_term(session: Session, field_id: int, index: int, *, exception: int | None = None) -> None:
    """Take away the item at index, or one of its exceptions; an index that is gone already changes nothing."""
    terms = list(load_terms(session, field_id))
    if not 0 <= index < len(terms):
        return
    if exception is None:
        del terms[index]
    else:
        left = [but for place, but in enumerate(terms[index].excepts) if place != exception]
        terms[index] = replace(terms[index], excepts=tuple(left))
    store_terms(session, field_id, terms)


def _path(session: Session, ids: Sequence[int]) -> str:
    query = select(DistributionList.id, DistributionList.name).where(DistributionList.id.in_(ids))
    names = dict(session.execute(query).all())
    return " → ".join(names[one] for one in ids)
