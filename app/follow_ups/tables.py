"""Follow-ups as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.events.models import Event
from app.follow_ups.board import Row
from app.follow_ups.models import FollowUp
from app.follow_ups.words import owner_words, standing_words
from app.language import gettext as _
from app.spreadsheet import Column, Table


def follow_ups_table(follow_ups: Sequence[FollowUp], event: Event) -> Table:
    """What was proposed at an event, who has it in hand, by when, and how it stands."""
    return Table(f"{_('Follow-up')} – {event.title}", _columns(), follow_ups)


def board_table(rows: Sequence[Row], today: date) -> Table:
    """What was proposed at any event, with where and when."""
    taken = [(heading, lambda row, take=take: take(row.follow_up)) for heading, take in _columns(today)]
    columns = [
        *taken,
        (_("Said last"), lambda row: row.note),
        (_("Arose at"), lambda row: row.event.title),
        (_("Time"), lambda row: row.event.starts_at),
    ]
    return Table(_("Follow-ups"), columns, rows)


def _columns(today: date | None = None) -> list[Column]:
    return [
        (_("What is proposed"), lambda one: one.text),
        (_("Who has it in hand"), lambda one: owner_words(one) or None),
        (_("By when"), lambda one: one.due),
        (_("State"), lambda one: standing_words(one, today)),
    ]
