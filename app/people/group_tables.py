"""The tables of groups as files: all of them, the map's, and those of one group's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.dates import day
from app.language import gettext as _
from app.language import pgettext, spoken
from app.people.group_map import Lead, Leader, Mapped
from app.people.kinds import kind_words
from app.people.models import Group, Membership
from app.people.part_words import presence_words
from app.people.roles import ORDER, role_words
from app.people.seats import seats_by_role
from app.people.term_words import term_note
from app.people.terms import Term
from app.spreadsheet import Cell, Column, Table


def groups_table(
    rows: Sequence[Any],
    terms: Mapping[int, Term],
    *,
    leads: Mapping[int, Sequence[Lead]],
    sizes: Mapping[int, int],
    wholes: Mapping[int, str],
) -> Table:
    """Rows of `queries.groups_found`, with, by their ids, their terms, who leads them, how many belong to them, and
    the names of what they are parts of."""
    columns = [
        (_("Name"), lambda row: row.name),
        (_("Kind"), lambda row: kind_words(row.kind)),
        (_("Stands under"), lambda row: _above(wholes.get(row.id), row.parent)),
        *_term_columns(lambda row: terms[row.id]),
        (_("Led by"), lambda row: _names(leads.get(row.id, ()))),
        (_("People"), lambda row: sizes.get(row.id, 0)),
    ]
    return Table(_("Groups"), columns, rows)


def map_table(groups: Sequence[Mapped]) -> Table:
    """The groups that the map shows."""
    columns = [
        (_("Name"), lambda group: group.name),
        (_("Kind"), lambda group: kind_words(group.kind)),
        (_("Stands under"), lambda group: _above(group.part_of, group.parent)),
        (_("Themes"), lambda group: ", ".join(group.themes)),
        *_term_columns(lambda group: group.term),
        (_("Led by"), lambda group: _names(group.leads)),
        (_("People"), lambda group: group.size),
    ]
    return Table(_("View of the whole"), columns, groups)


def leaders_table(leaders: Sequence[Leader]) -> Table:
    """Who leads what, of the groups that the map shows."""
    columns = [
        (_("Name"), lambda it: it.name),
        (_("Groups"), lambda it: len(it.groups)),
        (
            _("Leads"),
            lambda it: "; ".join(f"{group.name} ({', '.join(map(role_words, roles))})" for group, roles in it.groups),
        ),
    ]
    return Table(_("Who leads what"), columns, leaders)


def members_table(group: Group, places: Sequence[Membership]) -> Table:
    """The people of a group by role, each deputy after the member."""
    seats = [seat for _role, own in seats_by_role(places, ORDER) for seat in own]
    rows = [(place, seat.place) for seat in seats for place in (seat.place, *seat.deputies)]

    def organisation(row: tuple[Membership, Membership]) -> Cell:
        body = row[0].person.organisation
        return body.short if body else None

    columns = [
        (_("Name"), lambda row: row[0].person.name),
        (_("Role"), lambda row: role_words(row[0].role)),
        (_("Deputy for"), lambda row: row[1].person.name if row[0] is not row[1] else None),
        (pgettext("person", "Title"), lambda row: row[0].person.title),
        (_("Organisation"), organisation),
    ]
    return Table(f"{_('People of the group')} – {group.name}", columns, rows)


def convened_table(group: Group, events: Sequence[Any]) -> Table:
    """What a group convenes: those of `attendance.history.events_convened_by`."""
    columns = [
        (_("Event"), lambda event: event.title),
        (_("Starts"), lambda event: event.starts_at),
        (_("Ends"), lambda event: event.ends_at),
    ]
    return Table(f"{_('Convenes')} – {group.name}", columns, events)


def groups_events_table(group: Group, events: Iterable[Any]) -> Table:
    """What a group was invited to and took part in: those of `attendance.history.events_of_group`."""

    def represented(it: Any) -> str:
        invited = [f"{person.name} ({presence_words(mode)})" if mode else person.name for person, mode in it.people]
        return "; ".join([*invited, *(f"{name} ({_('present')}, {_('not invited for it')})" for name in it.walk_ins)])

    columns = [
        (_("Event"), lambda it: it.event.title),
        (_("Time"), lambda it: it.event.starts_at),
        (_("Represented by"), represented),
        (_("Took part"), lambda it: it.took_part),
    ]
    return Table(f"{_('Invited to and took part in')} – {group.name}", columns, events)


def _term_columns(term_of: Callable[[Any], Term]) -> list[Column]:
    return [
        (_("Term starts"), lambda row: term_of(row).starts),
        (_("Term ends"), lambda row: term_of(row).ends),
        (_("About the term"), lambda row: _about(term_of(row))),
    ]


def _about(term: Term) -> str:
    if term.state == "unwritten":
        return _("until further notice")
    after = term.beyond and _("an event comes after it: %(day)s") % {"day": day(term.beyond.day, spoken())}
    return "; ".join(words for words in (term_note(term), after) if words)


def _names(leads: Iterable[Lead]) -> str:
    return ", ".join(dict.fromkeys(lead.name for lead in leads))


def _above(whole: str | None, parent: str | None) -> str:
    part = _("part of %(name)s") % {"name": whole} if whole else None
    return "; ".join(words for words in (part, parent) if words)
