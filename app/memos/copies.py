"""The copies of an issued memo, each with its person, and who gets none."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.attendance.models import Attendance
from app.memos.models import Copy, Issue, Memo
from app.people.models import Person


def out_of_reach(session: Session, event_id: int) -> list[str]:
    """Return who was there and is not in the address book: the memo prints their names and no mail goes to them."""
    there = select(Attendance).where(
        Attendance.event_id == event_id, Attendance.person_id.is_(None), Attendance.headcount.is_(None),
        Attendance.mode.in_(("in_person", "remote")),
    )  # fmt: skip
    return [one.name for one in session.scalars(there.order_by(Attendance.position, Attendance.id))]


def copies_so_far(session: Session, memo: Memo) -> list[tuple[Copy, Person]]:
    """Return the newest copy that each person has of any version of a memo, those of the newest version first."""
    query = (
        select(Copy, Person)
        .join(Person, Person.id == Copy.person_id)
        .join(Issue, Issue.id == Copy.issue_id)
        .options(joinedload(Person.organisation))
        .where(Issue.memo_id == memo.id)
        .order_by(Issue.version.desc(), Copy.id)
    )
    newest: dict[int, tuple[Copy, Person]] = {}
    for copy, person in session.execute(query):
        newest.setdefault(person.id, (copy, person))
    return list(newest.values())


def copies_of(session: Session, issue: Issue) -> list[tuple[Copy, Person]]:
    """Return the copies in the order in which they were addressed, each with its person and their organisation."""
    query = (
        select(Copy, Person)
        .join(Person, Person.id == Copy.person_id)
        .options(joinedload(Person.organisation))
        .where(Copy.issue_id == issue.id)
        .order_by(Copy.id)
    )
    return [(copy, person) for copy, person in session.execute(query)]
