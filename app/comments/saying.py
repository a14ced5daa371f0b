"""What a reader does: comments, proposes another wording, changes and removes their own, says that they are done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.comments.draft import WHOLE, Passage, Place, passages_by_place, sections_of
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.times import takes_comments
from app.errors import Invalid, NotFound, Refused
from app.forms import clean_text
from app.language import gettext as _

MOST_LETTERS = 20_000
MOST_COMMENTS = 300


class Closed(Exception):
    """The round takes no more; texts are what was typed."""

    def __init__(self, texts: list[str]):
        super().__init__("closed")
        self.texts = texts


def hold_round(session: Session, held: CommentRound) -> None:
    """Keep others from closing or deciding the round until this request ends, and see it as it is now."""
    session.refresh(held, ["closes_at", "closed_at", "told_at", "reminded_at"], with_for_update=True)


def refuse_late(held: CommentRound, at: datetime, texts: list[str | None]) -> None:
    """Raise Closed, with what was typed, once the round takes no comments."""
    if not takes_comments(held.closes_at, held.closed_at, at):
        raise Closed([text for text in texts if text and text.strip()])


def say(
    session: Session,
    held: CommentRound,
    reader: CommentReader,
    place: Place,
    text: str,
    proposed: str | None,
    *,
    at: datetime,
) -> Comment:
    """Keep a comment at a place of the draft, with another wording where `proposed` is not what stands there; None is a
    form without that field.

    The same words at the same place again are the comment that there is. Raises Closed, NotFound for a place that the
    draft has not, Invalid for nothing or too much, Refused for more comments than anybody reads.
    """
    refuse_late(held, at, [text, proposed])
    values = _values(_passage(held, place), text, proposed)
    for comment in reader.comments:
        if (comment.section_key, comment.block) == place and _same(comment, values):
            return comment
    if len(reader.comments) >= MOST_COMMENTS:
        raise Refused(_("You have made %(most)s comments, which is as many as fit.") % {"most": MOST_COMMENTS})
    comment = Comment(reader_id=reader.id, section_key=place[0], block=place[1], written_at=at, state="open", **values)
    session.add(comment)
    session.flush()
    return comment


def change(
    session: Session, held: CommentRound, reader: CommentReader, comment_id: int, text: str, proposed: str | None, *,
    at: datetime,
) -> Comment:  # fmt: skip
    """Say something else in a comment of one's own; raises Closed, NotFound and Invalid as `say` does."""
    refuse_late(held, at, [text, proposed])
    comment = own(reader, comment_id)
    values = _values(_passage(held, (comment.section_key, comment.block)), text, proposed)
    if not _same(comment, values):
        for name, value in values.items():
            setattr(comment, name, value)
        comment.written_at = at
    session.flush()
    return comment


def remove(session: Session, held: CommentRound, reader: CommentReader, comment_id: int, *, at: datetime) -> Comment:
    """Take a comment of one's own away and return what it was; raises Closed and NotFound."""
    comment = own(reader, comment_id)
    refuse_late(held, at, [])
    session.delete(comment)
    session.flush()
    return comment


def done(held: CommentRound, reader: CommentReader, *, at: datetime, more: bool = False) -> None:
    """Note that a reader has no more to say, or that there will be more after all; raises Closed."""
    refuse_late(held, at, [])
    reader.done_at = None if more else reader.done_at or at


def own(reader: CommentReader, comment_id: int | None) -> Comment:
    """Return a loaded reader's own comment; raises NotFound for anybody else's."""
    for comment in reader.comments:
        if comment.id == comment_id:
            return comment
    raise NotFound


def _passage(held: CommentRound, place: Place) -> Passage | None:
    """The passage at a place, None for the whole memo; raises NotFound for no place."""
    passage = passages_by_place(sections_of(held.draft)).get(place)
    if passage is None and place != (WHOLE, None):
        raise NotFound
    return passage


def _same(comment: Comment, values: dict[str, str | None]) -> bool:
    return all(getattr(comment, name) == value for name, value in values.items())


def _values(passage: Passage | None, text: str, proposed: str | None) -> dict[str, str | None]:
    """What a comment holds of what was typed; raises Invalid."""
    text, there = clean_text(text), clean_text(passage.text or "") if passage else ""
    proposed = there if proposed is None else clean_text(proposed)
    rewords = passage is not None and passage.text is not None and proposed != there
    problems = []
    if not text and not rewords:
        problems.append(("text", _("Write a comment, or change the wording.") if passage else _("Write a comment.")))
    too_long = _("This is too long: at most %(most)s characters.") % {"most": MOST_LETTERS}
    written = [("text", text), ("proposed", proposed if rewords else "")]  # a long paragraph may be commented on
    problems += [(name, too_long) for name, one in written if len(one) > MOST_LETTERS]
    if problems:
        raise Invalid(problems)
    return {
        "kind": "wording" if rewords else "comment", "text": text or None, "proposed": proposed if rewords else None,
    }  # fmt: skip
