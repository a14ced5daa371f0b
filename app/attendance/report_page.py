"""What the page of an online meeting's report shows, and what its form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app import dates
from app.attendance.models import Attendance, Report
from app.attendance.report_keeping import Row, people_by_id
from app.errors import Invalid
from app.events.models import Event
from app.forms import Reading, key_of
from app.language import gettext as _
from app.language import spoken
from app.people.finding import person_called
from app.people.models import Person


@dataclass(frozen=True)
class ReportRow:
    """One participant: place is that among the report's rows, choices are (value, words); marked: the mode in which
    whoever is chosen is marked already."""

    place: int
    name: str
    about: str
    minutes: int | None
    times: str
    kind: str
    why: str | None
    choice: str
    choices: list[tuple[str, str]]
    marked: str | None

    @property
    def decided(self) -> bool:
        return bool(self.choice)


def report_rows(session: Session, event: Event, report: Report) -> list[ReportRow]:
    """Return the rows as they stand, those without a choice first; two queries."""
    ids = {id for row in report.rows for id in (*row["likely"], row["chosen_id"]) if id}
    query = select(Person).options(joinedload(Person.organisation)).where(Person.id.in_(ids))
    people = {person.id: person for person in session.scalars(query)}
    marked = select(Attendance.person_id, Attendance.mode).where(Attendance.event_id == event.id)
    modes = dict(session.execute(marked.where(Attendance.person_id.in_(ids))).all())
    rows = [_shown(place, row, people, modes) for place, row in enumerate(report.rows)]
    return sorted(rows, key=lambda row: (row.decided, row.place))


def _shown(place: int, row: Row, people: Mapping[int, Person], modes: Mapping[int, str]) -> ReportRow:
    chosen = row["chosen_id"] if row["chosen_id"] in people else None
    choice = "" if row["choice"] == "person" and not chosen else row["choice"]
    ids = dict.fromkeys(id for id in (chosen, *row["likely"]) if id in people)
    choices = [("", _("choose"))] + [(f"p{id}", _told(people[id])) for id in ids]
    choices += [("walk_in", _("came uninvited, by this name")), ("out", _("leave out"))]
    return ReportRow(
        place=place,
        name=row["name"],
        about=", ".join(filter(None, (row["also"], row["email"]))),
        minutes=row["minutes"],
        times=_times(row),
        kind=row["kind"],
        why=row["why"] if chosen and chosen in row["likely"][:1] else None,
        choice=f"p{chosen}" if choice == "person" else choice,
        choices=choices,
        marked=modes.get(chosen) if choice == "person" else None,
    )


def _told(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.organisation.short if person.organisation else None)))


def _times(row: Row) -> str:
    if not row["first"] or not row["last"]:
        return ""
    return dates.clock_range(datetime.fromisoformat(row["first"]), datetime.fromisoformat(row["last"]), spoken())


def read_choices(session: Session, report: Report, posted: FormData) -> dict[int, tuple[str, int | None]]:
    """Return what a form says of each row that it shows: the choice, with a person's id. Whoever is named beside wins
    over what is chosen. Raises Invalid at `other-N` where that is nobody, or several, of the address book."""
    reading = Reading(posted)
    fields = {place: posted.get(f"choice-{place}") for place in range(len(report.rows))}
    chosen = {place: str(value) for place, value in fields.items() if value is not None}
    known = people_by_id(session, {id for value in chosen.values() if (id := key_of(value.removeprefix("p")))})
    found: dict[int, tuple[str, int | None]] = {}
    for place, value in chosen.items():
        id = key_of(value.removeprefix("p")) if value.startswith("p") else None
        if other := reading.line(f"other-{place}", most=300):
            found[place] = ("person", _named(session, reading, place, other))
        elif id in known:
            found[place] = ("person", id)
        else:
            found[place] = (value if value in ("walk_in", "out") else "", None)
    reading.done()
    return found


def _named(session: Session, reading: Reading, place: int, name: str) -> int | None:
    try:
        return person_called(session, name).id
    except Invalid as error:
        reading.problem(f"other-{place}", error.problems[0][1])
        return None
