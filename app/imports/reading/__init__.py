"""Spreadsheets, delimited text and address cards become rows, in a child process with limits.

What a file does to a parser happens to the child: it is stopped, and the caller gets a sentence.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.imports.reading.door import kind_of, refused_at_once
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import CARD_FIELDS, MOST_COLUMNS, MOST_ROWS, Row

__all__ = [
    "CARD_FIELDS", "MOST_COLUMNS", "MOST_ROWS", "Problem", "Read", "Row", "Unreadable", "read_long_text",
    "read_source", "refused_at_once",
]  # fmt: skip

ROOT = Path(__file__).parents[3]
TIMED_OUT = {-signal.SIGXCPU, -signal.SIGALRM}


@dataclass
class Read:
    """A source being read.

    kind: xlsx, csv, vcard or pasted. headings: the cells of row `number`, "" for a column without one; they may be
    data where a list has no headings (which is the caller's to see). Of vcard they are CARD_FIELDS and number is 0.
    rows: what follows, read as it is asked for; iterating raises Unreadable when the source turns out to be broken or
    too much, also after many good rows, and closing it ends the child.
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

    Raises Unreadable, with a sentence for the person who chose the file.
    """
    refusal = refused_at_once(name, content)
    if refusal:
        raise refusal
    return _read(kind_of(content), content)


def read_long_text(text: str, organisations: Collection[str]) -> Read:
    """Begin to read a pasted text that may take long, as `read_pasted` does a short one. Raises Unreadable."""
    return _read("pasted", json.dumps([text, list(organisations)]).encode())


def _read(kind: str, content: bytes) -> Read:
    told = _told(kind, content)
    about = next(told)
    return Read(kind, rows=_rows(told, len(about["headings"])), **about)


def _rows(told: Iterator[Any], width: int) -> Iterator[Row]:
    for batch in told:
        for number, cells, problems in batch:
            filled = cells + [""] * (width - len(cells))
            yield Row(number, filled, [Problem(code, values, column) for code, values, column in problems])


def _told(kind: str, content: bytes) -> Iterator[Any]:
    """Yield what the child says, line by line. Raises Unreadable when it says so, or has been stopped."""
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "app.imports.reading.child", kind],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}, start_new_session=True,
    )  # fmt: skip
    with child:
        try:
            yield from _messages(child, content)
        finally:
            child.kill()


def _messages(child: subprocess.Popen, content: bytes) -> Iterator[Any]:
    try:
        child.stdin.write(content)  # the child reads all of it before it says anything
        child.stdin.close()
    except BrokenPipeError:
        pass  # what has become of it shows below
    for line in child.stdout:
        message = json.loads(line)
        if "end" in message:
            return
        if "unreadable" in message:
            code, values = message["unreadable"]
            raise Unreadable(code, **values)
        yield message
    raise Unreadable("took_too_long" if child.wait() in TIMED_OUT else "took_too_much")
