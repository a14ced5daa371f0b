"""What a participant gets after the event: the issued memo as a page, its PDF, each attachment, what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import dates
from app.errors import NotFound
from app.events.models import Event
from app.files.handing import handed_out
from app.files.models import StoredFile
from app.files.store import read
from app.files.words import kind_words, size_words
from app.follow_ups.models import FollowUp
from app.memos.contents import FollowUpRow, follow_up_rows
from app.memos.models import Issue, Memo, Section
from app.people.words import upper_first


@dataclass(frozen=True)
class Download:
    """An attachment to be had; number counts from 1, size is in words."""

    number: int
    name: str
    kind: str
    size: str


@dataclass(frozen=True)
class Papers:
    """The memo as it was issued last; body is the page made at that time, of sanitised text."""

    issue: Issue
    issued_at: datetime
    size: str
    attachments: list[Download]
    body: Markup
    follow_ups: tuple[FollowUpRow, ...]


def newest_issue(session: Session, event: Event) -> Issue | None:
    """Return the version of the memo that was issued last."""
    query = select(Issue).join(Memo, Memo.id == Issue.memo_id).where(Memo.event_id == event.id)
    return session.scalar(query.order_by(Issue.version.desc()).limit(1))


def papers_of(session: Session, event: Event) -> Papers | None:
    """Return what is handed out of an event; None before its memo is issued. Four queries, one before that."""
    issue = newest_issue(session, event)
    if issue is None:
        return None
    size = session.scalar(select(StoredFile.size).where(StoredFile.sha256 == issue.sha256))
    attachments = [
        Download(number, upper_first(one["title"]), kind_words(one["file_name"]), size_words(one["size"]))
        for number, one in enumerate(issue.fields["attachments"], 1)
    ]
    return Papers(
        issue=issue,
        issued_at=dates.in_zone(issue.issued_at, event.time_zone),
        size=size_words(size or 0),
        attachments=attachments,
        body=Markup(issue.fields["page"]),
        follow_ups=_follow_ups(session, event, issue),
    )


def memo_file(session: Session, event: Event) -> Response:
    """Return the issued PDF; raises NotFound before there is one."""
    issue = newest_issue(session, event)
    if issue is None:
        raise NotFound
    return handed_out(read(session, issue.sha256), f"{issue.title}.pdf", "application/pdf")


def attachment_file(session: Session, event: Event, number: int) -> Response:
    """Return an attachment of the issued memo by its number from 1; raises NotFound."""
    issue = newest_issue(session, event)
    kept = issue.fields["attachments"] if issue else []
    if not 1 <= number <= len(kept):
        raise NotFound
    one = kept[number - 1]
    return handed_out(read(session, one["sha256"]), one["file_name"], one["media_type"])


def _follow_ups(session: Session, event: Event, issue: Issue) -> tuple[FollowUpRow, ...]:
    """What was proposed, as it stands today, unless the memo tells it itself."""
    told = select(Section.id).where(Section.memo_id == issue.memo_id, Section.auto == "follow_ups").limit(1)
    if session.scalar(told) is not None:
        return ()
    query = select(FollowUp).options(joinedload(FollowUp.owner)).where(FollowUp.event_id == event.id)
    return follow_up_rows(session.scalars(query.order_by(FollowUp.position)).all())
