"""Which separator parts the cells of a text, told by its first lines. Pure.

csv.Sniffer takes whatever letter is evenly spread; here only the separators that programs write are weighed, by
how even the rows become, how whole the addresses stay, and whether a space follows, as after a comma in a sentence.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

# where two are as likely, the first: the Finnish Excel's own
DELIMITERS = (";", "\t", "|", ",")

_separator = re.compile(r"[;\t|,]")  # of the addresses in a cell that holds several


@dataclass(frozen=True)
class Layout:
    """delimiter: what parts the cells. spaced: a space follows it before a quotation mark (`"a", "b"`)."""

    delimiter: str = ";"
    spaced: bool = False


def layout_of(lines: list[str]) -> Layout:
    """Return how the rows are laid out; a text of one column has the first delimiter, which it does not contain."""
    weighed = {delimiter: _weight(_rows(lines, delimiter), delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: weighed[delimiter])
    if weighed[best] < 1:
        unused = (delimiter for delimiter in DELIMITERS if not any(delimiter in line for line in lines))
        return Layout(next(unused, DELIMITERS[0]))
    starts = [cell for row in _rows(lines, best) for cell in row[1:] if cell]
    return Layout(best, spaced=sum(cell.startswith(' "') for cell in starts) > len(starts) / 2)


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:  # a cell beyond every measure: reading will say where
        return []


def _weight(rows: list[list[str]], delimiter: str) -> float:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0
    width, often = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    parted = [cell for row in rows if len(row) > 1 for cell in row]
    followers = [cell for row in rows for cell in row[1:] if cell]
    addresses = [cell for cell in parted if "@" in cell]
    whole = sum(all("@" in piece for piece in _separator.split(cell) if piece.strip()) for cell in addresses)
    spaced = sum(cell.startswith(" ") and not cell.startswith(' "') for cell in followers)
    return (
        often / len(rows)
        + (whole / len(addresses) if addresses else 1)
        - (spaced / len(followers) if followers else 0)
        + (0.5 if len(rows[0]) == width else 0)
    )
