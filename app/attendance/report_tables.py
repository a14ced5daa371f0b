"""Finds who joined and left in the attendance report of an online meeting, as its cells are written. Pure.

Teams gives sections ("2. Participants") or a flat list of actions (Joined, Left), parted by tabs; Zoom gives a list
below what the meeting was, parted by commas. All of them name their columns in the language of whoever took them, so
a column is known by a part of its name, and a table by having a name and something of time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.people.collation import folded

MOST_LETTERS = 1_000_000
MOST_ROWS = 10_000
MOST_IN_CELL = 500

COLUMNS = {  # the first that fits: what the columns are called in English, Finnish and Swedish, folded
    "email": r"(user |participant )?e-?mail|sahkoposti|e-?post",
    "upn": r".*\bupn\b|participant id|user principal",
    "action": r"user action|action$|.*toimin(to|ta)$|.*atgard",
    "at": r"time ?stamp|aikaleima|tidsstampel",
    "join": r".*\bjoin|.*liitty|.*anslut|.*gick med",
    "leave": r".*\bleave|.*\bleft\b|.*poistu|.*lamna|.*uttrade",
    "duration": r".*duration|.*kesto|.*langd|.*varaktighet|time in (meeting|session)",
    "lobby": r"in waiting room|.*odotushuone|.*vantrum|.*lobby",
    "name": r"(full |display )?name( \(original name\))?$|(koko |naytto)?nimi\b|(fullstandigt |visnings)?namn\b",
}
_columns = {name: re.compile(pattern) for name, pattern in COLUMNS.items()}
_title = re.compile(r"\d+\.\s")
_yes = re.compile(r"(yes|true|kylla|ja|1)$")
_joined = re.compile(r"join|liitty|liittyi|anslot|anslut|gick med")
_controls = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


class NoReport(Exception):
    """The text is no report that is known here; code says why (app/attendance/report_words.py)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Seen:
    """One stay of somebody as it is written; times and duration are texts. Of the flat list joined says whether the
    row is of coming (at `join`) or of leaving (at `leave`)."""

    name: str
    email: str = ""
    join: str = ""
    leave: str = ""
    duration: str = ""
    lobby: bool = False


def seen_in(text: str) -> list[Seen]:
    """Return the stays of the first table that tells of people and of time. Raises NoReport."""
    if len(text) > MOST_LETTERS:
        raise NoReport("too_large")
    text = _controls.sub("", text)
    for delimiter in "\t,;":
        found = list(_stays(text, delimiter))
        if found:
            return found
    raise NoReport("nobody" if any(_has_header(text, delimiter) for delimiter in "\t,;") else "no_table")


def _stays(text: str, delimiter: str) -> Iterator[Seen]:
    columns: dict[str, int] = {}
    for row in _rows(text, delimiter):
        if not any(row) or (columns and (_is_title(row) or _header(row))):
            if columns:
                return  # what follows is another table, of the same people
            continue
        if not columns:
            columns = _header(row)
        elif stay := _stay(row, columns):
            yield stay


def _is_title(row: list[str]) -> bool:
    """Whether a row is the title of a section, such as `3. In-Meeting Activities`."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and (len(row) == 1 or bool(_title.match(filled[0])))


def _has_header(text: str, delimiter: str) -> bool:
    return any(_header(row) for row in _rows(text, delimiter))


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    try:
        for count, row in enumerate(rows):
            if count > MOST_ROWS:
                raise NoReport("too_many")
            yield [" ".join(cell[:MOST_IN_CELL].split()) for cell in row]
    except csv.Error:
        raise NoReport("no_table") from None


def _header(row: list[str]) -> dict[str, int]:
    """Which column is which, of a row that names them; empty for any other row."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        called = folded(cell)
        name = next((name for name, pattern in _columns.items() if pattern.match(called)), None)
        if name and name not in found:
            found[name] = place
    timed = found.keys() & {"join", "duration"} or {"action", "at"} <= found.keys()
    return found if "name" in found and timed else {}


def _stay(row: list[str], columns: dict[str, int]) -> Seen | None:
    def cell(name: str) -> str:
        place = columns.get(name, len(row))
        return row[place] if place < len(row) else ""

    name = cell("name")
    if not name:
        return None
    email = next((one for one in (cell("email"), cell("upn")) if "@" in one), "").lower()
    if "action" in columns:
        coming = bool(_joined.search(folded(cell("action"))))
        return Seen(name, email, join=cell("at") if coming else "", leave="" if coming else cell("at"))
    lobby = bool(_yes.match(folded(cell("lobby"))))
    return Seen(name, email, cell("join"), cell("leave"), cell("duration"), lobby)
