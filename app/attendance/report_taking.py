"""Takes an online meeting's report: marks as online whom its rows were chosen to be; and takes that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attendance.day_words import days_of
from app.attendance.marking import mark, walk_in
from app.attendance.models import Attendance, Report
from app.attendance.report_keeping import Row, people_by_id
from app.errors import Invalid, Refused
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.people.models import Person

MISSED = timedelta(minutes=5)  # who missed no more of the beginning or the end was there from beginning to end
NOTED = ("mode", "arrived_at", "left_at")
# what else somebody may have said of a line since, which is not taken back with it
SAID = ("marked_at", "role", "deputy_for_id", "heading", "first_item", "last_item", "title")


def take(session: Session, event: Event, report: Report, *, at: datetime) -> int:
    """Mark as online whom the rows were chosen to be; return how many are marked.

    Who is marked in person stays so. Arrival and leaving are noted only where more than five minutes were missed, and
    nothing is noted over what somebody has noted. Raises Invalid at `choice-N` for each row without a choice.
    """
    hold(session, event.id)
    session.refresh(report)
    if report.taken_at is not None:
        raise Refused(_("This report is taken already."))
    rows = [dict(row) for row in report.rows]
    people = people_by_id(session, [row["chosen_id"] for row in rows if row["choice"] == "person"])
    undecided = [
        place
        for place, row in enumerate(rows)
        if not row["choice"] or (row["choice"] == "person" and row["chosen_id"] not in people)
    ]
    if undecided:
        raise Invalid([(f"choice-{place}", _choose_one(rows[place])) for place in undecided])
    _take_people(session, event, rows, people)
    for row in rows:
        if row["choice"] == "walk_in":
            row["done"] = _take_walk_in(session, event, row)
    report.rows, report.taken_at = rows, at
    session.flush()
    return sum(bool(row.get("done")) for row in rows)


def take_back(session: Session, event: Event, report: Report) -> None:
    """Undo `take`, but for what somebody has changed since; the choices stay. A line that is another event's, or
    somebody else's than was chosen (nobody's, for one who came uninvited), is none that it made."""
    hold(session, event.id)
    session.refresh(report)
    ids = [row["done"]["line_id"] for row in report.rows if row.get("done")]
    made = select(Attendance).where(Attendance.event_id == event.id, Attendance.id.in_(ids))
    lines = {(line.id, line.person_id): line for line in session.scalars(made)}
    for row in report.rows:
        done = row.get("done")
        line = lines.get((done["line_id"], row["chosen_id"])) if done else None
        if line is not None and _noted(line) | _said(line) == _said(line) | done["after"]:
            if done["before"] is None:
                session.delete(line)
            else:
                _note(line, done["before"])
    report.rows = [{key: value for key, value in row.items() if key != "done"} for row in report.rows]
    report.taken_at = None
    session.flush()


def _choose_one(row: Row) -> str:
    return _("Choose who %(name)s is, or leave the row out.") % {"name": row["name"]}


def _take_people(session: Session, event: Event, rows: Sequence[Row], people: dict[int, Person]) -> None:
    """Mark those who were chosen; several rows of one person are one presence, whose first row carries it."""
    by_person: dict[int, list[Row]] = {}
    for row in rows:
        if row["choice"] == "person":
            by_person.setdefault(row["chosen_id"], []).append(row)
    known = select(Attendance).where(Attendance.event_id == event.id, Attendance.person_id.in_(people))
    lines = {line.person_id: line for line in session.scalars(known)}
    days = days_of(session, event.id, [person for id, person in people.items() if id not in lines])
    for id, person in people.items():
        line, times = lines.get(id), _missed(event, by_person[id])
        if line is not None and line.mode == "in_person":
            continue
        before = _noted(line) if line is not None else None
        if line is not None and line.mode == "remote":
            times = {name: getattr(line, name) or value for name, value in times.items()}
        if line is None:
            times["of_the_day"] = days[id]
        line = mark(session, event, person, "remote", **times)
        by_person[id][0]["done"] = {"line_id": line.id, "before": before, "after": _noted(line) | _said(line)}


def _take_walk_in(session: Session, event: Event, row: Row) -> Row | None:
    """List somebody by name; None where they are on the list already."""
    try:
        line = walk_in(session, event, row["name"], row["also"] or None, mode="remote")
    except Invalid:
        return None
    for name, value in _missed(event, [row]).items():
        setattr(line, name, value)
    session.flush()
    return {"line_id": line.id, "before": None, "after": _noted(line) | _said(line)}


def _missed(event: Event, rows: Sequence[Row]) -> dict[str, Any]:
    """When somebody came and left, on the event's clock to the minute; None from the beginning, and to the end."""
    first = min((datetime.fromisoformat(row["first"]) for row in rows if row["first"]), default=None)
    last = max((datetime.fromisoformat(row["last"]) for row in rows if row["last"]), default=None)
    starts, ends = event.starts_at.replace(tzinfo=None), event.ends_at and event.ends_at.replace(tzinfo=None)
    late = first and first - starts > MISSED and (ends is None or first < ends)
    early = last and ends and ends - last > MISSED and last > starts
    return {
        "arrived_at": first.replace(second=0, microsecond=0) if first and late else None,
        "left_at": last.replace(second=0, microsecond=0) if last and early else None,
    }


def _noted(line: Attendance) -> Row:
    return {"mode": line.mode} | {
        name: value.isoformat() if (value := getattr(line, name)) else None for name in NOTED[1:]
    }


def _said(line: Attendance) -> Row:
    values = {name: getattr(line, name) for name in SAID}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _note(line: Attendance, noted: Row) -> None:
    line.mode = noted["mode"]
    for name in NOTED[1:]:
        setattr(line, name, datetime.fromisoformat(noted[name]) if noted[name] else None)
