"""A row is corrected, or left out, on the preview itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.errors import Invalid, NotFound, Refused
from app.forms import Reading
from app.imports.checking import check_rows
from app.imports.columns import FIELDS
from app.imports.models import Import, ImportRow
from app.imports.words import problem_words
from app.language import gettext as _

ALWAYS = ("given_name", "family_name", "email", "organisation")


def fields_to_mend(row: ImportRow) -> list[str]:
    """Return the fields that a row's form has: who it is, and whatever else is wrong with it."""
    wrong = [field for field, _code, _values in row.problems]
    return [field for field in FIELDS if field in ALWAYS or field in wrong and field != "name"]


def values_to_mend(row: ImportRow, source: str) -> dict[str, Any]:
    """Return what a row's form begins with: what was read; as the address, what looks most like one."""
    broken = next((word.strip("<>()[]'\",;") for word in source.split() if "@" in word), "")
    values = {field: row.values.get(field) for field in fields_to_mend(row)}
    return values | {"email": values.get("email") or broken}


def mend(session: Session, held: Import, row: ImportRow, posted: FormData) -> None:
    """Take what was written in place of what the source says, and plan the row anew; raises Invalid by field."""
    may_change(held)
    reading = Reading(posted)
    fields = fields_to_mend(row)
    written = {name: reading.line(name) or "" for name in fields if name in posted}
    reading.done()
    row.mended, row.left_out = {**row.mended, **written}, False
    session.flush()
    check_rows(session, held, [row])
    session.refresh(row)
    if row.problems:
        raise Invalid(
            [
                (field if field in fields else "family_name", problem_words(code, values))
                for field, code, values in row.problems
            ]
        )


def say_who(session: Session, held: Import, row: ImportRow, person_id: int | None) -> None:
    """Take a row as one of its namesakes, or with None again as somebody by themselves, and plan it anew."""
    may_change(held)
    offered = [namesake for namesake, _where in row.values.get("namesakes", [])]
    if person_id is not None and person_id not in offered:
        raise NotFound
    others = {name: text for name, text in row.mended.items() if name != "person"}
    row.mended = others | ({"person": str(person_id)} if person_id else {})
    session.flush()
    check_rows(session, held, [row])
    session.refresh(row)


def leave_out(session: Session, held: Import, row: ImportRow, *, out: bool) -> None:
    """Leave a row out of what is brought in, or take it in again."""
    may_change(held)
    row.left_out = out
    session.flush()


def may_change(held: Import) -> None:
    """Raise Refused where the preview is one no more."""
    if held.state != "checked":
        raise Refused(_("The rows are being worked on, or have been brought in already. Go back and look."))
