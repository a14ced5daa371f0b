"""An online meeting's attendance report: kept with a proposal for each of its people, and chosen row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance, Report
from app.attendance.report_matching import Known, Matcher
from app.attendance.reports import Joined
from app.db import chunks
from app.errors import NotFound, Refused
from app.events.models import Event
from app.invitees.models import Invitee
from app.language import gettext as _
from app.people.models import Person

Row = dict[str, Any]


def keep_report(session: Session, event: Event, name: str, people: Sequence[Joined], *, at: datetime) -> Report:
    """Keep a report with a proposal for each of its people; nobody is marked by it."""
    matcher = Matcher(_known(session, event, [one.email for one in people if one.email]))
    report = Report(event_id=event.id, name=name, sent_at=at, rows=[_row(one, matcher) for one in people])
    session.add(report)
    session.flush()
    return report


def report_by_id(session: Session, event_id: int, report_id: int) -> Report:
    """Return a report of the event; raises NotFound."""
    report = session.scalar(select(Report).where(Report.event_id == event_id, Report.id == report_id))
    if report is None:
        raise NotFound
    return report


def reports_of(session: Session, event_id: int) -> list[Report]:
    """Return an event's reports, the last first."""
    return list(session.scalars(select(Report).where(Report.event_id == event_id).order_by(Report.id.desc())))


def choose(session: Session, report: Report, choices: dict[int, tuple[str, int | None]]) -> None:
    """Remember what was chosen for rows, by their places: person (with the id), walk_in, out, or nothing yet."""
    if report.taken_at is not None:
        raise Refused(_("This report is taken already. Take it back first."))
    report.rows = [
        row | dict(zip(("choice", "chosen_id"), choices.get(place, (row["choice"], row["chosen_id"])), strict=True))
        for place, row in enumerate(report.rows)
    ]
    session.flush()


def people_by_id(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """Return people by their ids; those who are no more are left out."""
    found: dict[int, Person] = {}
    for some in chunks(ids):
        found |= {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(some)))}
    return found


def discard(session: Session, report: Report) -> None:
    """Delete a report that is not taken."""
    if report.taken_at is not None:
        raise Refused(_("This report is taken. Take it back before you delete it."))
    session.delete(report)
    session.flush()


def _known(session: Session, event: Event, emails: Sequence[str]) -> list[Known]:
    """Whom a report can mean: all who are invited or marked, and whoever has one of its addresses."""
    invited = select(Invitee.person_id).where(Invitee.event_id == event.id)
    marked = select(Attendance.person_id).where(Attendance.event_id == event.id, Attendance.person_id.is_not(None))
    columns = select(Person.id, Person.given_name, Person.family_name, Person.email)
    asked = or_(Person.id.in_(invited), Person.id.in_(marked))
    found = [Known(*row) for row in session.execute(columns.where(asked))]
    listed = {one.id for one in found}
    by_email = session.execute(select(Person.id, Person.email).where(func.lower(Person.email).in_(emails)))
    return found + [Known(id, "", "", email) for id, email in by_email if id not in listed]


def _row(one: Joined, matcher: Matcher) -> Row:
    match = matcher.match((one.name, one.also), one.email)
    choice = "out" if one.kind == "lobby" else "person" if match.person_id else "out" if one.kind != "person" else ""
    if not choice and not match.likely:
        choice = "walk_in"
    return {
        "name": one.name, "also": one.also, "email": one.email, "kind": one.kind, "minutes": one.minutes,
        "first": one.first.isoformat() if one.first else None, "last": one.last.isoformat() if one.last else None,
        "why": match.why, "likely": [*([match.person_id] if match.person_id else []), *match.likely],
        "choice": choice, "chosen_id": match.person_id if choice == "person" else None,
    }  # fmt: skip
