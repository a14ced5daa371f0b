"""Papers of an event: put together from what the event holds, and made into PDF."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates, web
from app.attendance.models import Attendance
from app.errors import NotFound, Refused
from app.events.models import Event
from app.files.models import StoredFile
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import pgettext, speaking, spoken
from app.markdown import Numbers, markdown
from app.memos import contents
from app.memos.closing import attachment_name, attachments_of, closing_of, generated_name
from app.memos.memos import memo_of
from app.memos.models import Attachment, Memo
from app.memos.paper import Annexe, Paper, SurveySummary, unlike
from app.memos.paper import Section as Part
from app.memos.presence import participants_of
from app.memos.preview import document_word
from app.memos.survey_summary import survey_summary
from app.memos.unbroken import unbroken
from app.memos.writing import auto_heading
from app.pdf import Embedded, PdfFailed, render_pdf
from app.people.models import Person
from app.people.words import body_name

log = logging.getLogger("koolle")


def memo_pdf(session: Session, event: Event) -> bytes:
    """Return the memo with its attachments: ours as pages that follow, files inside it.

    Raises NotFound before the memo is begun, and Refused where its text is more than can be set.
    """
    memo = _begun(session, event)
    with speaking(event.language):
        attachments = attachments_of(session, event, memo)
        paper = memo_paper(session, event, memo, attachments)
        html = _html(session, event, "papers/memo.html", paper)
        return _pdf(html, _embedded(session, event, attachments))


def paper_pdf(session: Session, event: Event, paper: str) -> bytes:
    """Return one paper of its own (app/memos/models.py, GENERATED). Raises Refused as `memo_pdf` does."""
    with speaking(event.language):
        annexe = Annexe(
            "", generated_name(paper, event), paper, _content(session, event, memo_of(session, event.id), paper)
        )
        whole = Paper(
            language=event.language,
            title=event.title,
            word=annexe.name,
            numbers=_numbers(event),
            confidentiality=_confidentiality(event),
            sender=body_name(event.convener, event.language),
            annexes=(annexe,),
        )
        return _pdf(_html(session, event, "papers/paper.html", whole))


def memo_page_body(session: Session, event: Event) -> dict[str, Any]:
    """Return the context of `templates/papers/_memo_body.html` for a page: `paper`, the memo without attachments."""
    memo = _begun(session, event)
    with speaking(event.language):
        return {"paper": memo_paper(session, event, memo, ()), "on_page": True}


def _begun(session: Session, event: Event) -> Memo:
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    return memo


def memo_paper(session: Session, event: Event, memo: Memo, attachments: Sequence[Attachment]) -> Paper:
    """Put the memo together in the language spoken; of the attachments those that are made from the event."""
    language = spoken()
    title = memo.title or event.title
    return Paper(
        language=language,
        title=title,
        word=document_word(memo.document) or None,
        numbers=_numbers(event),
        confidentiality=_confidentiality(event),
        version=pgettext("paper", "Version %(number)s") % {"number": memo.version} if memo.version > 1 else None,
        date=dates.day(memo.date, language) if memo.date else None,
        sender=memo.sender,
        authors=tuple(author.person.name if author.person else author.name for author in memo.authors),
        sections=_sections(session, event, memo),
        signers=tuple(
            ", ".join(filter(None, (signer.person.name, signer.signs_as or signer.person.title)))
            for signer in memo.signers
        ),
        closing=tuple(closing_of(session, event, memo, language)),
        inline=memo.closing == "inline",
        annexes=tuple(
            Annexe(
                label=pgettext("paper", "Attachment %(number)s") % {"number": number},
                name=attachment_name(attachment, event),
                kind=attachment.generated,
                content=_content(session, event, memo, attachment.generated),
                subject=event.title,
            )
            for number, attachment in enumerate(attachments, 1)
            if attachment.generated
        ),
    )


def _pdf(html: str, files: Sequence[Embedded] = ()) -> bytes:
    try:
        return render_pdf(html, attachments=files)
    except PdfFailed as failed:
        log.error("no paper: %s", failed)
        raise Refused(_("The PDF could not be made. Shorten or simplify the text, then try again.")) from failed


def _html(session: Session, event: Event, template: str, paper: Paper) -> str:
    present = select(Attendance.given_name, Attendance.family_name).where(Attendance.event_id == event.id)
    invited = select(Person.given_name, Person.family_name).join(Invitee, Invitee.person_id == Person.id)
    names = session.execute(present.union(invited.where(Invitee.event_id == event.id)))
    html = web.env.get_template(template).render(paper=paper)
    return unbroken(html, [f"{given} {family}".strip() for given, family in names])


def _sections(session: Session, event: Event, memo: Memo) -> tuple[Part, ...]:
    parts = []
    numbers = Numbers(paragraph=(memo.first_number or 1) if memo.numbered == "paragraphs" else None)
    headings = count(memo.first_number or 1)
    for section in memo.sections:
        heading = section.heading or (auto_heading(section.auto) if section.auto else None)
        below = 2 if heading else 1
        content = _part(session, event, memo, section.auto, below) if section.auto else None
        if section.auto and not content and not section.body:
            continue
        numbers.heading = str(next(headings)) if heading and memo.numbered == "headings" else None
        body = markdown(section.body, below=below, numbers=numbers)
        parts.append(Part(heading, numbers.heading, body, section.auto if content else None, content, below))
    return tuple(parts)


def _part(session: Session, event: Event, memo: Memo, auto: str, below: int) -> object:
    """What a part that fills itself in holds; something empty where there is nothing to print."""
    if auto == "time_and_place":
        return contents.time_and_place(event)
    if auto == "participants":
        listed = participants_of(session, event, memo, spoken())
        return listed if listed.table or listed.lines else None
    if auto == "agenda":
        return contents.programme_rows(session, event, below=below)
    if auto == "follow_ups":
        return contents.follow_up_rows(memo.follow_ups)
    return survey_summary(session, event, below=below)


def _content(session: Session, event: Event, memo: Memo | None, kind: str) -> object:
    if kind == "participants":
        return participants_of(session, event, memo, spoken())
    if kind == "survey_summary":
        return survey_summary(session, event) or SurveySummary(pgettext("paper", "The event had no survey."))
    return {"invitation": contents.invitation, "programme": contents.programme}[kind](session, event)


def _numbers(event: Event) -> tuple[str, ...]:
    return tuple(number for number in (event.case_number, event.project_number) if number)


def _confidentiality(event: Event) -> str | None:
    return None if event.confidentiality == "public" else event.confidentiality


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
