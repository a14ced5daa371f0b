"""Spreadsheets, delimited text and address cards become rows, in a child process with limits.

What a file does to a parser happens to the child: it is stopped, and the caller gets a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.imports.reading.problems import Problem, Unreadable

__all__ = ["CARD_FIELDS", "Problem", "Read", "Row", "Unreadable", "read_source"]

# what the columns of address cards are: `name` is the whole name (FN), filled in only where it is not given in parts
CARD_FIELDS = ["given_name", "family_name", "name", "email", "organisation", "unit", "title", "language", "note"]


class Row(NamedTuple):
    """One row as it stands in the source.

    number: the row of the sheet, the line of the text, the ordinal of the card (from 1; rises from row to row).
    cells: at least as many as there are headings; more where the source has more.
    problems: what keeps the row (column None) or one of its cells from being used; usually none.
    """

    number: int
    cells: list[str]
    problems: list[Problem] = []


@dataclass
class Read:
    """A source being read.

    kind: xlsx, csv or vcard. headings: the cells of row `number`, "" for a column without one; they may be data where
    a list has no headings (which is the caller's to see). Of vcard they are CARD_FIELDS and number is 0.
    rows: what follows, read as it is asked for; iterating raises Unreadable when the source turns out to be broken or
    too much, also after many good rows, and ends the child when it is left.
    sheet, other_sheets: of a workbook, the name of the sheet that is read and of those shown that are not.
    """

    kind: str
    headings: list[str]
    number: int
    rows: Iterator[Row]
    sheet: str | None = None
    other_sheets: list[str] = field(default_factory=list)


def read_source(name: str, content: bytes) -> Read:
    """Begin to read a file; name is the uploader's, content all of it.

    Call refused_at_once first. Raises Unreadable, with a sentence for the person who chose the file.
    """
    raise NotImplementedError
