"""The copies of an issued memo, each with its person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.memos.models import Copy, Issue
from app.people.models import Person


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
