"""A section's text as its blocks (CommonMark 0.31, chapter 3): paragraphs, headings, lists, tables, quotes. Pure.

A block is known by its place, from 0; all blocks with what stands between them are the text again, to the letter. Where
others have written meanwhile, a block is looked for by its text: what has changed is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

LABEL = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]")
DEFINED = re.compile(rf"^[ >]*{LABEL.pattern}:", re.MULTILINE)
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")  # as markdown-it counts lines
_reader = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
_reader.core.ruler.enableOnly(["normalize", "block"])


@dataclass(frozen=True)
class Block:
    """A block's own text, and the blank lines and spaces that follow it.

    defines: it only says what a footnote or a link means, and is not read where it stands.
    """

    text: str
    after: str = ""
    defines: bool = False


@dataclass(frozen=True)
class Split:
    """A text in blocks; before is what blank stands above the first."""

    before: str
    blocks: tuple[Block, ...]

    @property
    def texts(self) -> list[str]:
        return [block.text for block in self.blocks]


def split(text: str) -> Split:
    """Return a text's blocks in order."""
    lines = [line for line in LINE.findall(text) if line]
    cuts = _cuts(text, lines)
    starts = sorted(cuts)
    before = "".join(lines[: starts[0]] if starts else lines)
    ends = [*starts, len(lines)][1:]
    parts = [("".join(lines[at:until]), cuts[at]) for at, until in zip(starts, ends, strict=True)]
    return Split(before, tuple(Block(part.rstrip(), part[len(part.rstrip()) :], defines) for part, defines in parts))


def meanings_in(blocks: Sequence[Block]) -> dict[str, str]:
    """Return what defines each footnote and link, by its label; what is defined first counts, as in CommonMark."""
    meant: dict[str, str] = {}
    for block in blocks:
        for label in DEFINED.findall(block.text) if block.defines else ():
            meant.setdefault(_label(label), block.text)
    return meant


def with_meanings(text: str, meant: Mapping[str, str]) -> str:
    """Return a text with the definitions that it needs, and no others: a long memo has hundreds of them."""
    needed: dict[str, None] = {}
    pending = [text]
    while pending:
        for label in LABEL.findall(pending.pop()):
            block = meant.get(_label(label))
            if block is not None and block not in needed:
                needed[block] = None
                pending.append(block)
    return "\n\n".join([text, *needed])


def _label(written: str) -> str:
    """CommonMark 0.31, section 6.3: labels match whatever their capitals and spaces; a quote's mark is no part."""
    return " ".join(re.sub(r"\n[ >]*", " ", written).split()).casefold()


def join(whole: Split) -> str:
    """Return the text of which these are the blocks."""
    return whole.before + "".join(block.text + block.after for block in whole.blocks)


def _cuts(text: str, lines: Sequence[str]) -> dict[int, bool]:
    """The lines at which a block begins, each with whether it only defines; lines that parse to nothing do so too."""
    spans = [(*token.map, token.type) for token in _reader.parse(text) if token.level == 0 and token.map]
    begins = {start: kind == "footnote_reference_open" for start, _end, kind in spans}
    inside = {line for start, end, _kind in spans for line in range(start, end)}
    free = True  # whether a line of no block would begin one
    for place, line in enumerate(lines):
        if place in inside or not line.strip():
            free = True
        elif free:
            begins[place] = True
            free = False
    return {place: defines for place, defines in begins.items() if lines[place].strip()}


def where_now(then: Sequence[str], now: Sequence[str], place: int) -> int | None:
    """Return where a block of the draft stands now, with the same text; None where it has changed, is gone, or cannot
    be told from another that reads the same.

    then, now: the texts of all blocks of its section.
    """
    text = then[place]
    places = [at for at, other in enumerate(now) if other == text]
    if len(places) == then.count(text):
        return places[then[:place].count(text)]
    return place if len(now) == len(then) and now[place] == text else None


def in_its_place(then: Sequence[str], now: Sequence[str], place: int) -> list[str]:
    """Return what stands now where a block of the draft stood; nothing where it is gone."""
    for kind, start, end, first, last in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if start <= place < end:
            if kind == "replace" and end - start == last - first:
                return [now[first + place - start]]
            return list(now[first + place - start : first + place - start + 1] if kind == "equal" else now[first:last])
    return []


def reworded(text: str, place: int, wording: str) -> str | None:
    """Return a text with another wording of one block, none at all for an empty one; None where the wording would run
    together with what stands around it."""
    whole = split(text)
    before, after = whole.blocks[:place], whole.blocks[place + 1 :]
    new = (Block(wording.strip("\n"), whole.blocks[place].after),) if wording.strip() else ()
    made = join(Split(whole.before, _apart(before + new + after, {place - 1, place})))
    around = [block.text for block in (*before, *after)]
    now = split(made).texts
    stays = now[: len(before)] + now[len(now) - len(after) :] == around and len(now) >= len(around)
    return made.rstrip() if stays else None


def _apart(blocks: tuple[Block, ...], places: set[int]) -> tuple[Block, ...]:
    """Put a blank line after some of the blocks, but for the last."""
    return tuple(
        Block(block.text, block.after if block.after.count("\n") > 1 else "\n\n")
        if place in places and place < len(blocks) - 1
        else block
        for place, block in enumerate(blocks)
    )


def put_back(text: str, wording: str, original: str) -> str | None:
    """Return a text in which a wording has given way to the original block; None unless it stands there just once."""
    wanted, whole = split(wording).texts, split(text)
    found = [at for at in range(len(whole.blocks)) if wanted and whole.texts[at : at + len(wanted)] == wanted]
    if len(found) != 1:
        return None
    [at] = found
    last = whole.blocks[at + len(wanted) - 1]
    blocks = (*whole.blocks[:at], Block(original, last.after), *whole.blocks[at + len(wanted) :])
    return join(Split(whole.before, _apart(blocks, {at - 1, at}))).rstrip()
