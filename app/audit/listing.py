"""The trail as a page shows it: one secretariat's entries, the newest first, narrowed by who, event and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.audit.granting import COLLEAGUE
from app.audit.models import AuditEntry
from app.audit.noting import SECRETARIAT
from app.dates import HOME_ZONE, place_in_zone
from app.events.models import Event
from app.links.models import PersonalLink
from app.people.collation import matches, words_of
from app.people.models import Person
from app.secretariats.models import Role, Secretariat

PAGE = 50
DELETES = {
    "/people/{person_id}/delete": "person_id", "/privacy/people/{person_id}": "person_id",
    "/events/{event_id}/delete": "event_id",
}  # fmt: skip
MERGES = "/duplicates/{person_id}/{other_id}"  # the older record stays, of the smaller key (app/duplicates/merging.py)


@dataclass(frozen=True)
class Asked:
    """What the trail is narrowed by: words of a name or an address, words of an event's title, a day of Finland;
    before: the number of the entry that the page stands behind."""

    who: str = ""
    event: str = ""
    day: date | None = None
    before: int | None = None


class End(NamedTuple):
    """The number of the entry by which a row was deleted; into: the key of the person with whom theirs was merged."""

    number: int
    into: int | None = None


@dataclass(frozen=True)
class Named:
    """What the entries of a page are about, by name: accounts by address, people and events by key, links by public
    id as (person's name, event's key). ends: how a key's rows ended, in the order of the trail, for SQLite has given
    the key to the next row, and what was done before was not done to that one."""

    accounts: dict[str, str]
    people: dict[int, str]
    events: dict[int, str]
    links: dict[str, tuple[str, int]]
    ends: dict[tuple[str, int], list[End]]

    def person(self, key: int, number: int) -> tuple[int, str] | None:
        """Return whom an entry of a number is about, by their key of now and their name."""
        found = person_since(self.ends, key, number)
        return (found, self.people[found]) if found in self.people else None

    def event(self, key: int | None, number: int) -> str | None:
        """Return which event an entry of a number is about."""
        return self.events.get(key) if key and not _end(self.ends, "event_id", key, number) else None


def person_since(ends: Mapping[tuple[str, int], Sequence[End]], key: int, number: int) -> int | None:
    """Return the key that the person has now who had one at an entry of a number; None for one who is deleted."""
    while end := _end(ends, "person_id", key, number):
        if end.into is None:
            return None
        key, number = end.into, end.number
    return key


def _end(ends: Mapping[tuple[str, int], Sequence[End]], name: str, key: int, number: int) -> End | None:
    return next((end for end in ends.get((name, key), ()) if end.number >= number), None)


def entries_page(session: Session, secretariat_id: int, asked: Asked) -> tuple[list[AuditEntry], bool]:
    """Return a page of the secretariat's entries, and whether there are more behind it."""
    query = select(AuditEntry).where(of_secretariat(secretariat_id), *_narrowed(session, secretariat_id, asked))
    rows = list(session.scalars(query.order_by(AuditEntry.number.desc()).limit(PAGE + 1)))
    return rows[:PAGE], len(rows) > PAGE


def of_secretariat(secretariat_id: int) -> ColumnElement[bool]:
    """What was done in a secretariat. What was noted before there were several is the oldest's; what commands did to
    the whole installation is everybody's."""
    noted = AuditEntry.about[SECRETARIAT].as_integer()
    oldest = select(func.min(Secretariat.id)).scalar_subquery() == secretariat_id
    return or_(noted == secretariat_id, and_(noted.is_(None), or_(AuditEntry.actor == "command", oldest)))


def named_in(session: Session, secretariat_id: int, entries: Iterable[AuditEntry]) -> Named:
    """Return the names of what entries are about; five queries at most. What is gone has none any more."""
    entries = list(entries)
    links = {one.actor_id for one in entries if one.actor == "link"}
    about = [one.about for one in entries]
    found = {
        row.public_id: (Person(given_name=row.given_name, family_name=row.family_name).name, row.event_id)
        for row in session.execute(_links().where(PersonalLink.public_id.in_(links)))
    }
    ends = _ends(session, min((one.number for one in entries), default=0))
    people = {person_since(ends, one.about["person_id"], one.number) for one in entries if "person_id" in one.about}
    events = {one["event_id"] for one in about if "event_id" in one} | {event_id for _name, event_id in found.values()}
    emails = {one.actor_id for one in entries if one.actor == "account"}
    emails |= {one[COLLEAGUE] for one in about if COLLEAGUE in one}
    return Named(
        accounts=dict(session.execute(select(Account.email, Account.name).where(Account.email.in_(emails))).all()),
        people={one.id: one.name for one in session.scalars(select(Person).where(Person.id.in_(people - {None})))},
        events=dict(session.execute(select(Event.id, Event.title).where(Event.id.in_(events))).all()),
        links=found, ends=ends,
    )  # fmt: skip


def _ends(session: Session, since: int) -> dict[tuple[str, int], list[End]]:
    """Return the entries from a number on by which people and events were deleted or merged, by their keys."""
    query = select(AuditEntry.number, AuditEntry.act, AuditEntry.about)
    query = query.where(AuditEntry.act.in_([*DELETES, MERGES]), AuditEntry.number >= since)
    ends: dict[tuple[str, int], list[End]] = {}
    for number, act, told in session.execute(query.order_by(AuditEntry.number)):
        if told.get("action") == "erase but the name":  # app/privacy/person_routes.py: who is named in the record stays
            continue
        if act == MERGES:
            kept, gone = sorted((told["person_id"], told["other_id"]))
            ends.setdefault(("person_id", gone), []).append(End(number, kept))
        else:
            ends.setdefault((DELETES[act], told.get(DELETES[act])), []).append(End(number))
    return ends


def _narrowed(session: Session, secretariat_id: int, asked: Asked) -> Iterable[ColumnElement[bool]]:
    if words_of(asked.who):
        yield _by(session, secretariat_id, asked.who)
    if words_of(asked.event):
        yield _about(session, asked.event)
    if asked.day:
        begins = place_in_zone(datetime.combine(asked.day, time()), HOME_ZONE)
        yield AuditEntry.at >= begins
        yield AuditEntry.at < place_in_zone(datetime.combine(asked.day + timedelta(1), time()), HOME_ZONE)
    if asked.before:
        yield AuditEntry.number < asked.before


def _by(session: Session, secretariat_id: int, words: str) -> ColumnElement[bool]:
    """What somebody of the secretariat has done, or by their link a person of its address book."""
    here = select(Account.email, Account.name).join(Role).where(Role.secretariat_id == secretariat_id)
    emails = [email for email, name in session.execute(here) if matches(words, name, email)]
    rows = session.execute(_links())
    links = [row.public_id for row in rows if matches(words, row.given_name, row.family_name)]
    return or_(
        and_(AuditEntry.actor == "account", AuditEntry.actor_id.in_(emails) if emails else false()),
        and_(AuditEntry.actor == "link", AuditEntry.actor_id.in_(links) if links else false()),
        and_(AuditEntry.actor == "command", func.lower(AuditEntry.actor_id).contains(words.lower(), autoescape=True)),
    )


def _about(session: Session, words: str) -> ColumnElement[bool]:
    titles = session.execute(select(Event.id, Event.title))
    ids = [event_id for event_id, title in titles if matches(words, title)]
    links = select(PersonalLink.public_id).where(PersonalLink.event_id.in_(ids))
    own = AuditEntry.about["event_id"].as_integer().in_(ids)
    return or_(own, and_(AuditEntry.actor == "link", AuditEntry.actor_id.in_(links)))


def _links() -> Select:
    columns = PersonalLink.public_id, PersonalLink.event_id, Person.given_name, Person.family_name
    return select(*columns).join(Person, Person.id == PersonalLink.person_id)
