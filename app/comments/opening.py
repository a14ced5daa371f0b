"""Opens a comment round, prolongs it, closes it early, and reminds those who have said nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.comments.freezing import draft_of
from app.comments.letters import send_asked, send_reminders
from app.comments.models import CommentReader, CommentRound
from app.comments.queries import next_number, rounds_of, states_of
from app.comments.times import takes_comments
from app.distribution.resolving import Contact
from app.errors import Refused
from app.events.models import Event
from app.events.queries import refuse_template
from app.forms import can_be_mailed
from app.language import gettext as _
from app.memos.models import Memo
from app.settings import Settings


def open_round(
    session: Session, settings: Settings, event: Event, memo: Memo, readers: Sequence[Contact], *, closes_at: datetime,
    note: str | None, at: datetime, by: str | None,
) -> CommentRound:  # fmt: skip
    """Freeze the memo as a draft and ask each reader by a mail with a personal link.

    Raises Refused where the memo is not public, another round is under way, or nobody has an address.
    """
    refuse_template(event)
    if event.confidentiality != "public":
        raise Refused(not_public())
    if any(one.told_at is None for one in rounds_of(session, memo)):
        raise Refused(_("Another round is still under way: tell its readers what became of their comments first."))
    asked = [person for person in readers if can_be_mailed(person.email)]
    if not asked:
        raise Refused(_("None of these people has an e-mail address, so nobody can be asked by mail."))
    held = CommentRound(
        memo_id=memo.id, number=next_number(session, memo), opened_at=at, opened_by=by,
        closes_at=closes_at, note=note, draft=draft_of(session, event, memo, at=at),
        readers=[CommentReader(person_id=person.id) for person in asked],
    )  # fmt: skip
    session.add(held)
    session.flush()
    send_asked(session, settings, event, held, asked, at=at)
    return held


def not_public() -> str:
    """Why a round cannot be opened."""
    return _("The memo is not public, so its draft is not sent by mail. Hand it out and ask for comments on paper.")


def remind(session: Session, settings: Settings, event: Event, held: CommentRound, *, at: datetime) -> int:
    """Remind, once, those who have neither commented nor said that they have nothing to say; returns how many.

    Raises Refused when the round takes no comments any more, and where the memo is not public by now. held: with its
    readers.
    """
    if event.confidentiality != "public":
        raise Refused(not_public())
    refuse_closed(held, at)
    if held.reminded_at is not None:
        return 0
    held.reminded_at = at
    return send_reminders(session, settings, event, held, silent_in(held), at=at)


def silent_in(held: CommentRound) -> list[CommentReader]:
    """Return a loaded round's readers who have said nothing yet."""
    return [reader for reader in held.readers if not reader.comments and reader.done_at is None]


def close(held: CommentRound, *, at: datetime) -> None:
    """Take no more comments; of a round that is closed this changes nothing."""
    if takes_comments(held.closes_at, held.closed_at, at):
        held.closed_at = at


def prolong(held: CommentRound, closes_at: datetime) -> None:
    """Take comments until another moment, also when the round had closed; raises Refused once something is decided."""
    if held.told_at is not None or states_of(held)["open"] < states_of(held).total():
        raise Refused(_("Some comments are decided already. Take those decisions back before you prolong the round."))
    held.closes_at, held.closed_at = closes_at, None


def refuse_closed(held: CommentRound, at: datetime) -> None:
    """Raise Refused for a round that takes no comments any more."""
    if not takes_comments(held.closes_at, held.closed_at, at):
        raise Refused(_("The round is closed. Prolong it first."))
