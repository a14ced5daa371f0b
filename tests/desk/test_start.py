"""The start page: every convening one line, in time order, with what is next."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from app.attendance.models import Attendance
from app.desk.convenings import SHOWN_FINISHED
from app.events.queries import event_by_id
from app.files.store import store
from app.invitees.models import Response
from app.mail.models import OutgoingMail
from app.memos.memos import begin_memo
from app.memos.models import Issue
from tests import cast
from tests.conftest import NOW, counting

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def board(session):
    return cast.group(session, "Rakennusneuvosto", chair=[cast.person(session, "Aarne Aalto")])


def mail(session, event, n, state="sent", kind="memo"):
    session.add(
        OutgoingMail(
            key=f"{event.id}-{n}", kind=kind, event_id=event.id, to_name="Otso", to_address="otso@rm.example",
            domain="rm.example", subject="Muistio", message_id=f"{event.id}-{n}@koolle.example", written=True,
            state=state, due_at=NOW, queued_at=NOW,
        )
    )  # fmt: skip


def finished(session, board, day):
    event = cast.event(session, board, title=f"Valmis {day}", starts_at=datetime(2026, 6, day, 9), ends_at=None)
    memo = begin_memo(session, event_by_id(session, event.id), NOW.date())
    session.flush()
    sha256 = store(session, b"%PDF")
    session.add(Issue(memo_id=memo.id, version=1, issued_at=NOW, title=event.title, sha256=sha256, fields={}))
    mail(session, event, 1)
    return event


def lines(page):
    found = re.findall(
        r'convening-title"><a[^>]*>([^<]*)</a>.*?</svg></span>([^<]*)</b><span>([^<]*)<', page.text, re.S
    )
    return [tuple(part.strip() for part in line) for line in found]


def test_nothing_yet_teaches_and_leads_on(signed_in):
    page = signed_in.get("/")
    assert 'href="/events/new"' in page.text
    assert lines(page) == []


def test_convenings_stand_in_time_order_with_what_is_next(signed_in, session, board):
    october = cast.event(session, board, title="Lokakuu", starts_at=datetime(2026, 10, 1, 9), ends_at=None)
    september = cast.event(session, board, title="Syyskuu", rsvp_deadline="2026-09-04")
    past = cast.event(session, board, title="Elokuu", starts_at=datetime(2026, 8, 20, 9), ends_at=None)
    session.add(Attendance(event_id=past.id, position=0, given_name="Otso", family_name="Ojala"))
    for position in range(3):
        invitee = cast.invitee(session, september, cast.person(session, f"Otso Ojala{position}"), position=position)
        if position < 2:
            session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
    session.commit()
    page = signed_in.get("/", headers=ENGLISH)
    assert october.id < september.id < past.id
    assert lines(page) == [
        ("Elokuu", "Memo", "1 came; the memo is to be written"),
        ("Syyskuu", "Answers", "2 of 3 have answered; answers are due on Friday 4\xa0September 2026"),
        ("Lokakuu", "Prepare", "The agenda is to be written"),
    ]


def test_what_is_finished_stands_below_and_the_old_ones_on_demand(signed_in, session, board):
    for day in range(1, SHOWN_FINISHED + 3):
        finished(session, board, day)
    session.commit()
    page = signed_in.get("/", headers=ENGLISH)
    assert [line[0] for line in lines(page)] == [f"Valmis {day}" for day in range(SHOWN_FINISHED + 2, 2, -1)]
    assert "Show 2 older events" in page.text
    assert len(lines(signed_in.get("/?finished=all", headers=ENGLISH))) == SHOWN_FINISHED + 2
    assert lines(page)[0][2] == "The memo was sent to 1 person"


def test_a_cancelled_event_stands_among_the_finished_and_says_so(signed_in, session, board):
    event = cast.event(session, board, title="Syyskuu", cancelled_at=NOW)
    cast.invitee(session, event, cast.person(session, "Otso Ojala"))
    session.commit()
    page = signed_in.get("/", headers=ENGLISH)
    assert lines(page) == [("Syyskuu", "Cancelled", "The event was cancelled 1\xa0September\xa02026")]
    assert "Everything is done" in page.text
    assert '<span class="line-figure">cancelled</span>' in signed_in.get(f"/events/{event.id}", headers=ENGLISH).text


def test_mails_that_did_not_go_wait_on_the_secretary(signed_in, session, board):
    event = cast.event(session, board)
    for n in range(2):
        mail(session, event, n, state="failed", kind="invitation")
    session.commit()
    page = signed_in.get("/", headers=ENGLISH)
    assert "2 mails did not go" in page.text
    assert f'href="/events/{event.id}/invitation"' in page.text


def test_a_substitute_who_is_no_longer_needed_is_not_counted(signed_in, session, board):
    event = cast.event(session, board)
    otso = cast.invitee(session, event, cast.person(session, "Otso Ojala"))
    pilvi = cast.invitee(session, event, cast.person(session, "Pilvi Pelto"), substitute_for_id=otso.id)
    for values in ({"choice": "declined", "substitute_id": pilvi.id}, {"choice": "accepted"}):
        session.add(Response(invitee_id=otso.id, source="link", responded_at=NOW, **values))
        session.commit()
        seen = lines(signed_in.get("/", headers=ENGLISH))[0][2]
        assert seen == ("1 of 2 have answered" if "substitute_id" in values else "All have answered; 1 is coming")


def test_the_page_costs_the_same_for_one_and_for_three(signed_in, session, connection, board):
    counts = []
    for day in range(1, 4):
        cast.event(session, board, starts_at=datetime(2026, 9, day + 9, 9))
        session.commit()
        with counting(connection) as statements:
            assert len(lines(signed_in.get("/"))) == day
        counts.append(len(statements))
    assert counts == [7, 7, 7]
