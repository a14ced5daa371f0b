"""The passages of a text in CommonMark: its paragraphs and items of lists, in the plain words of a follow-up. Pure."""

from __future__ import annotations

import re

MARKER = re.compile(r"^\s*(?:[-*+]\s+|\d{1,9}[.)]\s+|>\s?|#{1,6}\s+)+")
ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")
NO_PASSAGE = re.compile(r"^\s*(?:\||#|\[\^[^\]]+\]:|[-*_=]{3,}\s*$)")
NOTE = re.compile(r"\[\^[^\]]+\]")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
STARS = r"(?<!\\)\*{1,3}(?=\S)|(?<=\S)(?<!\\)\*{1,3}"
LINES = r"(?<![\w\\])_{1,3}(?=\S)|(?<=\S)(?<!\\)_{1,3}(?!\w)"  # within a word an underline is one
MARKS = re.compile(rf"{STARS}|{LINES}|(?<!\\)`+")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
MOST = 2000  # letters of a follow-up's text (app/follow_ups/editing.py)


def passages(text: str | None) -> list[str]:
    """Return the paragraphs and items of lists of a text in order; headings, tables and notes are none."""
    found: list[list[str]] = [[]]
    for line in (text or "").split("\n"):
        if not line.strip() or NO_PASSAGE.match(line):
            found.append([])
            continue
        if ITEM.match(line):
            found.append([])
        found[-1].append(line)
    return [words for lines in found if (words := plain(lines))]


def plain(lines: list[str]) -> str:
    """One passage in plain words: without what marks a list, a quote, emphasis, a note or a link."""
    joined = " ".join(MARKER.sub("", line).removesuffix("\\").strip() for line in lines)
    bare = MARKS.sub("", LINK.sub(r"\1", NOTE.sub("", joined)))
    return " ".join(ESCAPED.sub(r"\1", bare).split())[:MOST].strip()
