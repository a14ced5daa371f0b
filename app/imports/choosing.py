"""What is chosen before the preview: which column is what, and how to bring in."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.forms import Reading
from app.imports.checking import begin_checking
from app.imports.columns import FIELDS
from app.imports.models import Import
from app.imports.queries import places_to_choose
from app.imports.words import field_words
from app.language import gettext as _

NAMES = {"name", "family_name", "email"}


def choose(session: Session, held: Import, posted: FormData) -> None:
    """Take what was chosen and have every row checked by it; raises Invalid."""
    reading = Reading(posted)
    columns = _columns(held, reading) if held.options["first"] else held.columns
    options = _options(session, held, reading)
    reading.done()
    held.columns, held.options = columns, options
    begin_checking(session, held)


def _columns(held: Import, reading: Reading) -> list[str | None]:
    columns = [reading.choice(f"column_{place}", FIELDS) for place in range(len(held.headings))]
    for place, field in enumerate(columns):
        if field and field in columns[:place]:
            sentence = _("Another column is this already: %(field)s.") % {"field": field_words(field)}
            reading.problem(f"column_{place}", sentence)
    if not NAMES & set(columns):
        reading.problem("column_0", _("Choose at least the column of the names or of the addresses."))
    return columns


def _options(session: Session, held: Import, reading: Reading) -> dict[str, Any]:
    groups, lists = places_to_choose(session)
    group = reading.choice("group_id", {key for key, _name in groups})
    among = reading.choice("list_id", {key for key, _name in lists})
    heading = held.options["first"] if held.options["first"] and reading.tick("headed") else None
    return held.options | {
        "organisations": reading.choice("organisations", ("add", "leave")) or "add",
        "known": reading.choice("known", ("update", "leave")) or "update",
        "group_id": int(group) if group else None, "list_id": int(among) if among else None, "heading": heading,
    }  # fmt: skip
