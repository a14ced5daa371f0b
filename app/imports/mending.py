"""A row is corrected, or left out, on the preview itself."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.errors import Invalid, Refused
from app.forms import Reading
from app.imports.checking import check_rows
from app.imports.models import Import, ImportRow
from app.imports.words import problem_words
from app.language import gettext as _

MENDED = ("given_name", "family_name", "email", "organisation")


def mend(session: Session, held: Import, row: ImportRow, posted: FormData) -> None:
    """Take what was written in place of what the source says, and plan the row anew; raises Invalid by field."""
    may_change(held)
    reading = Reading(posted)
    written = {name: reading.line(name) or "" for name in MENDED}
    reading.done()
    row.mended, row.left_out = written, False
    session.flush()
    check_rows(session, held, [row])
    session.refresh(row)
    if row.problems:
        raise Invalid([(_place(field), problem_words(code, values)) for field, code, values in row.problems])


def _place(field: str) -> str:
    return field if field in MENDED else "family_name"


def leave_out(session: Session, held: Import, row: ImportRow, *, out: bool) -> None:
    """Leave a row out of what is brought in, or take it in again."""
    may_change(held)
    row.left_out = out
    session.flush()


def may_change(held: Import) -> None:
    """Raise Refused where the preview is one no more."""
    if held.state != "checked":
        raise Refused(_("The rows are being worked on, or have been brought in already. Go back and look."))
