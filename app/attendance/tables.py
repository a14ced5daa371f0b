"""The list of the day as a file."""

from __future__ import annotations

from collections.abc import Sequence

from app.attendance.noting import role_words
from app.attendance.presence import Line
from app.events.models import Event
from app.language import gettext as _
from app.people.part_words import standing_words
from app.spreadsheet import Table


def day_table(lines: Sequence[Line], event: Event) -> Table:
    """Who is on the list and who came, a row a line.

    From and until are times of the clock, or days with them where the event goes over midnight.
    """
    roles = role_words()
    one_day = event.ends_at is None or event.ends_at.date() == event.starts_at.date()

    def moment(value):
        return value.time() if value and one_day else value

    columns = [
        (_("Name"), lambda line: line.name),
        (_("Organisation"), lambda line: line.organisation),
        (_("Represents"), lambda line: line.represents),
        (_("Answer"), _standing),
        (_("Presence"), lambda line: _presence(line.mode)),
        (_("Role"), lambda line: roles[line.tick.role] if line.tick and line.tick.role else None),
        (_("Arrived"), lambda line: moment(line.tick.arrived_at) if line.tick else None),
        (_("Until"), lambda line: moment(line.tick.left_at) if line.tick else None),
        (_("Listed under"), lambda line: line.tick.heading if line.tick else None),
        (_("Heads"), _heads),
    ]
    return Table(f"{_('Who came')} – {event.title}", columns, lines)


def _heads(line: Line) -> int | None:
    return (line.tick.headcount or 1) if line.present else None


def _presence(mode: str | None) -> str | None:
    words = {"in_person": _("Present"), "remote": _("Online"), "excused": _("Apologies"), "absent": _("Absent")}
    return words[mode] if mode else None


def _standing(line: Line) -> str | None:
    if line.standing is None:
        return _("not invited") if line.tick else None
    return standing_words(line.standing)
