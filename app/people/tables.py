"""The register's tables as files: people, organisations, and what one person takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.language import LANGUAGES, pgettext
from app.language import gettext as _
from app.people.models import Organisation, Person
from app.people.part_words import presence_words, standing_words
from app.people.roles import role_words
from app.spreadsheet import Table


def people_table(rows: Sequence[Any]) -> Table:
    """Rows of `register.people_found`."""
    columns = [
        (_("Name"), register_name),
        (_("Organisation"), lambda row: row.organisation),
        (pgettext("person", "Title"), lambda row: row.title),
        (_("E-mail"), lambda row: row.email),
        (_("Language"), lambda row: LANGUAGES[row.language] if row.language else None),
    ]
    return Table(_("People"), columns, rows)


def register_name(row: Any) -> str:
    """The family name first, as a register has it."""
    return f"{row.family_name} {row.given_name}".strip()


def organisations_table(rows: Sequence[Any]) -> Table:
    """Rows of `queries.organisations_found`."""
    columns = [
        (_("Name"), lambda row: row.name),
        (_("Abbreviation"), lambda row: row.abbreviation),
        (_("In Swedish"), lambda row: row.name_sv),
        (_("In English"), lambda row: row.name_en),
        (
            _("Papers print"),
            lambda row: _("abbreviation") if row.print_as == "abbreviation" and row.abbreviation else _("name"),
        ),
        (_("People"), lambda row: row.people),
    ]
    return Table(_("Organisations"), columns, rows)


def organisations_people_table(organisation: Organisation, rows: Sequence[Any]) -> Table:
    """Those who work for one organisation: rows of `register.people_found`."""
    columns = [
        (_("Name"), register_name),
        (pgettext("person", "Title"), lambda row: row.title),
        (_("Unit"), lambda row: row.unit),
        (_("E-mail"), lambda row: row.email),
    ]
    return Table(f"{_('People')} – {organisation.name}", columns, rows)


def persons_events_table(person: Person, events: Iterable[Any]) -> Table:
    """What a person was called to and came to: those of `attendance.history.events_of_person`."""
    columns = [
        (_("Event"), lambda it: it.event.title),
        (_("Time"), lambda it: it.event.starts_at),
        (_("On behalf of"), lambda it: ", ".join(body.name for body in it.represents)),
        (_("Answer"), lambda it: standing_words(it.standing) if it.standing else _("not invited")),
        (_("Presence"), lambda it: presence_words(it.presence) if it.presence else None),
    ]
    return Table(f"{_('Events')} – {person.name}", columns, events)


def persons_groups_table(person: Person, places: Iterable[Any]) -> Table:
    """A person's places in groups: those of `queries.memberships_of`."""
    columns = [
        (_("Group"), lambda row: row[1].name),
        (_("Role"), lambda row: role_words(row[0].role)),
    ]
    return Table(f"{_('Represents')} – {person.name}", columns, places)
