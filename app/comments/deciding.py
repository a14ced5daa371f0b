"""What the secretary makes of comments: accepted, rejected, taken back; and telling the readers.

A wording that is accepted goes into the memo only where its paragraph still reads as in the draft.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.comments.blocks import put_back, reworded
from app.comments.draft import sections_of
from app.comments.letters import send_told
from app.comments.models import Comment, CommentRound
from app.comments.queries import comments_in, states_of, whole_round
from app.comments.saying import hold_round
from app.comments.standing import standing_of
from app.comments.times import takes_comments
from app.errors import NotFound, Refused
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.markdown import MAX_BYTES
from app.memos.history import Change, keep
from app.memos.models import Memo, Section
from app.memos.texts import text_of
from app.memos.writing import memo_to_write
from app.settings import Settings

VERDICTS = ("accepted", "rejected")


class Decided(Exception):
    """Somebody has decided otherwise meanwhile."""

    def __init__(self, comment: Comment):
        super().__init__("decided")
        self.comment = comment


class Unfit(Exception):
    """A wording cannot be put into the memo by itself; `why` says why, in words."""

    def __init__(self, why: str):
        super().__init__("unfit")
        self.why = why


def held_round(session: Session, event: Event, number: int) -> tuple[Memo, CommentRound]:
    """Return an event's memo and its round as both are now, nobody else deciding or commenting in it until this request
    ends; raises NotFound."""
    hold(session, event.id)
    memo = memo_to_write(session, event)
    held = whole_round(session, memo, number)
    if held is None:
        raise NotFound
    hold_round(session, held)
    return memo, whole_round(session, memo, number) or held


def decide(
    session: Session, memo: Memo, held: CommentRound, comment: Comment, verdict: str, *, answer: str | None,
    by_hand: bool = False, at: datetime, by: str | None,
) -> None:  # fmt: skip
    """Accept or reject an open comment, with an answer to its reader; a wording that is accepted goes into the memo
    unless the secretary mends it by hand.

    Raises Refused before the round is closed and after its readers were told, Decided, and Unfit having changed
    nothing.
    """
    refuse_undecidable(held, at)
    if comment.state != "open":
        if (comment.state, comment.answer) != (verdict, answer):
            raise Decided(comment)
        return
    if verdict == "accepted" and comment.kind == "wording" and not by_hand:
        _put_in(session, memo, held, comment, at, by)
    comment.state, comment.answer, comment.decided_at, comment.decided_by = verdict, answer, at, by
    session.flush()


def take_back(
    session: Session, memo: Memo, held: CommentRound, comment: Comment, *, at: datetime, by: str | None
) -> bool:
    """Let a decided comment be open again, and its paragraph read as before where it reads as the wording that was
    accepted. Returns whether the memo is as it was: False where the paragraph was left alone."""
    refuse_undecidable(held, at)
    as_before = True
    if comment.state == "accepted" and comment.kind == "wording":
        section = next((one for one in memo.sections if one.key == comment.section_key), None)
        original = _text_then(held, comment)
        text = put_back(section.body or "", comment.proposed or "", original) if section else None
        as_before = text is not None
        if section is not None and text is not None:
            _write(session, memo, section, text, at, by)
    comment.state, comment.decided_at, comment.decided_by = "open", None, None
    session.flush()
    return as_before


def tell(session: Session, settings: Settings, event: Event, held: CommentRound, *, at: datetime) -> int:
    """Tell the readers what became of theirs, once, each by one mail and on their page; returns how many mails leave:
    none of a memo that is not public by now.

    Raises Refused while the round takes comments, and while one is open.
    """
    if held.told_at is not None:
        return 0
    refuse_undecidable(held, at)
    if states_of(held)["open"]:
        raise Refused(_("Some comments are still open. Accept or reject each of them first."))
    held.told_at = at
    if event.confidentiality != "public":
        return 0
    return send_told(session, settings, event, held, at=at)


def comment_of(held: CommentRound, comment_id: int) -> Comment:
    """Return a loaded round's comment; raises NotFound."""
    for _reader, comment in comments_in(held):
        if comment.id == comment_id:
            return comment
    raise NotFound


def refuse_undecidable(held: CommentRound, at: datetime) -> None:
    """Raise Refused unless the round is closed and its readers have not been told."""
    if takes_comments(held.closes_at, held.closed_at, at):
        raise Refused(_("The round still takes comments, and its readers may change theirs. Close it first."))
    if held.told_at is not None:
        raise Refused(_("The readers have been told what became of theirs: nothing is decided anew."))


def _text_then(held: CommentRound, comment: Comment) -> str:
    section = next(one for one in sections_of(held.draft) if one.key == comment.section_key)
    return section.texts[comment.block or 0]


def _put_in(session: Session, memo: Memo, held: CommentRound, comment: Comment, at: datetime, by: str | None) -> None:
    stands = standing_of(memo, sections_of(held.draft), (comment.section_key, comment.block))
    if stands.section is None or stands.gone:
        raise Unfit(_("The paragraph is not in the memo any more. Mend the memo by hand, then accept."))
    if stands.now is None:
        raise Unfit(_("The paragraph has changed since the draft. Mend the memo by hand, then accept."))
    text = reworded(stands.section.body or "", stands.now, comment.proposed or "")
    if text is None or len(text.encode()) > MAX_BYTES:
        raise Unfit(_("The wording would run together with what stands around it. Mend the memo by hand, then accept."))
    _write(session, memo, stands.section, text, at, by)


def _write(session: Session, memo: Memo, section: Section, text: str, at: datetime, by: str | None) -> None:
    before = text_of(section)
    section.body = text
    keep(session, memo, [Change(section, before, text_of(section), "moved_in", apart=True)], by=by, at=at)
