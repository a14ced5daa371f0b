"""The event whose door is measured: as many invited as one asks for, each for one of many groups, four of five of whom
have answered and every third of whom is marked; everybody is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance
from app.db import Database
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response
from app.people.collation import order_key
from app.people.found import found_by
from app.people.models import Group, Person
from bench.register import fill

GROUPS = 40
CHOICES = ("accepted", "accepted", "accepted", "declined")


def day_case(database: Database, people: int) -> int:
    """Make the event and return its id."""
    fill(database, people)
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    with database.session() as session:
        groups = [Group(name=f"Siltaverkosto {number + 1}") for number in range(GROUPS)]
        session.add_all(groups)
        session.flush()
        event = Event(
            title="Siltojen päivä", convener_id=groups[0].id, starts_at=start, ends_at=start + timedelta(hours=6)
        )
        session.add(event)
        session.flush()
        ids = list(session.scalars(select(Person.id).order_by(Person.id).limit(people)))
        _invite(session, event.id, ids, [group.id for group in groups])
        return event.id


def _invite(session: Session, event_id: int, ids: list[int], groups: list[int]) -> None:
    at = datetime.now(UTC) - timedelta(days=3)
    places = [{"event_id": event_id, "person_id": id, "position": place} for place, id in enumerate(ids)]
    invitees = sorted(session.scalars(insert(Invitee).returning(Invitee.id), places))
    session.execute(insert(Representation), [
        {"invitee_id": id, "position": 0, "group_id": groups[place % len(groups)]} for place, id in enumerate(invitees)
    ])  # fmt: skip
    answer = {"mode": None, "source": "link", "responded_at": at}
    session.execute(insert(Response), [
        {"invitee_id": id, "choice": CHOICES[place % 5], **answer} for place, id in enumerate(invitees) if place % 5 < 4
    ])  # fmt: skip
    people = session.execute(select(Person.id, Person.given_name, Person.family_name).where(Person.id.in_(ids[::3])))
    session.execute(insert(Attendance), [
        {
            "event_id": event_id, "position": place, "person_id": one.id, "given_name": one.given_name,
            "family_name": one.family_name, "mode": "in_person",
            "order_key": order_key(one.family_name, one.given_name),
            "found_by": found_by(one._asdict(), ("family_name", "given_name")),
        }
        for place, one in enumerate(people)
    ])  # fmt: skip
