"""The event whose papers are checked: days, letters on paper, files, long tables, every kind of question."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.queries import event_by_id
from app.files.store import store
from app.follow_ups.models import FollowUp
from app.invitations.printed import note_letters
from app.invitees.models import Invitee, Response
from app.memos.all_papers import Made, papers_of
from app.memos.memos import memo_of
from app.memos.models import Attachment
from app.people.models import Person
from app.settings import Settings
from tests.conftest import NOW
from tests.eventfiles.cases import import_case
from tests.memos.held import held_event


def days_event(session: Session, settings: Settings) -> Event:
    """An event of two days that was held: a long table of proposals, a list of participants and files as attachments,
    nested lists, quotes and notes in its text, everybody awaited, two letters on paper."""
    event = held_event(session)
    event.ends_at = datetime(2026, 9, 11, 15, 0)
    session.add(
        AgendaItem(event_id=event.id, position=3, title="Toinen päivä", at=datetime(2026, 9, 11, 9), minutes=60)
    )
    memo = memo_of(session, event.id)
    files = [("Liitekartta", "kartta.png", "image/png"), ("Ääkkösiä – ja välejä", "väli ä.pdf", "application/pdf")]
    for place, (title, name, kind) in enumerate(files, 10):
        sha256 = store(session, title.encode())
        memo.attachments.append(Attachment(position=place, title=title, file_name=name, media_type=kind, sha256=sha256))
    text = "> Lainaus.\n>\n> > Syvempi.\n\n1. Yksi\n   - kaksi\n\n     kolme\n2. Neljä^[Viite [linkkiin](https://silta.example).]"
    memo.sections[0].body = text
    for place in range(1, 60):
        session.add(FollowUp(event_id=event.id, position=place, text=f"Ehdotus {place}.", due=date(2027, 1, 31)))
    for invitee in session.scalars(select(Invitee).where(Invitee.event_id == event.id)):
        session.add(Response(invitee_id=invitee.id, choice="accepted", source="phone", responded_at=NOW))
        session.get(Person, invitee.person_id).email = None
    session.commit()
    session.expire_all()
    note_letters(session, settings, event_by_id(session, event.id), at=NOW)
    session.commit()
    return event_by_id(session, event.id)


def every_key_event(session: Session, _settings: Settings) -> Event:
    """The event file of every key: every kind of question, minutes, classes, an hour that occurs twice."""
    return event_by_id(session, import_case(session).event_id)


EVENTS = {"days": days_event, "every key": every_key_event}


def papers(session: Session, settings: Settings, event: Event, language: str, layout: str) -> list[tuple[str, Made]]:
    """Return all papers of an event as they would be in a language and a layout."""
    event.language = language
    memo = memo_of(session, event.id)
    if memo:
        memo.layout = layout
    session.flush()
    return papers_of(session, settings, event, at=NOW)
