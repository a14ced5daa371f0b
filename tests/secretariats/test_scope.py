"""What another secretariat keeps cannot be loaded, by whatever way it is asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.people.models import Group, Membership, Person
from app.secretariats.models import Secretariat
from app.secretariats.scope import see_only
from tests import cast

DEPUTY = aliased(Person)


@pytest.fixture
def two(session):
    """Two secretariats, with a person, a group and an event each; the session sees the second."""
    other = Secretariat(name="Toinen sihteeristö")
    session.add(other)
    session.flush()
    kept = {}
    for secretariat_id in (1, other.id):
        person = cast.person(session, "Otso Orava", secretariat_id=secretariat_id)
        group = cast.group(session, "Siltaverkosto", secretariat_id=secretariat_id, leaders=[person])
        event = cast.event(session, group, secretariat_id=secretariat_id)
        session.add(FollowUp(event_id=event.id, position=0, text="Selvitetään", state="agreed"))
        kept[secretariat_id] = person.id, group.id, event.id
    session.commit()
    session.expunge_all()
    see_only(session, other.id)
    return kept[1], kept[other.id]


def test_by_key(session, two):
    for model, foreign, own in zip((Person, Group, Event), *two, strict=True):
        assert session.get(model, foreign) is None
        assert session.get(model, own).id == own


@pytest.mark.parametrize(
    "asked",
    [
        lambda: select(Person.id),
        lambda: select(aliased(Person).id),
        lambda: select(Person.id).union_all(select(Person.id).where(Person.id < 0)),
        lambda: select(Membership.person_id).join(Person, Membership.person_id == Person.id),
        lambda: (
            select(DEPUTY.id)
            .select_from(Membership)
            .outerjoin(DEPUTY, DEPUTY.id == Membership.person_id)
            .where(DEPUTY.id.is_not(None))
        ),
        lambda: select(func.max(Person.id)).having(func.count() == 1),
        lambda: select(Person.id).where(Person.id.in_(select(Person.id))),
    ],
    ids=["columns", "alias", "union", "join", "alias joined", "aggregate", "subquery"],
)
def test_by_statement(session, two, asked):
    assert session.scalars(asked()).all() == [two[1][0]]


def test_with_what_belongs_to_it(session, two):
    [event] = session.scalars(select(Event).options(joinedload(Event.convener)))
    assert event.convener.id == two[1][1]
    [place] = session.scalars(select(Membership).join(Membership.person).options(selectinload(Membership.person)))
    assert place.person.id == two[1][0]
    assert session.scalars(select(FollowUp.event_id)).all() == [two[1][2]]


def test_nor_be_changed_or_deleted(session, two):
    assert session.execute(update(Person).values(title="vaihdettu")).rowcount == 1
    assert session.execute(delete(FollowUp)).rowcount == 1


def test_what_is_added_belongs_to_it(session, two):
    new = cast.group(session, "Uusi verkosto")
    assert new.secretariat_id == session.get(Group, two[1][1]).secretariat_id


def test_each_sees_its_own(session, two):
    """What SQLAlchemy remembers of one secretariat's statement is not asked for the next."""
    own = session.get(Group, two[1][1]).secretariat_id
    for seen, kept in ((1, two[0]), (own, two[1]), (1, two[0])):
        session.expunge_all()
        see_only(session, seen)
        assert session.scalars(select(Person.id)).all() == [kept[0]]
        assert session.scalars(select(FollowUp.event_id)).all() == [kept[2]]
