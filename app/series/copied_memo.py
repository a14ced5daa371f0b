"""Copies the shape of a memo into another event: its settings and headings, where it goes; no text, nobody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from app.distribution.fields import load_fields, new_field
from app.distribution.recipients import Term
from app.events.models import Event
from app.memos.memos import memo_of
from app.memos.models import Attachment, Memo, Section
from app.series.columns import values_of

FIELDS = ("distribution_id", "for_information_id")
# what was written, numbered, issued; parts of their own follow
OWN = {"id", "event_id", "date", "title", "version", "first_number", "lock_version", "referred_to", *FIELDS}


def copy_memo(session: Session, source: Event, event: Event) -> None:
    """Copy the memo's shape, if there is one. Recipients are copied as expressions: what names the event that it was
    copied from names the new one."""
    original = memo_of(session, source.id)
    if original is None:
        return
    fields = load_fields(session, [original.distribution_id, original.for_information_id])
    own = [new_field(session, _own_terms(fields[id], source.id)).id for id in fields]
    sections = [
        Section(position=one.position, heading=one.heading, body=None if one.auto else "", auto=one.auto)
        for one in original.sections
    ]
    generated = [one for one in original.attachments if one.generated]
    attachments = [
        Attachment(position=place, generated=one.generated, title=one.title) for place, one in enumerate(generated)
    ]
    session.add(
        Memo(
            **values_of(original, OWN), event_id=event.id, date=event.starts_at.date(), distribution_id=own[0],
            for_information_id=own[1], sections=sections, attachments=attachments, authors=[], signers=[],
        )
    )  # fmt: skip
    session.flush()


def _own_terms(terms: Iterable[Term], source_id: int) -> list[Term]:
    return [
        replace(
            term,
            event_id=None if term.event_id == source_id else term.event_id,
            excepts=tuple(_own_terms(term.excepts, source_id)),
        )
        for term in terms
    ]
