"""Helmi takes a memo back at the moment in which Otso opens it: what somebody has opened stays issued."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, select, text

from app.events.models import Event
from app.events.queries import event_by_id
from app.files.models import StoredFile
from app.files.store import store
from app.guests.papers import note_opened
from app.mail.models import OutgoingMail
from app.memos.memos import memo_of
from app.memos.models import Copy, Issue, Memo
from app.memos.taking_back import take_back
from app.people.models import Group, Person, RecipientField
from tests import cast
from tests.conftest import NOW

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite has one writer at a time


@pytest.fixture
def issued(database):
    """Otso's and Pilvi's copies of a memo, committed, whose mails still wait; removed afterwards."""
    with database.session() as session:
        board = cast.group(session, "Vastakkaisneuvosto")
        event = event_by_id(session, cast.event(session, board).id)
        fields = [RecipientField(), RecipientField()]
        session.add_all(fields)
        session.flush()
        memo = Memo(event_id=event.id, show=[], distribution_id=fields[0].id, for_information_id=fields[1].id)
        session.add(memo)
        session.flush()
        sha256 = store(session, b"%PDF-memo")
        issue = Issue(memo_id=memo.id, version=1, issued_at=NOW, title="Muistio", sha256=sha256, fields={})
        session.add(issue)
        session.flush()
        for name in ("Otso", "Pilvi"):
            person = cast.person(session, f"{name} Vastakkainen")
            session.add(Copy(issue_id=issue.id, person_id=person.id, field="distribution", reached_by="Osallistuneet"))
            session.add(
                OutgoingMail(
                    key=f"memo:{issue.id}:{person.id}", kind="memo", event_id=event.id, person_id=person.id,
                    to_name=person.name, to_address=person.email, domain="rm.example", subject="Muistio",
                    message_id=f"<{name}@koolle.example>", queued_at=NOW, due_at=NOW + timedelta(minutes=1),
                )
            )  # fmt: skip
        key, group = event.id, board.id
    yield key
    with database.session() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.event_id == key))
        session.execute(delete(Event).where(Event.id == key))
        session.execute(delete(RecipientField).where(RecipientField.id.in_([one.id for one in fields])))
        session.execute(delete(Person).where(Person.family_name == "Vastakkainen"))
        session.execute(delete(Group).where(Group.id == group))
        session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256))


def opens(session, event):
    otso = session.scalars(select(Person.id).where(Person.given_name == "Otso", Person.family_name == "Vastakkainen"))
    note_opened(session, event, otso.one(), NOW)


def takes_back(session, event):
    memo = memo_of(session, event.id)
    take_back(session, event, memo, session.scalars(select(Issue).where(Issue.memo_id == memo.id)).one())


def wait_until_it_waits(database):
    """Until the other session stands before a row that is locked."""
    with database.session(readonly=True) as session:
        for _look in range(200):
            if session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
            sleep(0.05)
    raise AssertionError("it waits for nothing")


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [(opens, takes_back, [("Otso", True)]), (takes_back, opens, [])],
    ids=["opened first", "taken back first"],
)
def test_what_is_opened_while_it_is_taken_back_stays_with_who_opened_it(database, issued, first, second, left):
    def press():
        with database.session() as session:
            second(session, event_by_id(session, issued))

    other = Thread(target=press)
    with database.session() as session:
        first(session, event_by_id(session, issued))
        other.start()
        wait_until_it_waits(database)
    other.join(10)
    with database.session(readonly=True) as session:
        copies = select(Person.given_name, Copy.opened_at.is_not(None)).join(Person, Person.id == Copy.person_id)
        assert session.execute(copies.where(Person.family_name == "Vastakkainen")).all() == left
        memo = memo_of(session, issued)
        issues = session.scalars(select(Issue.version).where(Issue.memo_id == memo.id)).all()
        assert issues == [1] * len(left)
