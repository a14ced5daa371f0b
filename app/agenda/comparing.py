"""What is otherwise in one programme than in another: which items came, went, moved, and what is said of them. Pure.

An item is the same while its row in the agenda is. Those that only follow each other to another time, as all do when
one before them takes longer, are one change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.agenda.content import Row

SAID = ("kind", "title", "speakers", "description")  # what else may be otherwise, in this order


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise. what: `added`, `removed`, `moved`, `length`, `order`, `number`, or SAID.

    was, now: the row before and after; was is None for what was added, now for what was removed, both for an order
    that nothing else tells. more: to how many later rows the same has happened: a move by as many minutes, another
    number.
    """

    what: str
    was: Row | None
    now: Row | None
    more: int = 0


def changes_between(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Return what is otherwise after than before, in the order of the later programme; what was removed comes last."""
    earlier = {row.id: row for row in before}
    later = {row.id for row in after}
    found = [*_moves([(earlier[row.id], row) for row in after if row.id in earlier]), *_stood(before, after)]
    found += _renumbered([(earlier[row.id], row) for row in after if row.id in earlier])
    place = {row.id: place for place, row in enumerate(after)}
    for row in after:
        if row.id not in earlier:
            found.append(Change("added", None, row))
        else:
            found += _said(earlier[row.id], row)
    found.sort(key=lambda change: place[change.now.id] if change.now else 0)  # a move before what else is said of it
    found += [Change("removed", row, None) for row in before if row.id not in later]
    if not found and list(before) != list(after):
        found.append(Change("order", None, None))  # such as two that take no time
    return found


def _said(was: Row, now: Row) -> Iterator[Change]:
    for what in SAID:
        if (getattr(was, what) or None) != (getattr(now, what) or None):
            yield Change(what, was, now)


def _moves(pairs: Sequence[tuple[Row, Row]]) -> Iterator[Change]:
    """Those that begin or end at another time; sections only follow, and are not told."""
    timed = [(was, now) for was, now in pairs if "section" not in (was.kind, now.kind)]
    for by, together in groupby(timed, key=lambda pair: _minutes(pair[0].starts, pair[1].starts)):
        run = list(together)
        if by:
            yield Change("moved", *run[0], more=len(run) - 1)
        for was, now in run:
            if _length(was) != _length(now):
                yield Change("length", was, now)


def _renumbered(pairs: Sequence[tuple[Row, Row]]) -> list[Change]:
    """Items whose numbers are otherwise: where one comes or goes, all that follow it are."""
    changed = [(was, now) for was, now in pairs if (was.number or None) != (now.number or None)]
    return [Change("number", *changed[0], more=len(changed) - 1)] if changed else []


def _stood(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """Sections that stand over something else of what both have: their own times say nothing."""
    both = {row.id for row in before} & {row.id for row in after}
    had, have = _under(before, both), _under(after, both)
    rows = {row.id: row for row in before}
    for row in after:
        if row.id in had and row.id in have and had[row.id] != have[row.id]:
            yield Change("order", rows[row.id], row)


def _under(rows: Sequence[Row], both: Set[int]) -> dict[int, int | None]:
    """By section, the next item that it stands over."""
    found: dict[int, int | None] = {}
    following: int | None = None
    for row in reversed([row for row in rows if row.id in both]):
        if row.kind == "section":
            found[row.id] = following
        else:
            following = row.id
    return found


def _length(row: Row) -> int | None:
    return None if row.ends is None else _minutes(row.starts, row.ends)


def _minutes(earlier: datetime, later: datetime) -> int:
    return round((later.timestamp() - earlier.timestamp()) / 60)
