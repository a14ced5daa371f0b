"""Puts the memo of an event together, in the language spoken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.language import npgettext, pgettext, spoken
from app.markdown import Numbers, markdown
from app.memos import contents
from app.memos.attaching import follows
from app.memos.closing import anchor_of, attachment_name, closing_of
from app.memos.following import Following
from app.memos.headings import auto_heading
from app.memos.listing_words import role_word
from app.memos.models import Attachment, Memo, Signer
from app.memos.paper import Annexe, Paper, Section
from app.memos.paper_figures import SurveySummary, numbered
from app.memos.part_words import with_line_ends
from app.memos.participants import LineGroup, Participants
from app.memos.presence import heads_present, participants_of
from app.memos.preview import document_word
from app.memos.references import linked
from app.memos.running_order import running_order
from app.memos.survey_summary import survey_summary


def memo_paper(
    session: Session, event: Event, memo: Memo, attachments: Sequence[Attachment], *, at: datetime,
    version: int | None = None,
) -> Paper:  # fmt: skip
    """Return all that the memo prints at a moment, but what its attachments hold (`annexes_of`); version: where it is
    to be another than the memo's."""
    language = spoken()
    version = version or memo.version
    return Paper(
        language=language,
        title=memo.title or event.title,
        word=document_word(memo.document) or None,
        numbers=numbers_of(event),
        confidentiality=marking_of(event, memo),
        version=pgettext("paper", "Version %(number)s") % {"number": version} if version > 1 else None,
        date=dates.day(memo.date, language) if memo.date else None,
        sender=memo.sender,
        authors=tuple(author.person.name if author.person else author.name for author in memo.authors),
        sections=_sections(session, event, memo, attachments, at),
        signers=tuple(_signer(one) for one in memo.signers),
        closing=tuple(closing_of(session, event, memo, language)),
        inline=memo.closing == "inline",
        layout=memo.layout,
    )


def annexes_of(
    session: Session, event: Event, memo: Memo, attachments: Sequence[Attachment], *, at: datetime
) -> tuple[Annexe, ...]:
    """Return those attachments that have pages in the memo's PDF, with what they hold."""
    return tuple(
        Annexe(
            label=_label(number),
            name=attachment_name(attachment, event),
            kind=attachment.generated or ("pages" if attachment.media_type == "application/pdf" else "figure"),
            content=annexe_content(session, event, memo, attachment.generated, at=at)
            if attachment.generated
            else Following(attachment.sha256 or "", attachment.pages or 0, attachment.alternative or ""),
            subject=event.title,
            anchor=anchor_of(number),
        )
        for number, attachment in enumerate(attachments, 1)
        if attachment.generated or follows(attachment)
    )


def annexe_content(session: Session, event: Event, memo: Memo | None, kind: str, *, at: datetime) -> object:
    """Return what the template of an attachment of this kind takes (app/memos/models.py, GENERATED), or of the running
    order."""
    if kind == "participants":
        return participants_of(session, event, memo, spoken())
    if kind == "survey_summary":
        summary = survey_summary(session, event, at=at)
        return summary or SurveySummary(pgettext("paper", "The event had no survey."))
    made = {"invitation": contents.invitation, "programme": contents.programme, "running_order": running_order}
    return made[kind](session, event)


def _signer(one: Signer) -> str:
    """Who signs electronically: name, role and e-mail (SFS 2487:2024)."""
    role = role_word(one.signs_as) or one.signs_as or one.person.title
    return ", ".join(filter(None, (one.person.name, role, one.person.email)))


def numbers_of(event: Event) -> tuple[str, ...]:
    return tuple(number for number in (event.case_number, event.project_number) if number)


def confidentiality_of(event: Event) -> str | None:
    """The marking that is printed; what is public carries none."""
    return None if event.confidentiality == "public" else event.confidentiality


def marking_of(event: Event, memo: Memo) -> str | None:
    """The marking with its ground and its time: `SALASSA PIDETTÄVÄ, JulkL 24 § 1 mom. 7 k, until 31.12.2047`."""
    marking = confidentiality_of(event)
    if marking is None:
        return None
    until = memo.secret_until and pgettext("paper", "until %(day)s") % {"day": memo.secret_until}
    return ", ".join(filter(None, (marking, memo.secrecy_ground, until)))


def _how_many(heads: int) -> str:
    return npgettext("paper", "%(num)s participant", "%(num)s participants", heads) % {"num": heads}


def _label(number: int) -> str:
    return pgettext("paper", "Attachment %(number)s") % {"number": number}


def _sections(
    session: Session, event: Event, memo: Memo, attachments: Sequence[Attachment], at: datetime
) -> tuple[Section, ...]:
    parts = []
    numbers = Numbers(paragraph=(memo.first_number or 1) if memo.numbered == "paragraphs" else None)
    headings = count(memo.first_number or 1)
    targets = {number: f"#{anchor_of(number)}" for number in range(1, len(attachments) + 1)}
    for section in memo.sections:
        heading = section.heading or (auto_heading(section.auto, event) if section.auto else None)
        below = 2 if heading else 1
        by_hand = section.by_hand if section.auto else None
        fills = section.auto and by_hand is None
        content = filled(session, event, memo, section.auto, below, attachments, at) if fills else None
        if section.auto and not content and not (by_hand or section.body):
            continue
        numbers.heading = str(next(headings)) if heading and memo.numbered == "headings" else None
        text = with_line_ends(by_hand) if by_hand else section.body
        body = Markup(linked(markdown(text, below=below, numbers=numbers), targets))
        if isinstance(content, SurveySummary) and numbers.heading:
            content = numbered(content, numbers.heading)
        auto = section.auto if content else None
        parts.append(Section(heading, numbers.heading, body, auto, content, below, section.key))
    return tuple(parts)


def filled(
    session: Session,
    event: Event,
    memo: Memo,
    auto: str,
    below: int,
    attachments: Sequence[Attachment],
    at: datetime,
) -> object:
    """What a part that fills itself in holds; something empty where there is nothing to print."""
    if auto == "time_and_place":
        return contents.time_and_place(event)
    if auto == "participants":
        return _participants(session, event, memo, attachments)
    if auto == "agenda":
        return contents.programme_rows(session, event, below=below)
    if auto == "follow_ups":
        return contents.follow_up_tables(session, event, memo.follow_ups)
    return survey_summary(session, event, at=at, below=below)


def _participants(session: Session, event: Event, memo: Memo, attachments: Sequence[Attachment]) -> Participants | None:
    """The list, or where it is; None where nobody's presence is on record."""
    if memo.participants == "attachment":
        place = [attachment.generated for attachment in attachments].index("participants") + 1
        return Participants((LineGroup(None, (f"{_label(place)} ({_how_many(heads_present(session, event))})",)),))
    listed = participants_of(session, event, memo, spoken())
    return listed if listed.table or listed.lines else None
