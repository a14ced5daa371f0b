"""Lists, the people on one, and whom a use reached, as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.dates import in_zone
from app.distribution.difference import Then
from app.distribution.lists import Listed
from app.distribution.resolving import ReachedPerson
from app.distribution.words import Named, use_words, way_words
from app.language import gettext as _
from app.language import spoken
from app.people.words import organisation_words
from app.spreadsheet import Table


def lists_table(rows: Sequence[Listed]) -> Table:
    """All lists, as their page shows them."""
    columns = [
        (_("List"), lambda row: row.name),
        (_("Holds"), lambda row: row.holds),
        (_("People now"), lambda row: row.count),
        (_("Last used"), lambda row: in_zone(row.last.used_at, row.last.time_zone).date() if row.last else None),
        (_("For"), lambda row: row.last.title if row.last else None),
    ]
    return Table(_("Distribution lists"), columns, rows)


def people_table(name: str, people: Sequence[ReachedPerson], named: Named) -> Table:
    """Whom a list reaches now, each with the strongest way and the others."""
    columns = [
        (_("Name"), lambda one: one.person.name),
        (
            _("Organisation"),
            lambda one: one.person.organisation and organisation_words(one.person.organisation, spoken()),
        ),
        (_("E-mail"), lambda one: one.person.email),
        (_("Reached by"), lambda one: way_words(one.ways[0], named)),
        (_("Also by"), lambda one: "; ".join(way_words(way, named) for way in one.ways[1:]) or None),
    ]
    return Table(name, columns, people)


def uses_table(name: str, uses: Sequence[Any]) -> Table:
    """When a list was used, and for what: those of `uses.uses_of`."""
    columns = [
        (_("Day"), lambda use: in_zone(use.used_at, use.time_zone)),
        (_("For"), lambda use: use_words(use.paper, use.title)),
        (_("People"), lambda use: use.people),
    ]
    return Table(f"{_('When it was used')} – {name}", columns, uses)


def reached_table(name: str, people: Sequence[Then]) -> Table:
    """Whom recipients reached when they were used, as of that day."""
    columns = [
        (_("Name"), lambda one: one.name),
        (_("E-mail"), lambda one: one.email),
        (_("Reached by"), lambda one: one.reached_by),
    ]
    return Table(name, columns, people)
