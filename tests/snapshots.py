"""What a database holds, whatever its shape: to compare it before and after a migration."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, MetaData, select

OURS_NOT = ("alembic_version", "procrastinate_")  # of the tools: they hold nothing of anybody's

Snapshot = dict[str, tuple[tuple[str, ...], Counter]]


def snapshot(connection: Connection) -> Snapshot:
    """Return for each table its columns, and how often each row stands in it."""
    meta = MetaData()
    meta.reflect(connection)
    held = {}
    for table in meta.sorted_tables:
        if table.name.startswith(OURS_NOT):
            continue
        columns = tuple(sorted(column.name for column in table.columns))
        rows = connection.execute(select(*(table.c[name] for name in columns)))
        held[table.name] = columns, Counter(tuple(map(repr, row)) for row in rows)
    return held


def differing(before: Snapshot, after: Snapshot, within: Snapshot) -> dict[str, tuple[list, list]]:
    """Return by table a few of the rows that only one side has, in the tables and columns that `within` has as well."""
    found = {}
    for table in before.keys() & after.keys() & within.keys():
        common = set(before[table][0]) & set(after[table][0]) & set(within[table][0])
        one, other = (_only(side[table], common) for side in (before, after))
        if one != other:
            found[table] = [*(one - other)][:2], [*(other - one)][:2]
    return found


def _only(table: tuple[tuple[str, ...], Counter], columns: set[str]) -> Counter:
    places = [place for place, name in enumerate(table[0]) if name in columns]
    kept: Counter = Counter()
    for row, times in table[1].items():
        kept[tuple(row[place] for place in places)] += times
    return kept
