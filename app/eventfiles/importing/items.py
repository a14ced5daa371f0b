"""Finds the item of the agenda that a question or a section of the memo is about."""

from __future__ import annotations

from collections.abc import Sequence

from app.agenda.models import AgendaItem


def item_named(items: Sequence[AgendaItem], named: int | str | None) -> int | None:
    """Return the id of the item that is named by its place or its title, as the checks have found it to be there."""
    if isinstance(named, str):
        return next(one.id for one in items if one.title == named)
    return None if named is None else items[named].id
