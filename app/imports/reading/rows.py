"""What a source is made of."""

from __future__ import annotations

from typing import NamedTuple

from app.imports.reading.problems import Problem

# what one import can be
MOST_ROWS = 50_000
MOST_COLUMNS = 100

# what the columns of address cards are: `name` is the whole name (FN), filled in only where it is not given in parts
CARD_FIELDS = ["given_name", "family_name", "name", "email", "organisation", "unit", "title", "language", "note"]


class Row(NamedTuple):
    """One row as it stands in the source.

    number: the row of the sheet, the line of the text, the ordinal of the card (from 1; rises from row to row).
    cells: as many as there are headings; more where the source has more.
    problems: what keeps the row (column None) or one of its cells from being used; usually none.
    """

    number: int
    cells: list[str]
    problems: list[Problem]
