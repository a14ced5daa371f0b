"""What was found, kind by kind, as files."""

from __future__ import annotations

from app.language import gettext as _
from app.people.tables import register_name
from app.search.queries import Found
from app.spreadsheet import Table


def found_table(found: Found, kind: str, query: str) -> Table:
    """Return what was found of one kind; people, unless another is named."""
    columns = {
        "groups": [
            (_("Name"), lambda row: row.name),
            (_("Stands under"), lambda row: row.parent or row.part_of),
        ],
        "organisations": [
            (_("Name"), lambda row: row.name),
            (_("Abbreviation"), lambda row: row.abbreviation),
        ],
        "lists": [
            (_("Name"), lambda row: row.name),
        ],
        "events": [
            (_("Event"), lambda row: row.title),
            (_("Time"), lambda row: row.starts_at),
            (_("Convener"), lambda row: row.convener),
        ],
    }
    people = [
        (_("Name"), register_name),
        (_("Title and organisation"), lambda row: ", ".join(part for part in (row.title, row.organisation) if part)),
        (_("E-mail"), lambda row: row.email),
    ]
    rows = getattr(found, kind).rows if kind in columns else found.people.rows
    return Table(f"{_('Search')} – {query}", columns.get(kind, people), rows)
