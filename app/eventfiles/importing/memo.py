"""Brings in the memo and the follow-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.distribution.fields import new_field
from app.eventfiles.columns import FOLLOW_UP, MEMO, SECTION, filled
from app.eventfiles.importing.attachments import Brought, attachment_rows
from app.eventfiles.importing.book import Book
from app.eventfiles.importing.items import item_named
from app.eventfiles.importing.recipients import terms_of
from app.eventfiles.shape import Who
from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.memos.models import Author, Memo, Section, Signer

NUMBERED = {False: "no", True: "headings", "paragraphs": "paragraphs"}


def add_memo(
    session: Session,
    event: Event,
    entry: Mapping[str, Any],
    items: Sequence[AgendaItem],
    book: Book,
    files: Mapping[str, Brought],
) -> None:
    fields = [
        new_field(session, terms_of(entry.get(key) or (), book, None)) for key in ("distribution", "for_information")
    ]
    memo = Memo(
        event_id=event.id,
        numbered=NUMBERED[entry.get("numbered") or False],
        show=list(entry.get("show") or ()),
        distribution_id=fields[0].id,
        for_information_id=fields[1].id,
        **filled(entry, MEMO),
    )
    memo.sections = [
        Section(position=i, agenda_item_id=item_named(items, one.get("agenda_item")), **filled(one, SECTION))
        for i, one in enumerate(entry.get("sections") or ())
    ]
    memo.authors = [
        Author(position=i, **_person_or_name(one, "person_id", "name", book))
        for i, one in enumerate(entry.get("authors") or ())
    ]
    memo.signers = [
        Signer(position=i, person_id=book.person(one["person"]).id, signs_as=one.get("as"))
        for i, one in enumerate(entry.get("signers") or ())
    ]
    session.add(memo)
    session.flush()
    session.add_all(attachment_rows(entry.get("attachments") or (), files, memo_id=memo.id))
    add_follow_ups(session, event, entry.get("follow_ups") or (), book)


def add_follow_ups(session: Session, event: Event, entries: Iterable[Mapping[str, Any]], book: Book) -> None:
    for position, one in enumerate(entries):
        owner = _person_or_name(one.get("owner"), "owner_id", "owner_name", book)
        session.add(FollowUp(event_id=event.id, position=position, **filled(one, FOLLOW_UP), **owner))
    session.flush()


def _person_or_name(value: Who | str | None, id_column: str, name_column: str, book: Book) -> dict[str, Any]:
    return {id_column: book.person(value).id} if isinstance(value, Who) else {name_column: value}
