"""Takes an issued memo back while its mails still wait: what nobody has been sent is not issued."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.distribution.uses import forget
from app.events.models import Event
from app.mail.models import OutgoingMail
from app.mail.outbox import withdraw
from app.memos.issue_mails import keys_of
from app.memos.models import Copy, Issue, Memo


def take_back(session: Session, event: Event, memo: Memo, issue: Issue) -> int:
    """Take back the mails of the last issue that have not begun to leave; returns how many.

    If it has reached nobody, the version is not issued at all, and its number is free. If a mail had left, or somebody
    has opened it by a link that they had, the issue stands, and the others whose mails were taken back are not among
    its copies any more.
    """
    taken = withdraw(session, event.id, "memo", keys=keys_of(issue), at_once=False)
    if not taken:
        return 0
    for mail in taken:
        mail.key = f"{mail.key}:{mail.id}"  # an issue may have the id of one that was taken back
    session.flush()
    # who opens theirs this moment waits for the end of this, or this for theirs
    session.execute(select(Copy.id).where(Copy.issue_id == issue.id).order_by(Copy.id).with_for_update())
    left = OutgoingMail.key.startswith(keys_of(issue), autoescape=True), OutgoingMail.state != "withdrawn"
    opened = Copy.issue_id == issue.id, Copy.opened_at.is_not(None)
    if session.scalar(select(exists().where(*left) | exists().where(*opened))):
        theirs = Copy.person_id.in_([mail.person_id for mail in taken])
        session.execute(delete(Copy).where(Copy.issue_id == issue.id, Copy.opened_at.is_(None), theirs))
    else:
        _unissue(session, event, memo, issue)
    return len(taken)


def _unissue(session: Session, event: Event, memo: Memo, issue: Issue) -> None:
    before = session.scalar(
        select(Issue.version).where(Issue.memo_id == memo.id, Issue.id != issue.id).order_by(Issue.version.desc())
    )
    memo.version = before or issue.version
    forget(session, event, "memo", issue.issued_at)
    session.execute(delete(Copy).where(Copy.issue_id == issue.id))
    session.delete(issue)
    session.flush()
