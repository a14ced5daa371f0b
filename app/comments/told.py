"""What became of a reader's comments, as they are told: by mail and on their page."""

from __future__ import annotations

from dataclasses import dataclass

from app.comments.draft import CLOSING, WHOLE, Passage, passages_by_place, sections_of
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.words import outcome_words, place_words


@dataclass(frozen=True)
class Outcome:
    """One comment with the words of its place and of what became of it; answer is the secretary's own."""

    comment: Comment
    place: str
    words: str

    @property
    def answer(self) -> str:
        return self.comment.answer or ""


def outcomes_of(held: CommentRound, reader: CommentReader) -> list[Outcome]:
    """Return what became of each of a reader's comments, in the order of the draft, in the language spoken."""
    sections = sections_of(held.draft)
    passages = passages_by_place(sections)
    headings = {section.key: section.heading or "" for section in sections}
    order = {key: place for place, key in enumerate([*headings, WHOLE])}

    def along(comment: Comment) -> tuple[int, int, int]:
        passage = passages.get((comment.section_key, comment.block))
        return order.get(comment.section_key, len(order)), passage.number if passage else 0, comment.id

    def told(comment: Comment) -> Outcome:
        passage: Passage | None = passages.get((comment.section_key, comment.block))
        heading = "" if comment.section_key in (WHOLE, CLOSING) else headings.get(comment.section_key, "")
        return Outcome(comment, place_words(heading, passage.number if passage else None), outcome_words(comment))

    return [told(comment) for comment in sorted(reader.comments, key=along)]
