"""Who was there, as the database has it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attendance.marking import mark
from app.attendance.models import Attendance, PresentFor
from app.events.queries import event_by_id
from app.invitees.answering import send_substitute
from app.invitees.models import Invitee, Representation
from app.memos.presence import participants_of
from app.people.models import Group, Organisation, Person
from tests import cast
from tests.conftest import NOW
from tests.memos.held import held_event


@pytest.mark.parametrize(
    ("invited_for", "present_for", "line"),
    [
        ("group", None, "Siltojen ja teiden verkosto, Otso Orava, RM"),
        (None, "group", "Siltojen ja teiden verkosto, Otso Orava, RM"),
        ("organisation", None, "Aarne Aho, puheenjohtaja, RM"),
        (None, None, "Aarne Aho, puheenjohtaja, RM"),
    ],
)
def test_participants_are_listed_by_group_where_groups_are_represented(session, invited_for, present_for, line):
    event = held_event(session, invitees=1)
    bodies = {
        "group": {"group_id": session.scalar(select(Group.id).where(Group.name == "Siltojen ja teiden verkosto"))},
        "organisation": {"organisation_id": session.scalar(select(Organisation.id))},
    }
    for row in session.scalars(select(Representation)):
        session.delete(row)
        if invited_for:
            session.add(Representation(invitee_id=row.invitee_id, position=1, **bodies[invited_for]))
    if present_for:
        [first, *_others] = session.scalars(select(Attendance.id).order_by(Attendance.position))
        session.add(PresentFor(attendance_id=first, position=0, **bodies[present_for]))
    session.flush()
    assert participants_of(session, event, None, "fi").lines[0] == line


def test_whoever_presides_in_the_chairs_place_is_not_called_the_conveners_chair(session):
    event = held_event(session)
    for row in session.scalars(select(Attendance)):
        row.role = {"Aarne Aho": "member", "Saima Salo": "chair"}.get(row.name)
    session.flush()
    assert participants_of(session, event, None, "fi").lines[-2:] == ["Aarne Aho, RM", "Saima Salo, puheenjohtaja, RM"]


@pytest.fixture
def replaced(session):
    """Otso of the bridge network sends Pilvi, who sends Rauha, who comes; Kaisa, who sends nobody, stays away."""
    network = cast.group(session, "Siltaverkosto")
    otso, kaisa = cast.person(session, "Otso Orava"), cast.person(session, "Kaisa Kivi")
    event = cast.event(session, cast.group(session, "Siltaneuvosto", member=[otso, kaisa]))
    place = cast.invitee(session, event, otso, network, position=0)
    cast.invitee(session, event, kaisa, network, position=1)
    for name in ("Pilvi", "Rauha"):
        sent = {"name": f"{name} Puro", "email": f"{name.lower()}@rm.example"}
        place = send_substitute(session, place, **sent, source="link", at=NOW)
    mark(session, event, session.get_one(Person, place.person_id), "in_person")
    mark(session, event, kaisa, "absent")
    mark(session, event, otso, "excused")
    return event_by_id(session, event.id)


@pytest.mark.parametrize(
    ("language", "represented", "absent", "alone"),
    [
        ("fi", "Siltaverkosto, Rauha Puro", "Otso Orava, jäsen (sijaisena Rauha Puro)", "Kaisa Kivi, jäsen"),
        ("sv", "Siltaverkosto, Rauha Puro", "Otso Orava, ledamot (företräddes av Rauha Puro)", "Kaisa Kivi, ledamot"),
        ("en", "Siltaverkosto, Rauha Puro", "Otso Orava, member (represented by Rauha Puro)", "Kaisa Kivi, member"),
    ],
)
def test_a_substitute_took_part_for_the_group_and_the_sender_is_not_merely_absent(
    session, replaced, language, represented, absent, alone
):
    for invitee in session.scalars(select(Invitee).where(Invitee.substitute_for_id.is_(None))):
        invitee.role = "member"
    session.flush()
    assert participants_of(session, replaced, None, language, "represented").lines == [represented]
    assert participants_of(session, replaced, None, language, "roles").lines[-2:] == [absent, alone]


@pytest.mark.parametrize(
    ("language", "own", "other", "besides"),
    [
        ("fi", "Otso Orava (sijaisena Rauha Puro)", "Kaisa Kivi (poissa)", "Rauha Puro"),
        ("sv", "Otso Orava (företräddes av Rauha Puro)", "Kaisa Kivi (frånvarande)", "Rauha Puro"),
        ("en", "Otso Orava (represented by Rauha Puro)", "Kaisa Kivi (absent)", "Rauha Puro"),
    ],
)
def test_the_table_of_members_says_who_came_in_a_members_place(session, replaced, language, own, other, besides):
    listed = participants_of(session, replaced, None, language, "members_and_deputies")
    assert [row[0] for row in listed.table.rows] == [own, other]
    assert listed.lines == [besides]


def test_a_member_of_whose_presence_nothing_is_noted_is_replaced_too(session, replaced):
    session.delete(session.scalars(select(Attendance).where(Attendance.family_name == "Orava")).one())
    session.flush()
    listed = participants_of(session, replaced, None, "en", "members_and_deputies")
    assert listed.table.rows[0][0] == "Otso Orava (represented by Rauha Puro)"
