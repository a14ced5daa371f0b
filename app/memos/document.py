"""Papers of an event as PDF, and the memo as part of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import dates, web
from app.agenda.content import read_rows
from app.agenda.lines import programme_of
from app.agenda.versions import newest_version, rows_of
from app.attendance.models import Attendance
from app.audit.trail import anchor_for
from app.errors import NotFound
from app.events.models import Event
from app.files.models import StoredFile
from app.files.words import unlike
from app.invitations.models import Invitation as Asked
from app.invitees.models import Invitee
from app.language import pgettext, speaking, spoken
from app.memos.closing import attachment_name, attachments_of, generated_name
from app.memos.memo_paper import annexe_content, annexes_of, confidentiality_of, memo_paper, numbers_of
from app.memos.memos import memo_of
from app.memos.models import GENERATED, LAYOUTS, Attachment, Memo
from app.memos.paper import Annexe, Invitation, Paper
from app.memos.setting import pdf_of
from app.memos.unbroken import unbroken
from app.pdf import Embedded, Manuscript
from app.people.models import Person
from app.people.words import body_name

PAPERS = (*GENERATED, "running_order")


def memo_pdf(session: Session, event: Event, *, at: datetime) -> bytes:
    """Return the memo with its attachments as PDF. Raises NotFound before it is begun, and Refused where it cannot be
    set."""
    return pdf_of(memo_manuscript(session, event, at=at))


def paper_pdf(session: Session, event: Event, paper: str, *, at: datetime) -> bytes:
    """Return one paper of its own as PDF, one of PAPERS. Raises Refused where it cannot be set."""
    return pdf_of(paper_manuscript(session, event, paper, at=at))


def issued_manuscript(session: Session, event: Event, *, at: datetime, version: int | None = None) -> Manuscript:
    """Return the memo as it is issued: with an anchor of the audit trail, which its readers keep where nobody who
    writes to the database can change it. Else as `memo_manuscript`."""
    anchor = anchor_for(session, at)
    return memo_manuscript(session, event, at=at, version=version, anchor=anchor.words() if anchor else "")


def memo_manuscript(
    session: Session, event: Event, *, at: datetime, version: int | None = None, anchor: str = ""
) -> Manuscript:  # fmt: skip
    """Return the memo with its attachments: ours as pages that follow, files inside it. version: as which it will be
    issued, where the memo does not say so yet.

    Raises NotFound before the memo is begun, and Refused where its text is longer than texts may be.
    """
    memo = _begun(session, event)
    with speaking(event.language):
        attachments = attachments_of(session, event, memo)
        paper = memo_paper(session, event, memo, attachments, at=at, version=version)
        paper = replace(paper, annexes=annexes_of(session, event, memo, attachments, at=at), anchor=anchor)
        html = _html(session, event, "papers/memo.html", paper)
        return Manuscript(html, tuple(_embedded(session, event, attachments)))


def paper_manuscript(session: Session, event: Event, paper: str, *, at: datetime) -> Manuscript:
    """Return one paper of its own, one of PAPERS. Raises Refused as `memo_manuscript` does.

    A programme says which version it is, or that it is a draft where invitees have another or none yet.
    """
    with speaking(event.language):
        memo = memo_of(session, event.id)
        content = annexe_content(session, event, memo, paper, at=at)
        name = generated_name(paper, event)
        version, made_on = _version_of(session, event) if paper == "programme" else (None, None)
        whole = Paper(
            language=event.language,
            title=content.subject if isinstance(content, Invitation) else event.title,
            word=name,
            numbers=numbers_of(event),
            confidentiality=confidentiality_of(event),
            date=_first_sent(session, event) if isinstance(content, Invitation) else made_on,
            version=version,
            sender=body_name(event.convener, event.language),
            annexes=(Annexe("", name, paper, content),),
            layout=memo.layout if memo else LAYOUTS[0],
        )
        return Manuscript(_html(session, event, "papers/paper.html", whole))


def memo_page_body(session: Session, event: Event, *, at: datetime) -> dict[str, Any]:
    """Return what `templates/papers/_memo_body.html` takes on a page, in the event's language: `paper`, `on_page`.

    The template says its own words too, so a page in another language includes it within `speaking(event.language)`.
    """
    memo = _begun(session, event)
    with speaking(event.language):
        paper = memo_paper(session, event, memo, attachments_of(session, event, memo), at=at)
        return {"paper": paper, "on_page": True}


def _begun(session: Session, event: Event) -> Memo:
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    return memo


def _html(session: Session, event: Event, template: str, paper: Paper) -> str:
    present = select(Attendance.given_name, Attendance.family_name).where(Attendance.event_id == event.id)
    invited = select(Person.given_name, Person.family_name).join(Invitee, Invitee.person_id == Person.id)
    names = session.execute(present.union(invited.where(Invitee.event_id == event.id)))
    html = web.env.get_template(template).render(paper=paper)
    return unbroken(html, [f"{given} {family}".strip() for given, family in names])


def _first_sent(session: Session, event: Event) -> str | None:
    """The day on which the first was invited, which is the invitation's own date; None before that."""
    sent = select(func.min(Asked.sent_at)).join(Invitee, Invitee.id == Asked.invitee_id)
    first = session.scalar(sent.where(Invitee.event_id == event.id))
    return dates.day(dates.in_zone(first, event.time_zone), spoken()) if first else None


def _version_of(session: Session, event: Event) -> tuple[str, str | None]:
    """Which version the programme is as it stands, and its day; or that it is a draft."""
    last = newest_version(session, event.id)
    if last is None or read_rows(last.content) != rows_of(programme_of(session, event)):
        return pgettext("paper", "Draft"), None
    made_on = dates.day(dates.in_zone(last.made_at, event.time_zone), spoken())
    return pgettext("paper", "Version %(number)s") % {"number": last.number}, made_on


def _embedded(session: Session, event: Event, attachments: Sequence[Attachment]) -> list[Embedded]:
    files = [attachment for attachment in attachments if attachment.sha256]
    hashes = {attachment.sha256 for attachment in files}
    query = select(StoredFile.sha256, StoredFile.content).where(StoredFile.sha256.in_(hashes))
    bytes_of = dict(session.execute(query).all()) if files else {}
    names = unlike([attachment.file_name or attachment.sha256 for attachment in files])
    return [
        Embedded(name, attachment_name(attachment, event), bytes_of[attachment.sha256])
        for name, attachment in zip(names, files, strict=True)
    ]
