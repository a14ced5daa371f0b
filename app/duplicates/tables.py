"""The pairs of possible duplicates, and of those said to be two people, as files."""

from __future__ import annotations

from collections.abc import Sequence

from app.duplicates.queries import Pair
from app.language import gettext as _
from app.people.models import Person
from app.people.tables import register_name
from app.spreadsheet import Column, Table


def proposals_table(pairs: Sequence[Pair]) -> Table:
    """The pairs that may be one person, with why."""
    columns = [
        *_both(_("May be the same as")),
        (_("Why"), lambda pair: "; ".join(pair.reasons)),
    ]
    return Table(_("Possible duplicates"), columns, pairs)


def distinct_table(pairs: Sequence[Pair]) -> Table:
    """The pairs that were said to be two people."""
    return Table(_("Said to be two people"), _both(_("Not the same as")), pairs)


def _both(heading: str) -> list[Column]:
    return [
        (_("Person"), lambda pair: register_name(pair.one)),
        (_("Organisation"), lambda pair: _organisation(pair.one)),
        (_("E-mail"), lambda pair: pair.one.email or _("no address")),
        (heading, lambda pair: register_name(pair.other)),
        (_("Organisation of the other"), lambda pair: _organisation(pair.other)),
        (_("E-mail of the other"), lambda pair: pair.other.email or _("no address")),
    ]


def _organisation(person: Person) -> str:
    return person.organisation.name if person.organisation else _("no organisation")
