"""The mails of the last days, searched and in pages, and those that did not go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.db import chunks
from app.events.models import Event
from app.mail.models import OutgoingMail
from app.people.collation import matches, words_of
from app.people.paging import PAGE, Page, page_at, page_number

DAYS = timedelta(days=14)
MOST_FAILED = 50
NEWEST_FIRST = OutgoingMail.queued_at.desc(), OutgoingMail.id.desc()


def mails_page(session: Session, query: str, number: str, at: datetime) -> Page[Row]:
    """Return the page that an address asks for of the mails of the last two weeks, the newest first: rows of the mail
    and its event's title. Every word of the query stands in a recipient's name or address or in the subject."""
    if words_of(query):
        ids = found_ids(session, query, at)
        here = page_number(len(ids), number)
        shown = _rows().where(OutgoingMail.id.in_(ids[(here - 1) * PAGE : here * PAGE]))
        return page_at(session.execute(shown.order_by(*NEWEST_FIRST)).all(), len(ids), here)
    total = session.scalar(select(func.count(OutgoingMail.id)).where(_lately(at))) or 0
    here = page_number(total, number)
    shown = _rows().where(_lately(at)).order_by(*NEWEST_FIRST).offset((here - 1) * PAGE).limit(PAGE)
    return page_at(session.execute(shown).all(), total, here)


def mails_found(session: Session, query: str, at: datetime) -> list[Row]:
    """Return all that `mails_page` would show, page after page."""
    if not words_of(query):
        return list(session.execute(_rows().where(_lately(at)).order_by(*NEWEST_FIRST)))
    found: list[Row] = []
    for ids in chunks(found_ids(session, query, at)):
        found += session.execute(_rows().where(OutgoingMail.id.in_(ids)).order_by(*NEWEST_FIRST))
    return found


def found_ids(session: Session, query: str, at: datetime) -> list[int]:
    """Return the ids of the mails in which every word of the query stands, the newest first.

    Neither database folds case and marks of all letters, so the words of two weeks' mails are read to be looked
    through.
    """
    looked = select(OutgoingMail.id, OutgoingMail.to_name, OutgoingMail.to_address, OutgoingMail.subject)
    rows = session.execute(looked.where(_lately(at)).order_by(*NEWEST_FIRST))
    return [mail_id for mail_id, *words in rows if matches(query, *words)]


def failed_mails(session: Session) -> Sequence[Row]:
    """Return the newest mails that did not go or came back, with their events' titles."""
    failed = _rows().where(OutgoingMail.state.in_(("failed", "bounced")))
    return session.execute(failed.order_by(*NEWEST_FIRST).limit(MOST_FAILED)).all()


def _rows() -> Select:
    event = Event.id == OutgoingMail.event_id
    return select(OutgoingMail, Event.title.label("event")).outerjoin(Event, event)


def _lately(at: datetime):
    return OutgoingMail.queued_at > at - DAYS
