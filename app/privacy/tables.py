from __future__ import annotations

from app.language import gettext as _
from app.privacy.calendar import Calendar
from app.privacy.words import rule_words
from app.spreadsheet import Table


def calendar_table(planned: Calendar) -> Table:
    """What will be erased, the earliest first."""
    words = rule_words()
    rows = planned.overdue + [one for _month, month in planned.months for one in month]
    columns = [
        (_("Day"), lambda one: one.due_on),
        (_("Event"), lambda one: one.event.title),
        (_("What is erased"), lambda one: words[one.rule]),
        (_("Rows"), lambda one: one.held),
        (_("Held back until"), lambda one: one.event.held_until),
        (_("Why"), lambda one: one.event.held_because),
    ]
    return Table(_("Data calendar"), columns, rows)
