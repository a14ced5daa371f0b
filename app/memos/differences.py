"""What differs between two versions of a memo, paragraph by paragraph and within them word by word. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from app.memos.differing import Piece, difference
from app.memos.docx_blocks import Block, Paragraph, Table
from app.memos.docx_reading import Around, Reader
from app.memos.html_tree import tree_of

ALIKE = 0.4  # of the words: less in common, and a paragraph is another one
MOST = 1_000_000  # pairs of words that are compared; a longer paragraph is shown whole, before and after


@dataclass(frozen=True)
class Difference:
    """A paragraph that differs, under the heading that it stands under in the newer version."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Said:
    """A paragraph, a table's row or a footnote, with the heading that it stands under."""

    text: str
    heading: str = ""


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Return what differs between two pages of a memo (templates/papers/memo_page.html), in order."""
    old, new = list(said_in(before)), list(said_in(after))
    found: list[Difference] = []
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new])
    for how, a, b, c, d in matcher.get_opcodes():
        if how != "equal":
            heading = new[c].heading if c < d else new[c - 1].heading if c else ""
            found += (Difference(heading, pieces) for pieces in _replaced(old[a:b], new[c:d]))
    return tuple(found)


def said_in(page: str) -> Iterator[Said]:
    """Yield what a page says, in order; what heads stands under itself."""
    heading = ""
    for block in Reader().blocks(tree_of(page).children, Around()):
        if isinstance(block, Paragraph) and block.style.startswith("Heading"):
            heading = block.text
        for text in _texts(block):
            if text:
                yield Said(text, heading)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text.replace("\v", " ").replace("\t", " ")
        for run in block.runs:
            for paragraph in run.note or ():
                yield from _texts(paragraph)
    elif isinstance(block, Table):
        for row in block.rows:
            cells = (
                " ".join(filter(None, (text for held in cell.blocks for text in _texts(held)))) for cell in row.cells
            )
            yield " | ".join(filter(None, cells))


def _replaced(old: Sequence[Said], new: Sequence[Said]) -> Iterator[tuple[Piece, ...]]:
    """Paragraphs in place of others: beside each other where they are alike, else one after the other."""
    for one, other in zip_longest(old, new):
        if one and other:
            yield from _beside(one.text, other.text)
        elif one:
            yield (Piece("gone", one.text),)
        elif other:
            yield (Piece("new", other.text),)


def _beside(old: str, new: str) -> Iterator[tuple[Piece, ...]]:
    a, b = old.split(), new.split()
    if len(a) * len(b) > MOST or SequenceMatcher(None, a, b).ratio() < ALIKE:
        yield (Piece("gone", old),)
        yield (Piece("new", new),)
        return
    yield tuple(difference(old, new))
