"""Whatever table refers to people, now or later, is thought of when two of them become one."""

from __future__ import annotations

import app.models  # noqa: F401
from app.duplicates.merging import JOINED
from app.duplicates.moving import once, referring
from app.invitees.models import Invitee
from app.people.models import Person

# tables where one row refers to the person and nothing else limits how many do
AS_MANY_AS_THERE_ARE = {"follow_ups", "recipients_reached"}


def test_a_table_in_which_a_person_may_stand_once_has_a_rule_for_two():
    sheets = {"sheets"}  # whose answers stand is chosen, so its rule takes more
    assert once(Person.__table__) - sheets - set(JOINED) == set()


def test_every_table_that_refers_to_people_is_known():
    tables = {column.table.name for column in referring(Person.__table__)}
    assert tables - {"sheets"} - set(JOINED) == AS_MANY_AS_THERE_ARE


def test_what_may_stand_once_beside_an_invitee_is_joined_with_the_invitee():
    assert once(Invitee.__table__) == {"invitations", "needs", "offers"}
