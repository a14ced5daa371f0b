"""Every parser of what comes from outside takes anything: some examples of each (10,000: `make fuzz-parsers`), and the
crawl leaves out no column that holds words."""

from __future__ import annotations

import pytest

from app.db import Base
from tests.security.filled import CODES, NAMES, name_of, takes_words
from tests.security.fuzz_parsers import SECONDS, tried
from tests.security.parsers import PARSERS

EXAMPLES = 15


@pytest.mark.long
@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_refuses_or_reads(name):
    verdict = tried(name, EXAMPLES)
    assert (verdict.wrong, verdict.slowest < SECONDS) == (None, True)


def test_a_parser_that_raises_or_is_slow_is_found():
    PARSERS["broken"] = PARSERS["settings"]._replace(call=lambda given: 1 / 0)
    try:
        assert "ZeroDivisionError" in tried("broken", 2).wrong
    finally:
        del PARSERS["broken"]


def test_what_the_crawl_leaves_out_is_there():
    there = {name_of(column) for table in Base.metadata.tables.values() for column in table.columns}
    assert (CODES | NAMES) - there == set()


@pytest.mark.parametrize("column", ["people.family_name", "organisations.name", "groups.name", "events.title"])
def test_the_crawl_fills_what_things_are_called(column):
    """Lines of ours are of a type of their own, which once kept every name out."""
    table, name = column.split(".")
    assert takes_words(Base.metadata.tables[table].columns[name])
