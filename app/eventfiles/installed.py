"""Loads what a file can mean of what the installation has, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.eventfiles.names import Installed, folded
from app.events.models import TAKES_PLACE, Event
from app.people.models import DistributionList, Group, Organisation, Person, Recipient

AT_ONCE = 5000


def installed_for(session: Session, emails: Iterable[str]) -> Installed:
    """Return what is there: everything that goes by a name, and the people with these addresses (lower case)."""
    organisations = session.execute(
        select(Organisation.id, Organisation.name, Organisation.abbreviation).order_by(Organisation.id)
    ).all()
    return Installed(
        emails=_addressed(session, emails),
        nameless=_nameless(session),
        organisations=[tuple(row) for row in organisations],
        groups=_by_name(session.execute(select(Group.id, Group.name).order_by(Group.id.desc()))),
        lists=_by_name(session.execute(select(DistributionList.id, DistributionList.name))),
        list_names=_list_names(session),
        events=[
            tuple(row) for row in session.execute(select(Event.id, Event.title, Event.starts_at).where(TAKES_PLACE))
        ],
    )


def in_parts(values: Iterable) -> Iterator[list]:
    """Values in parts that a database takes as parameters of one query."""
    every = list(values)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _addressed(session: Session, emails: Iterable[str]) -> dict[str, int]:
    address = func.lower(Person.email)
    return {
        email: id
        for part in in_parts(sorted(emails))
        for id, email in session.execute(select(Person.id, address).where(address.in_(part)))
    }


def _nameless(session: Session) -> dict[tuple[str, str | None], int]:
    rows = session.execute(
        select(Person.id, Person.given_name, Person.family_name, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.email.is_(None))
        .order_by(Person.id.desc())
    )
    return {
        (folded(f"{given} {family}"), folded(organisation) if organisation else None): id
        for id, given, family, organisation in rows
    }


def _by_name(rows) -> dict[str, int]:
    return {folded(name): id for id, name in rows}


def _list_names(session: Session) -> dict[str, frozenset[str]]:
    inner = aliased(DistributionList)
    rows = session.execute(
        select(DistributionList.name, inner.name)
        .join(Recipient, Recipient.field_id == DistributionList.field_id)
        .join(inner, inner.id == Recipient.list_id)
    )
    held: dict[str, set[str]] = defaultdict(set)
    for outer, name in rows:
        held[folded(outer)].add(folded(name))
    return {name: frozenset(names) for name, names in held.items()}
