"""What differs between two texts: by lines, and within lines that differ by words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

LINE = re.compile(r"[^\n]*\n|[^\n]+")
WORD = re.compile(r"\n|[^\S\n]*[^\s]+[^\S\n]*|[^\S\n]+")
MOST_LINES, MOST_WORDS = 1000, 1500  # compared with each other; more than that differs as a whole
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same` in both, `gone` from the first, `new` in the second, or `left_out` to be brief."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order: without the new ones they are the first text, without those that are
    gone the second."""
    return _joined(_compared(LINE.findall(before), LINE.findall(after), MOST_LINES, _by_words))


def gone(before: str, after: str) -> int:
    """How many letters of the first text the second one lacks."""
    return sum(len(piece.text) for piece in difference(before, after) if piece.kind == "gone")


def shortened(pieces: Sequence[Piece], around: int = 80) -> list[Piece]:
    """Leave out of what is the same in both all but so many letters beside what differs, whole words."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= 2 * around + 20:
            found.append(piece)
            continue
        start = _head(piece.text, around) if place else ""
        end = _tail(piece.text, around) if place < len(pieces) - 1 else ""
        found += [Piece("same", start), Piece("left_out", ELLIPSIS), Piece("same", end)]
    return [piece for piece in found if piece.text]


def _head(text: str, most: int) -> str:
    return text[:most].rpartition(" ")[0] + " "


def _tail(text: str, most: int) -> str:
    return " " + text[-most:].partition(" ")[2]


def _by_words(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    return _compared(WORD.findall("".join(before)), WORD.findall("".join(after)), MOST_WORDS, _replaced)


def _replaced(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    return [Piece("gone", "".join(before)), Piece("new", "".join(after))]


def _compared(
    before: Sequence[str], after: Sequence[str], most: int, within: Callable[..., list[Piece]]
) -> list[Piece]:
    """Compare two rows of tokens: what begins and ends both first, since the matching takes the square of the rest."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    first, second = before[head : len(before) - tail], after[head : len(after) - tail]
    ends = [Piece("same", "".join(row)) for row in (before[:head], before[len(before) - tail :])]
    if max(len(first), len(second)) > most:
        return [ends[0], *_replaced(first, second), ends[1]]
    middle: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, first, second).get_opcodes():
        middle += [Piece("same", "".join(first[a:b]))] if what == "equal" else within(first[a:b], second[c:d])
    return [ends[0], *middle, ends[1]]


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """What is gone and what is new between two stretches that are the same becomes one piece of each."""
    found: list[Piece] = []
    waits = {"gone": "", "new": ""}

    def settle() -> None:
        found.extend(Piece(kind, text) for kind, text in waits.items() if text)
        waits.update(gone="", new="")

    for piece in pieces:
        if piece.kind != "same":
            waits[piece.kind] += piece.text
        elif piece.text:
            settle()
            last = found[-1] if found else None
            found[-1:] = (
                [Piece("same", last.text + piece.text)] if last and last.kind == "same" else [*found[-1:], piece]
            )
    settle()
    return found
