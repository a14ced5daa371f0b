"""What organisations and bodies were called on the day, kept with who was there.

A line of presence keeps it in `of_the_day`: {"organisation": words, "bodies": [words]}, words being {"id", "kind",
"name": {"fi", "sv", "en"}, "short": {…}}; kind is group or organisation. What is kept holds for as long as the line
names the same body; another one is called as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance, PresentFor
from app.invitees.models import Invitee, Representation
from app.people.models import LANGUAGES, Group, Organisation, Person
from app.people.words import body_name, organisation_words

Words = dict[str, Any]


def words_of(body: Group | Organisation) -> Words:
    """Return what a body is called now, in each language: its full name, and as it stands beside a person's name."""
    organisation = isinstance(body, Organisation)
    short = organisation_words if organisation else body_name
    return {
        "kind": "organisation" if organisation else "group",
        "id": body.id,
        "name": {language: body_name(body, language) for language in LANGUAGES},
        "short": {language: short(body, language) for language in LANGUAGES},
    }


def day_of(organisation: Organisation | None, bodies: Iterable[Group | Organisation] = ()) -> Words:
    """Return what a line keeps of its organisation and of those whom it stands for."""
    return {
        "organisation": words_of(organisation) if organisation else None,
        "bodies": [words_of(body) for body in bodies],
    }


def days_of(session: Session, event_id: int, people: Sequence[Person]) -> dict[int, Words]:
    """Return what the lines of some people keep, by the person's id, as invited; two statements however many."""
    organisations = _organisations(session, [person.organisation_id for person in people])
    bodies = _represented(session, event_id, [person.id for person in people])
    return {
        person.id: day_of(organisations.get(person.organisation_id), bodies.get(person.id, ())) for person in people
    }


def keep_days(session: Session, event_id: int, lines: Sequence[Attendance]) -> None:
    """Keep on stored lines what their organisations, and those whom they stand for, are called now; three statements
    however many."""
    bodies = stood_for(session, event_id, lines)
    organisations = _organisations(session, [line.organisation_id for line in lines])
    for line in lines:
        line.of_the_day = day_of(organisations.get(line.organisation_id), bodies[line.id])


def stood_for(
    session: Session, event_id: int, lines: Sequence[Attendance]
) -> dict[int, Sequence[Group | Organisation]]:
    """Return for whom stored lines stand, by the line's id: as noted on the line, else as invited; two statements."""
    invited = _represented(session, event_id, [line.person_id for line in lines])
    query = (
        select(PresentFor.attendance_id, Group, Organisation)
        .outerjoin(Group, Group.id == PresentFor.group_id)
        .outerjoin(Organisation, Organisation.id == PresentFor.organisation_id)
        .where(PresentFor.attendance_id.in_([line.id for line in lines]))
        .order_by(PresentFor.position)
    )
    noted: dict[int, list[Group | Organisation]] = {}
    for line_id, group, organisation in session.execute(query):
        noted.setdefault(line_id, []).append(group or organisation)
    return {line.id: noted.get(line.id) or invited.get(line.person_id, []) for line in lines}


def organisation_then(line: Attendance, language: str, form: str = "short") -> str | None:
    """What a line's organisation was called on the day; form: short, or name in full. None for a line of none."""
    kept = (line.of_the_day or {}).get("organisation")
    if line.organisation is None:
        return line.organisation_text
    if kept and kept["id"] == line.organisation_id:
        return kept[form][language]
    return words_of(line.organisation)[form][language]


def bodies_then(line: Attendance, stands_for: Iterable[Representation | PresentFor], language: str) -> list[str]:
    """What those whom a line stands for were called on the day, as it stands before a name."""
    kept = {(one["kind"], one["id"]): one for one in (line.of_the_day or {}).get("bodies", ())}
    found = []
    for one in stands_for:
        key = ("group", one.group_id) if one.group_id else ("organisation", one.organisation_id)
        words = kept.get(key) or words_of(one.group or one.organisation)
        found.append(words["short"][language])
    return found


def _organisations(session: Session, ids: Iterable[int | None]) -> dict[int | None, Organisation]:
    query = select(Organisation).where(Organisation.id.in_({id for id in ids if id}))
    return {one.id: one for one in session.scalars(query)}


def _represented(
    session: Session, event_id: int, people: Iterable[int | None]
) -> dict[int | None, list[Group | Organisation]]:
    query = (
        select(Invitee.person_id, Group, Organisation)
        .select_from(Representation)
        .join(Invitee, Invitee.id == Representation.invitee_id)
        .outerjoin(Group, Group.id == Representation.group_id)
        .outerjoin(Organisation, Organisation.id == Representation.organisation_id)
        .where(Invitee.event_id == event_id, Invitee.person_id.in_({id for id in people if id}))
        .order_by(Invitee.id, Representation.position)
    )
    found: dict[int | None, list[Group | Organisation]] = {}
    for person_id, group, organisation in session.execute(query):
        found.setdefault(person_id, []).append(group or organisation)
    return found
