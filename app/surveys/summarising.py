"""Writes the secretariat's own words in the summary; a save over a newer one is refused with both texts."""

from __future__ import annotations

import hashlib

from app.errors import NotFound
from app.forms import clean_text
from app.surveys.models import Question, Survey


class Overtaken(Exception):
    """Somebody else has saved another text meanwhile: `theirs`."""

    def __init__(self, theirs: str):
        super().__init__("overtaken")
        self.theirs = theirs


def mark(text: str | None) -> str:
    """What a text is known by from one save to the next."""
    return hashlib.sha256(clean_text(text or "").encode()).hexdigest()[:16]


def part_of(survey: Survey, part: str) -> tuple[Survey | Question, str]:
    """Return the row and column of a text: `opening`, `closing`, or `comment-12` of question 12. Raises NotFound."""
    if part in ("opening", "closing"):
        return survey, part
    for question in survey.questions:
        if part == f"comment-{question.id}" and question.kind != "section":
            return question, "comment"
    raise NotFound


def write_part(survey: Survey, part: str, text: str, begun_from: str) -> None:
    """Store one text; raises Overtaken where it is no longer the one that the writer began from."""
    row, column = part_of(survey, part)
    stored = getattr(row, column) or ""
    text = clean_text(text)
    if mark(stored) != begun_from and not (begun_from and mark(stored) == mark(text)):
        raise Overtaken(stored)
    setattr(row, column, text or None)
