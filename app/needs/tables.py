"""What is needed, as files: counts, and what was written; no names."""

from __future__ import annotations

from app.events.models import Event
from app.language import gettext as _
from app.needs.kinds import Counts
from app.needs.words import need_words
from app.spreadsheet import Table


def needs_table(event: Event, diet: Counts, access: Counts) -> Table:
    words = need_words()
    rows = [(kind, words[code], count) for kind, counts in _kinds(diet, access) for code, count in counts.needs]
    rows += [(kind, written, 1) for kind, counts in _kinds(diet, access) for written in counts.words]
    columns = [
        (_("Of what"), lambda row: row[0]),
        (_("What is needed"), lambda row: row[1]),
        (_("How many"), lambda row: row[2]),
    ]
    return Table(f"{event.title} – {_('Needs')}", columns, rows)


def _kinds(diet: Counts, access: Counts) -> list[tuple[str, Counts]]:
    return [(_("Food"), diet), (_("Taking part"), access)]
