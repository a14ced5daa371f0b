"""What was typed or chosen for a field, as a term; and what is offered while one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dates import day
from app.distribution.recipients import EVENT_KINDS, Term
from app.errors import Invalid
from app.events.models import TAKES_PLACE, Event
from app.forms import clean_line, key_of
from app.language import gettext as _
from app.language import spoken
from app.people.bodies import bodies_called, bodies_offered
from app.people.choosing import choice_words
from app.people.collation import folded, matches, sort_key
from app.people.finding import nobody_called, people_called, told_apart
from app.people.models import WHO, DistributionList, Group, Organisation, Person
from app.people.register import best_people
from app.people.suggesting import MOST

KINDS = ("person", "group", "list", "organisation", "event", "text")
MODELS = {"person": Person, "group": Group, "list": DistributionList, "organisation": Organisation, "event": Event}
BODIES = {"group": Group, "organisation": Organisation}
MOST_LETTERS = 300


@dataclass(frozen=True)
class Offer:
    """Something that a name can mean: words as it is offered, name by which it is meant as well."""

    id: int
    words: str
    name: str = ""


class Several(Invalid):
    """What was typed can mean several things, or only resembles one: the choice is the secretary's."""

    def __init__(self, problem: str, choices: list[Offer]):
        super().__init__([("named", problem)])
        self.choices = choices


def offers(session: Session, kind: str, text: str) -> list[Offer]:
    """Return what a text may become, the likeliest first; nothing for no text."""
    if not text.strip():
        return []
    if kind == "person":
        return [Offer(row.id, choice_words(row)) for row in best_people(session, text, MOST)]
    if kind in BODIES:
        return [Offer(row.id, row.name) for row in bodies_offered(session, BODIES[kind], text, MOST)]
    if kind == "list":
        rows = session.execute(select(DistributionList.id, DistributionList.name))
        return [Offer(*row) for row in sorted(rows, key=lambda row: sort_key(row.name)) if matches(text, row.name)]
    return _events(session, text) if kind == "event" else []


def _events(session: Session, text: str) -> list[Offer]:
    """Events, the newest first; an event is offered with its day, which is none of the words that it is found by."""
    title, _comma, last = text.rpartition(", ")
    words = title if title and last[:1].isdigit() else text
    query = select(Event.id, Event.title, Event.starts_at).where(TAKES_PLACE, Event.found(words))
    query = query.order_by(Event.starts_at.desc())
    return [Offer(row.id, f"{row.title}, {day(row.starts_at, spoken())}", row.title) for row in session.execute(query)]


def read_term(session: Session, posted: Mapping[str, object]) -> Term:
    """Return the term that a form asks for.

    kind is one of KINDS; named is a name as it was typed, chosen the id of an offer; who narrows a group, state says
    which people of an event are meant (an empty name: of the event whose paper it is); text is printed and reaches
    nobody. Raises Invalid, saying what to do, and Several with what may be meant.
    """
    kind = str(posted.get("kind", ""))
    if kind not in KINDS:
        raise Invalid([("kind", _("Choose whom to add."))])
    named = clean_line(str(posted.get("named", "")), MOST_LETTERS)
    if kind == "text":
        if not named:
            raise Invalid([("named", _("Write the words that are printed."))])
        return Term("text", text=named)
    state = str(posted.get("state", ""))
    if kind == "event" and state not in EVENT_KINDS:
        raise Invalid([("state", _("Choose which of the event's people."))])
    if kind == "event" and posted.get("own"):
        return Term(state)
    identity = _identity(session, kind, posted.get("chosen"), named)
    if kind == "event":
        return Term(state, event_id=identity)
    who = str(posted.get("who", ""))
    return Term(kind, identity, who if kind == "group" and who in WHO else None)


def _identity(session: Session, kind: str, chosen: object, named: str) -> int:
    key = key_of(chosen)
    if key is not None and session.get(MODELS[kind], key):
        return key
    if not named:
        raise Invalid([("named", _("Write a name."))])
    exactly, alike = _meant(session, kind, named)
    if len(exactly) == 1:
        return exactly[0].id
    if exactly or alike:
        raise Several(_("Choose which one you mean."), (exactly or alike)[:MOST])
    raise Invalid([("named", nothing_called(kind))])


def _meant(session: Session, kind: str, named: str) -> tuple[list[Offer], list[Offer]]:
    """Return what a name means exactly, and where it means nothing so, what it only resembles."""
    if kind == "person":
        exactly = [Offer(one.id, told_apart(one)) for one in people_called(session, named)]
    elif kind in BODIES:
        exactly = [Offer(one.id, one.name) for one in bodies_called(session, BODIES[kind], named)]
    else:
        alike = offers(session, kind, named)
        return [one for one in alike if folded(named) in (_plain(one.words), _plain(one.name))], alike
    return exactly, [] if exactly else offers(session, kind, named)


def _plain(name: str) -> str:
    """A name as it is compared: folded, and its spaces plain ones."""
    return folded(" ".join(name.split()))


def nothing_called(kind: str) -> str:
    """What is said of a name that nothing has."""
    return {
        "person": nobody_called(),
        "group": _("No group has this name. Check the spelling, or add the group first."),
        "list": _("No list has this name. Check the spelling, or make the list first."),
        "organisation": _("No organisation has this name or abbreviation. Check the spelling."),
        "event": _("No event has this title. Check the spelling."),
    }[kind]
