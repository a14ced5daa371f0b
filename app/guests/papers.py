"""What a participant gets after the event: the issued memo as a page, its PDF, each attachment, what was agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile

from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from app import dates
from app.errors import NotFound
from app.events.details import PUBLIC
from app.events.models import Event
from app.files.handing import handed_out, handed_out_file, read_in_browser
from app.files.models import StoredFile
from app.files.names import safe_name, safe_names
from app.files.store import read
from app.files.words import kind_words, size_words
from app.files.zipping import zip_into
from app.follow_ups.models import FollowUp
from app.language import pgettext, speaking
from app.memos.contents import FollowUpRow, follow_up_rows
from app.memos.docx_file import MEDIA_TYPE
from app.memos.models import Copy, Issue, Memo, Section
from app.people.words import upper_first

IN_MEMORY = 2_000_000
SLASHES = r"[/\\]"


@dataclass(frozen=True)
class Download:
    """An attachment to be had; number counts from 1, size is in words."""

    number: int
    name: str
    kind: str
    size: str


@dataclass(frozen=True)
class Papers:
    """The memo as it was issued last; body is the page made at that time, of sanitised text. Sizes are in words; an
    issue of an earlier Koolle has nothing for Word."""

    issue: Issue
    issued_at: datetime
    size: str
    docx_size: str | None
    whole_size: str
    attachments: list[Download]
    body: Markup
    follow_ups: tuple[FollowUpRow, ...]


def newest_issue(session: Session, event: Event) -> Issue | None:
    """Return the version of the memo that was issued last; None where the event has been marked as not public since,
    of which no link hands anything out."""
    if event.confidentiality != PUBLIC:
        return None
    query = select(Issue).join(Memo, Memo.id == Issue.memo_id).where(Memo.event_id == event.id)
    return session.scalar(query.order_by(Issue.version.desc()).limit(1))


def papers_of(session: Session, event: Event) -> Papers | None:
    """Return what is handed out of an event; None before its memo is issued. Four queries, one before that."""
    issue = newest_issue(session, event)
    if issue is None:
        return None
    size = session.scalar(select(StoredFile.size).where(StoredFile.sha256 == issue.sha256))
    docx = issue.fields.get("docx", {}).get("size", 0)
    whole = (size or 0) + docx + sum(one["size"] for one in issue.fields["attachments"])
    attachments = [
        Download(number, upper_first(one["title"]), kind_words(one["file_name"]), size_words(one["size"]))
        for number, one in enumerate(issue.fields["attachments"], 1)
    ]
    return Papers(
        issue=issue,
        issued_at=dates.in_zone(issue.issued_at, event.time_zone),
        size=size_words(size or 0),
        docx_size=size_words(docx) if docx else None,
        whole_size=size_words(whole),
        attachments=attachments,
        body=Markup(issue.fields["page"]),
        follow_ups=_follow_ups(session, event, issue),
    )


def requested_issue(session: Session, event: Event) -> Issue:
    """Return the version that was issued last; raises NotFound before there is one."""
    issue = newest_issue(session, event)
    if issue is None:
        raise NotFound
    return issue


def memo_file(session: Session, event: Event) -> Response:
    """Return the issued PDF, to be read."""
    issue = requested_issue(session, event)
    return read_in_browser(read(session, issue.sha256), safe_name(f"{issue.title}.pdf"))


def word_file(session: Session, event: Event) -> Response:
    """Return the issued memo for Word."""
    issue = requested_issue(session, event)
    if "docx" not in issue.fields:
        raise NotFound
    return handed_out(read(session, issue.fields["docx"]["sha256"]), safe_name(f"{issue.title}.docx"), MEDIA_TYPE)


def attachment_file(session: Session, event: Event, number: int) -> Response:
    """Return an attachment of the issued memo by its number from 1; raises NotFound."""
    kept = requested_issue(session, event).fields["attachments"]
    if not 1 <= number <= len(kept):
        raise NotFound
    one = kept[number - 1]
    return handed_out(read(session, one["sha256"]), safe_name(one["file_name"] or "_"), one["media_type"])


def package_file(session: Session, event: Event) -> Response:
    """Return the memo and all its attachments as one file, which is never whole in memory."""
    issue = requested_issue(session, event)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)
    zip_into(file, _package(session, event, issue))
    return handed_out_file(file, safe_name(f"{issue.title}.zip"), "application/zip")


def _package(session: Session, event: Event, issue: Issue) -> Iterator[tuple[str, bytes]]:
    held = [(f"{issue.title}.pdf", issue.sha256)]
    if "docx" in issue.fields:
        held.append((f"{issue.title}.docx", issue.fields["docx"]["sha256"]))
    with speaking(event.language):
        for number, one in enumerate(issue.fields["attachments"], 1):
            label = pgettext("paper", "Attachment %(number)s") % {"number": number}
            held.append((f"{label} {re.split(SLASHES, one['file_name'] or '')[-1]}", one["sha256"]))
    for name, (_name, sha256) in zip(safe_names(name for name, _sha256 in held), held, strict=True):
        yield name, read(session, sha256)


def note_opened(session: Session, event: Event, person_id: int, at: datetime) -> None:
    """Note that somebody pressed to open the memo that was issued last, if they have a copy of it: the first time.

    It locks their copy, as who takes the memo back does all of them (app/memos/taking_back.py).
    """
    issue = requested_issue(session, event)
    theirs = Copy.issue_id == issue.id, Copy.person_id == person_id, Copy.opened_at.is_(None)
    session.execute(update(Copy).where(*theirs).values(opened_at=at))


def _follow_ups(session: Session, event: Event, issue: Issue) -> tuple[FollowUpRow, ...]:
    """What was proposed, as it stands today, unless the memo tells it itself."""
    told = select(Section.id).where(Section.memo_id == issue.memo_id, Section.auto == "follow_ups").limit(1)
    if session.scalar(told) is not None:
        return ()
    query = select(FollowUp).options(joinedload(FollowUp.owner)).where(FollowUp.event_id == event.id)
    return follow_up_rows(session.scalars(query.order_by(FollowUp.position)).all())
