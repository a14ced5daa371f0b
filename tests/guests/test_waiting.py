"""Elle finds the room full, waits, and is offered a seat; Otso is asked anew; Pilvi cannot come in his place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.events.queries import event_by_id
from app.invitations.receiving import receive, receive_substitute
from app.invitees.answering import ask_again
from app.invitees.models import Offer, Response
from app.invitees.queries import current_responses
from tests.conftest import NOW
from tests.invitations.waiting import offers_due

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def in_english(client):
    client.cookies.set("language", "en")


@pytest.fixture
def full(session, settings, stage):
    """One seat, which Otso has."""
    stage.event = event_by_id(session, stage.event.id)
    stage.event.capacity = 1
    says(session, settings, stage, stage.otso, "accepted")
    session.commit()
    return stage


def says(session, settings, stage, who, choice, at=NOW):
    mode = "in_person" if choice == "accepted" else None
    receive(session, settings, stage.event, who, choice=choice, mode=mode, source="phone", at=at)
    session.commit()


def text_of(client, page, at=NOW) -> str:
    client.app.state.clock = lambda: at
    return client.get(page).text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_says_beforehand_that_the_room_is_full(client, session, full, opened, answer):
    page = opened(full.elle_link)
    text = text_of(client, page)
    assert "The room is full. If you answer that you are coming, you are put on the waiting list" in text
    assert "You can also take part online." in text
    assert answer(page, answer="coming").status_code == 303
    text = text_of(client, page)
    assert "You are on the waiting list" in text and "You get an offer by e-mail when a seat is free for you." in text
    assert current_responses(session, full.event.id)[full.elle.id].choice == "waiting"
    assert answer(page, answer="online").status_code == 303
    assert "You take part online" in text_of(client, page)


def test_who_has_a_seat_is_not_told_that_the_room_is_full(client, full, opened):
    assert "The room is full" not in text_of(client, opened(full.otso_link))


def test_a_free_seat_is_offered_with_a_deadline_and_taken_by_a_press(client, session, settings, full, opened, answer):
    says(session, settings, full, full.elle, "accepted")
    says(session, settings, full, full.otso, "declined", NOW + HOUR)
    page = opened(full.elle_link)
    text = text_of(client, page)
    assert "A seat is free for you" in text
    assert "It is kept for you until Wednesday 2 September 2026, 13:00." in text
    assert session.scalar(select(Offer.state)) == "open", "to look at it changes nothing"
    answer(page, answer="coming")
    session.expire_all()
    assert "You are coming" in text_of(client, page)
    assert session.scalar(select(Offer.state)) == "taken"


def test_an_offer_can_be_answered_after_the_deadline_for_answers(client, session, settings, full, opened, answer):
    says(session, settings, full, full.elle, "accepted")
    late = NOW + timedelta(days=7)
    says(session, settings, full, full.otso, "declined", late)
    page = opened(full.elle_link)
    assert "A seat is free for you" in text_of(client, page, late + HOUR)
    assert answer(page, answer="coming").status_code == 303
    assert "You are coming" in text_of(client, page, late + HOUR)
    assert answer(page, answer="declined").status_code == 409


def test_who_is_too_late_is_told_so_kindly_and_still_waits(client, session, settings, full, opened, answer):
    says(session, settings, full, full.elle, "accepted")
    says(session, settings, full, full.otso, "declined", NOW + HOUR)
    ended = NOW + 26 * HOUR
    page = opened(full.elle_link)
    for _clock_has_looked in (False, True):
        text = text_of(client, page, ended)
        assert "was kept until 2 September 2026, 13:00. You are still on the waiting list." in text
        offers_due(session, settings, ended)
        session.commit()
    answer(page, answer="coming")
    session.expire_all()
    assert current_responses(session, full.event.id)[full.elle.id].choice == "accepted", "nobody else waits for it"


def test_who_is_asked_anew_is_told_what_they_had_answered(client, session, settings, stage, opened, answer):
    says(session, settings, stage, stage.otso, "accepted")
    ask_again(session, [stage.otso.id, stage.elle.id], at=NOW + HOUR)
    session.commit()
    page = opened(stage.otso_link)
    text = text_of(client, page)
    assert "Please answer again" in text
    assert "The time or the place has changed. You had answered: coming." in text
    assert 'class="change"' not in text, "the form stands open"
    answer(page, answer="declined")
    assert "You are not coming" in text_of(client, page)
    history = select(Response.choice).where(Response.invitee_id == stage.otso.id).order_by(Response.id)
    assert list(session.scalars(history)) == ["accepted", "asked", "declined"]


def test_who_sends_somebody_who_cannot_come_is_told_so(client, session, settings, full, opened, answer):
    named = {"name": "Pilvi Puro", "email": "pilvi@rm.example"}
    pilvi = receive_substitute(session, settings, full.event, full.otso, **named, source="link", at=NOW)
    says(session, settings, full, pilvi, "declined", NOW + HOUR)
    page = opened(full.otso_link)
    text = text_of(client, page)
    assert "pilvi@rm.example cannot come in your place" in text and "Your seat is kept for you until" in text
    answer(page, answer="coming")
    assert "You are coming" in text_of(client, page)


def test_a_substitute_for_whom_a_seat_is_kept_reads_so(client, session, settings, full, opened, link):
    named = {"name": "Pilvi Puro", "email": "pilvi@rm.example"}
    pilvi = receive_substitute(session, settings, full.event, full.otso, **named, source="link", at=NOW)
    session.commit()
    text = text_of(client, opened(link(full.event, pilvi.person_id)))
    assert "A seat is kept for you until Monday 7 September 2026, 23:59." in text
    assert "The room is full" not in text
