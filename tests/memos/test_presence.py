"""Who was there, as the database has it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attendance.models import Attendance, PresentFor
from app.invitees.models import Representation
from app.memos.presence import participants_of
from app.people.models import Group, Organisation
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
