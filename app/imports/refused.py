"""The refused rows as a file to mend: as they stood in the source, and why; the same file can be imported again."""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session

from app.imports.models import Import, ImportRow
from app.imports.queries import rows_refused
from app.imports.words import field_words, file_words, why
from app.language import gettext as _
from app.spreadsheet import Table


def refused_table(session: Session, held: Import) -> Table:
    """Return the refused rows with their own columns; the added ones are no field's and so are ignored later."""
    columns = [
        *((heading, partial(cell, place=place, held=held)) for place, heading in enumerate(headings(held))),
        (_("Row"), lambda row: row.number),
        (_("Why refused"), why),
    ]
    name = _("Refused rows of %(source)s") % {"source": file_words(held)}
    return Table(name, columns, rows_refused(session, held.id))


def headings(held: Import) -> list[str]:
    """The headings of the source, or what its columns are where it has none."""
    named = [field_words(field) if field else "" for field in held.columns]
    if not held.options["first"]:
        return [field_words(field) for field in held.headings]
    own = held.headings if held.options["heading"] else [""] * len(named)
    return [heading.strip() or named[place] or _("Column %(number)s") % {"number": place + 1}
            for place, heading in enumerate(own)]  # fmt: skip


def cell(row: ImportRow, place: int, held: Import) -> str:
    """What stood there, or what was written in its place."""
    field = held.columns[place] if place < len(held.columns) else None
    if field in row.mended:
        return row.mended[field]
    return row.cells[place] if place < len(row.cells) else ""
