"""Papers of an event: put together from what the event holds, and made into PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates, web
from app.events.models import Event
from app.files.models import StoredFile
from app.language import pgettext, speaking, spoken
from app.markdown import Numbers, markdown
from app.memos import contents
from app.memos.closing import attachment_name, attachments_of, closing_of, generated_name
from app.memos.memos import memo_of
from app.memos.models import Attachment, Memo
from app.memos.paper import Annexe, Paper, section_numbers, unlike
from app.memos.paper import Section as Part
from app.memos.presence import participants_of
from app.memos.preview import document_word
from app.memos.survey_summary import survey_summary
from app.memos.writing import auto_heading
from app.pdf import Embedded, render_pdf
from app.people.words import body_name


def memo_pdf(session: Session, event: Event) -> bytes:
    """Return the memo with its attachments: ours as pages that follow, files inside it. Raises PdfFailed.

    The event's memo must have been begun.
    """
    memo = memo_of(session, event.id)
    with speaking(event.language):
        attachments = attachments_of(session, event, memo)
        paper = memo_paper(session, event, memo, attachments)
        html = web.env.get_template("papers/memo.html").render(paper=paper)
        return render_pdf(html, attachments=_embedded(session, event, attachments))


def paper_pdf(session: Session, event: Event, paper: str) -> bytes:
    """Return one paper of its own: invitation, programme, survey_summary or participants. Raises PdfFailed."""
    with speaking(event.language):
        annexe = Annexe("", generated_name(paper, event), paper, _content(session, event, None, paper))
        whole = Paper(
            language=event.language,
            title=event.title,
            word=annexe.name,
            numbers=_numbers(event),
            confidentiality=_confidentiality(event),
            sender=None if paper == "invitation" else body_name(event.convener, event.language),
            annexes=(annexe,),
        )
        return render_pdf(web.env.get_template("papers/paper.html").render(paper=whole))


def memo_page_body(session: Session, event: Event) -> dict[str, Any]:
    """Return the context of `templates/papers/_memo_body.html` for a page: `paper`, the memo without attachments."""
    memo = memo_of(session, event.id)
    with speaking(event.language):
        return {"paper": memo_paper(session, event, memo, ())}


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


def _sections(session: Session, event: Event, memo: Memo) -> tuple[Part, ...]:
    filled = [
        (section, _part(session, event, memo, section.auto) if section.auto else None) for section in memo.sections
    ]
    printed = [(section, content) for section, content in filled if content or section.body or not section.auto]
    numbers = Numbers(paragraph=(memo.first_number or 1) if memo.numbered == "paragraphs" else None)
    parts = []
    for number, (section, content) in zip(
        section_numbers(len(printed), memo.numbered, memo.first_number), printed, strict=True
    ):
        numbers.heading = number
        parts.append(
            Part(
                heading=section.heading or (auto_heading(section.auto) if section.auto else None),
                number=number,
                body=markdown(section.body, below=2, numbers=numbers),
                auto=section.auto if content else None,
                content=content,
            )
        )
    return tuple(parts)


def _part(session: Session, event: Event, memo: Memo, auto: str) -> object:
    """What a part that fills itself in holds; something empty where there is nothing to print."""
    if auto == "time_and_place":
        return contents.time_and_place(event)
    if auto == "participants":
        listed = participants_of(session, event, memo, spoken())
        return listed if listed.table or listed.lines else None
    if auto == "agenda":
        return contents.programme_rows(session, event)
    if auto == "follow_ups":
        return contents.follow_up_rows(memo.follow_ups)
    return survey_summary(session, event)


def _content(session: Session, event: Event, memo: Memo | None, kind: str) -> object:
    if kind == "participants":
        return participants_of(session, event, memo, spoken())
    if kind == "survey_summary":
        return survey_summary(session, event)
    return {"invitation": contents.invitation, "programme": contents.programme}[kind](session, event)


def _numbers(event: Event) -> tuple[str, ...]:
    return tuple(number for number in (event.case_number, event.project_number) if number)


def _confidentiality(event: Event) -> str | None:
    return None if event.confidentiality == "public" else event.confidentiality


def _embedded(session: Session, event: Event, attachments: Sequence[Attachment]) -> list[Embedded]:
    files = [attachment for attachment in attachments if attachment.sha256]
    hashes = {attachment.sha256 for attachment in files}
    query = select(StoredFile.sha256, StoredFile.content).where(StoredFile.sha256.in_(hashes))
    bytes_of = dict(session.execute(query).tuples().all()) if files else {}
    names = unlike([attachment.file_name or attachment.sha256 for attachment in files])
    return [
        Embedded(name, attachment_name(attachment, event), bytes_of[attachment.sha256])
        for name, attachment in zip(names, files, strict=True)
    ]
