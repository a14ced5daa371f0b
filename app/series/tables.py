"""A series and who came to it, as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.events.models import Event
from app.events.stages import Figures
from app.language import gettext as _
from app.series.queries import Attender, Series
from app.spreadsheet import Table


def all_series_table(found: Sequence[Series]) -> Table:
    columns = [
        (_("Series"), lambda one: one.name),
        (_("Events"), lambda one: one.events),
        (_("Last event"), lambda one: one.last.starts_at),
        (_("Convener"), lambda one: one.last.convener.name),
    ]
    return Table(_("All series"), columns, found)


def events_table(name: str, events: Sequence[Event], figures: Mapping[int, Figures]) -> Table:
    """The events of a series in time order, with what became of them."""
    columns = [
        (_("Event"), lambda one: one.title),
        (_("Time"), lambda one: one.starts_at),
        (_("Invited"), lambda one: figures[one.id].picked),
        (_("Came"), lambda one: figures[one.id].came),
        (_("Memo"), lambda one: memo_words(one, figures[one.id])),
    ]
    return Table(name, columns, events)


def memo_words(event: Event, figures: Figures) -> str:
    """How the memo of an event stands, in a few words."""
    if event.cancelled_at:
        return _("cancelled")
    if figures.version:
        return _("version %(n)s") % {"n": figures.version}
    return _("being written") if figures.memo else _("not begun")


def attenders_table(name: str, attenders: Sequence[Attender]) -> Table:
    """Who came how often, over a series."""
    columns = [
        (_("Name"), lambda one: one.person.name),
        (_("Organisation"), lambda one: one.person.organisation.short if one.person.organisation else None),
        (_("Invited"), lambda one: one.invited),
        (_("Came"), lambda one: one.came),
        (_("Excused"), lambda one: one.excused),
        (_("Came last"), lambda one: one.last_at.date() if one.last_at else None),
    ]
    return Table(f"{_('Attendance')} – {name}", columns, attenders)
