"""Makes one person of two records: everything that refers to either refers to the older one, and the other is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.duplicates import joined_papers, joined_places
from app.duplicates.joined_imports import join_import_rows
from app.duplicates.joined_reports import join_reports
from app.duplicates.joined_sheets import join_sheets
from app.duplicates.moving import move
from app.errors import NotFound, Refused
from app.language import gettext as _
from app.people.models import Person

# by table, what is done before its rows move where both people have one: imports while all that they made is there,
# links after invitees, whose invitation tells which link is in the calendar; reports while each has a line of presence
JOINED: dict[str, Callable[[Session, int, int], None]] = {
    "import_rows": join_import_rows,
    "memberships": joined_papers.join_memberships,
    "recipients": joined_papers.join_recipients,
    "invitees": joined_places.join_invitees,
    "personal_links": joined_places.join_links,
    "attendance_reports": join_reports,
    "attendances": joined_places.join_attendances,
    "attendance_marks": joined_places.join_marks,
    "day_seats": joined_places.join_day_seats,
    "speakers": joined_papers.join_speakers,
    "memo_authors": joined_papers.join_authors,
    "memo_signers": joined_papers.join_signers,
    "memo_copies": joined_papers.join_copies,
    "comment_readers": joined_papers.join_readers,
    "survey_participations": joined_papers.join_participations,
    "distinct_people": joined_papers.join_distinct,
    "outgoing_mails": joined_papers.join_mails,
}


def two_people(session: Session, person_id: int, other_id: int) -> tuple[Person, Person]:
    """Return both records, the older first, held until the transaction ends.

    Raises NotFound where there never were two; Refused for one and the same, and where one of them is gone.
    """
    query = select(Person).where(Person.id.in_((person_id, other_id))).order_by(Person.id).with_for_update()
    found = session.scalars(query, execution_options={"populate_existing": True}).all()
    refuse_all_but_two(found, person_id, other_id)
    return found[0], found[1]


def refuse_all_but_two(found: Sequence[Person], person_id: int, other_id: int) -> None:
    """Raise NotFound or Refused, as `two_people` says, unless two people were found."""
    if not found:
        raise NotFound
    if person_id == other_id:
        raise Refused(_("This is one and the same person. Choose another one to merge with."))
    if len(found) < 2:
        raise Refused(_("One of the two is not in the address book any more: somebody has merged or deleted it."))


def merge(
    session: Session, person_id: int, other_id: int, values: Mapping[str, Any], sheets: Mapping[int, int] | None = None
) -> Person:
    """Make one person of two and return them; they keep the older record's id, and each value that was chosen.

    values: columns of people. sheets: by survey that both have answered, whose answers stand (else `preferred`).
    Raises Refused for one person, and where another has merged or deleted one of them.
    """
    kept, gone = two_people(session, person_id, other_id)
    join_sheets(session, kept.id, gone.id, sheets or {})
    for join in JOINED.values():
        join(session, kept.id, gone.id)
    move(session, Person.__table__, gone.id, kept.id)
    session.execute(delete(Person).where(Person.id == gone.id))
    session.expire_all()
    for name, value in values.items():
        setattr(kept, name, value)
    session.flush()
    return kept
