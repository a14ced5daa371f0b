"""In any small world, what two people had is what the one person has: nothing is lost, and nothing added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance
from app.duplicates.joining import PRESENCE
from app.duplicates.merging import merge
from app.invitees.models import Invitee, Representation, Response
from app.models import Base
from app.people.models import GROUP_ROLES, Membership, Recipient, RecipientField
from app.secretariats.models import Secretariat
from tests import cast

GROUPS = EVENTS = LISTS = range(2)
BEGIN = datetime(2026, 9, 1, tzinfo=UTC)


@dataclass
class Life:
    """What one person has: roles in groups; per event whom they represent, their answers and presence; lists."""

    roles: set[tuple[int, str]] = field(default_factory=set)
    invited: dict[int, tuple[list[int], list[tuple[int, str]]]] = field(default_factory=dict)
    presence: dict[int, str] = field(default_factory=dict)
    lists: set[int] = field(default_factory=set)


ANSWERS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["accepted", "declined", "tentative"])), max_size=3)
LIVES = st.builds(
    Life,
    roles=st.sets(st.tuples(st.sampled_from(GROUPS), st.sampled_from(GROUP_ROLES[:3])), max_size=4),
    invited=st.dictionaries(
        st.sampled_from(EVENTS), st.tuples(st.lists(st.sampled_from(GROUPS), unique=True), ANSWERS)
    ),
    presence=st.dictionaries(st.sampled_from(EVENTS), st.sampled_from(PRESENCE)),
    lists=st.sets(st.sampled_from(LISTS)),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=ON"))
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(Secretariat(name="Sihteeristö"))
    yield engine
    engine.dispose()


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(one=LIVES, other=LIVES, third=LIVES)
def test_the_one_person_has_what_the_two_had(engine, one, other, third):
    with Session(engine) as session:
        people = built(session, [one, other, third])
        before, beside = together(session, people[:2]), together(session, people[2:])
        merge(session, people[1], people[0], {})
        assert together(session, people[:1]) == before
        assert together(session, people[2:]) == beside
        session.rollback()


def built(session: Session, lives: list[Life]) -> list[int]:
    groups = [cast.group(session, f"Ryhmä {number}") for number in GROUPS]
    events = [cast.event(session, groups[0], title=f"Tilaisuus {number}") for number in EVENTS]
    fields = [RecipientField(id=number + 1) for number in LISTS]
    session.add_all(fields)
    people = [cast.person(session, f"Otso Orava{number}") for number, _life in enumerate(lives)]
    for position, (person, life) in enumerate(zip(people, lives, strict=True)):
        more = {"person_id": person.id, "position": position}
        session.add_all(Membership(group_id=groups[group].id, role=role, **more) for group, role in life.roles)
        session.add_all(Recipient(field_id=number + 1, kind="person", **more) for number in life.lists)
        session.add_all(Attendance(event_id=events[it].id, mode=mode, **more) for it, mode in life.presence.items())
        for number, (represented, answers) in life.invited.items():
            invitee = cast.invitee(session, events[number], person, *(groups[it] for it in represented))
            for hour, choice in sorted(answers):
                at = BEGIN + timedelta(hours=hour)
                session.add(Response(invitee_id=invitee.id, choice=choice, source="link", responded_at=at))
                session.flush()
    session.flush()
    return [person.id for person in people]


def together(session: Session, people: list[int]) -> dict[str, object]:
    """What some people have between them, by groups, events and lists; of two presences the one that wins."""
    histories: dict[int, list] = {}
    invited = select(Invitee.event_id, Response.responded_at, Response.id, Response.choice).join(
        Response, Response.invitee_id == Invitee.id
    )
    answered = invited.where(Invitee.person_id.in_(people)).order_by(Response.responded_at, Response.id)
    if len(people) == 1:  # as the application reads it: the largest id stands
        answered = answered.order_by(None).order_by(Response.id)
    for event_id, at, _id, choice in session.execute(answered):
        histories.setdefault(event_id, []).append((at, choice))
    present = session.execute(select(Attendance.event_id, Attendance.mode).where(Attendance.person_id.in_(people)))
    presence: dict[int, str] = {}
    for event_id, mode in present:
        presence[event_id] = min(mode, presence.get(event_id, mode), key=PRESENCE.index)
    return {
        "roles": once(session, people, Membership, Membership.group_id, Membership.role),
        "invited": once(session, people, Invitee, Invitee.event_id),
        "represented": set(
            session.execute(
                select(Invitee.event_id, Representation.group_id)
                .join(Representation, Representation.invitee_id == Invitee.id)
                .where(Invitee.person_id.in_(people))
            )
        ),
        "histories": histories,
        "presence": presence,
        "lists": once(session, people, Recipient, Recipient.field_id),
    }


def once(session: Session, people: list[int], model, *columns) -> set[tuple]:
    """What people have in a table; each person has each only once."""
    held = Counter(session.execute(select(model.person_id, *columns).where(model.person_id.in_(people))).all())
    assert set(held.values()) <= {1}
    return {tuple(row[1:]) for row in held}
