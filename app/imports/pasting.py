"""Pasted text as rows: an address field, or cells copied out of a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.imports.addresses import parse_addresses
from app.imports.columns import fields_of, has_headings
from app.imports.reading import MOST_COLUMNS, MOST_ROWS, Problem, Read, Row, Unreadable
from app.imports.values import GUESSED

PASTED_FIELDS = ["given_name", "family_name", "email", "organisation", "source"]


def read_pasted(text: str, organisations: Collection[str] = ()) -> Read:
    """Return the rows of a pasted text, one for each person it names; organisations are names known already.

    Cells copied out of a spreadsheet keep their own columns where those can be told. Asking for the rows raises
    Unreadable where there are more than an import can have.
    """
    table = _table(text)
    if table:
        first, rows = table
        return Read("pasted", first, 1, _bounded(rows))
    return Read("pasted", PASTED_FIELDS, 0, _bounded(_people(text, organisations)))


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        yield row


def _people(text: str, organisations: Collection[str]) -> Iterator[Row]:
    for number, one in enumerate(parse_addresses(text, organisations=organisations), 1):
        problems = [Problem(f"pasted:{one.problem}")] if one.problem else []
        if not one.sure and not one.problem:
            problems.append(Problem(GUESSED))
        cells = [one.given_name, one.family_name, one.email, one.organisation, one.source]
        yield Row(number, [cell or "" for cell in cells], problems)


def _table(text: str) -> tuple[list[str], Iterator[Row]] | None:
    """Return the first row and the others of a table with tabs between its cells, of which the headings are known."""
    lines = [line for line in text.splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("\t")] for line in lines]
    if len(cells) < 2 or not 2 <= len(cells[0]) <= MOST_COLUMNS or any(len(row) > len(cells[0]) for row in cells):
        return None
    known = {field for field in fields_of(cells[0], cells[1:20]) if field}
    if not has_headings(cells[0]) or not known & {"email", "name", "family_name"}:
        return None
    width = len(cells[0])
    return cells[0], (Row(number, row + [""] * (width - len(row)), []) for number, row in enumerate(cells[1:], 2))
