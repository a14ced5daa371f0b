"""The convenings as a file."""

from __future__ import annotations

from app.desk.convenings import Convenings
from app.language import gettext as _
from app.spreadsheet import Table


def convenings_table(shown: Convenings) -> Table:
    """What is still to be done, then what is finished, as the start page has them."""
    columns = [
        (_("Event"), lambda one: one.event.title),
        (_("Starts"), lambda one: one.event.starts_at),
        (_("Ends"), lambda one: one.event.ends_at),
        (_("Convener"), lambda one: one.event.convener.name),
        (_("Stage"), lambda one: one.word),
        (_("Next"), lambda one: one.next),
    ]
    return Table(_("Convenings"), columns, [*shown.open, *shown.finished])
