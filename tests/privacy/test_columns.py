"""Every column that there is has a class, and nothing has one that is not there."""

from __future__ import annotations

from app.controller import DAYS
from app.models import Base
from app.privacy.columns import CLASSES, PURPOSES, TABLES
from app.privacy.retention import NOT_BY_TIME, OF_EVENT


def test_every_column_of_every_table_is_classified():
    there = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    told = {name: set(held.columns) for name, held in TABLES.items()}
    unclassified = {name: columns - told.get(name, set()) for name, columns in there.items()}
    assert {name: columns for name, columns in unclassified.items() if columns} == {}
    vanished = {name: columns - there.get(name, set()) for name, columns in told.items()}
    assert {name: columns for name, columns in vanished.items() if columns} == {}


def test_classes_purposes_and_rules_are_known():
    assert {kind for held in TABLES.values() for kind in held.columns.values()} == set(CLASSES)
    assert {held.purpose for held in TABLES.values()} == set(PURPOSES)
    rules = {*DAYS, *NOT_BY_TIME}
    kept = {held.kept for held in TABLES.values()}
    assert (kept - rules, set(NOT_BY_TIME) - kept) == (set(), set())
    assert set(OF_EVENT) < set(DAYS)
