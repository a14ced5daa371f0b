"""Two seats and more people: who comes first sits, the others wait, and each free seat goes to who is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.errors import Refused
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.clock import tick
from app.invitations.inviting import invite
from app.invitations.models import Reminder
from app.invitations.offers import events_due, offer_free_seats, offer_seat, withdraw_offer
from app.invitations.picking import remove
from app.invitees.answering import ask_again, unask
from app.invitees.queries import invitees_of
from app.mail.jobs import has_jobs
from app.mail.models import OutgoingMail
from app.mail.reading import open_mail
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW
from tests.invitations.waiting import Hall, offers_due

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AFTER_DEADLINE = datetime(2026, 9, 8, 6, 0, tzinfo=UTC)
AT_THE_EVENT = datetime(2026, 9, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def hall(session, settings):
    """Two seats for four: Otso and Pilvi sit, Lumi and Elle wait."""
    hall = Hall(session, settings, 2)
    for minutes, name in enumerate(("otso", "pilvi", "lumi", "elle")):
        hall.says(name, "coming", at=NOW + minutes * MINUTE)
    return hall


def test_who_comes_when_the_room_is_full_waits(hall):
    assert hall.all() == {"otso": "coming", "pilvi": "coming", "lumi": "waiting", "elle": "waiting"}
    assert (hall.offers(), hall.mails()) == ([], [])


def test_online_needs_no_seat(hall):
    assert hall.says("lumi", "online").choice == "accepted"
    assert (hall.all()["lumi"], hall.offers()) == ("online", [])


@pytest.mark.parametrize("choice", ["declined", "online", "tentative"])
def test_a_seat_that_becomes_free_is_offered_to_who_came_first(hall, choice):
    hall.says("otso", choice, source="phone", at=NOW + HOUR)
    assert hall.offers() == [("lumi", "open", "automatic")]
    assert hall.mails() == [("lumi", "offer")]


def test_who_takes_the_offer_sits(hall):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert hall.says("elle", "coming", at=NOW + HOUR + MINUTE).choice == "waiting", "the open offer holds the seat"
    assert hall.says("lumi", "coming", at=NOW + 2 * HOUR).choice == "accepted"
    assert hall.offers() == [("lumi", "taken", "automatic")]
    assert hall.all() == {"otso": "declined", "pilvi": "coming", "lumi": "coming", "elle": "waiting"}


def test_who_declines_it_passes_it_on(hall):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    hall.says("lumi", "declined", source="phone", at=NOW + 2 * HOUR)
    assert hall.offers() == [("lumi", "declined", "automatic"), ("elle", "open", "automatic")]
    assert hall.mails() == [("lumi", "offer"), ("elle", "offer")]


def test_who_lets_it_go_by_stays_on_the_list_and_comes_back_by_saying_so(hall, session, settings):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    ends = NOW + 25 * HOUR
    assert events_due(session, ends - MINUTE) == []
    assert events_due(session, ends) == [hall.event.id]
    assert offers_due(session, settings, ends) == 1
    assert hall.offers() == [("lumi", "expired", "automatic"), ("elle", "open", "automatic")]
    assert offers_due(session, settings, ends) == 0
    late = hall.says("lumi", "coming", at=ends + MINUTE)
    assert (late.choice, late.responded_at) == ("waiting", ends + MINUTE)
    hall.says("elle", "declined", source="phone", at=ends + HOUR)
    assert hall.offers()[2:] == [("lumi", "open", "automatic")]


def test_an_offer_that_has_ended_seats_nobody_even_before_the_clock_looks(hall):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert hall.says("lumi", "coming", at=NOW + 25 * HOUR).choice == "waiting"
    assert hall.offers() == [("lumi", "expired", "automatic"), ("elle", "open", "automatic")]


def test_raising_the_capacity_and_removing_an_invitee_free_seats(hall, session, settings):
    hall.event.capacity = 3
    session.flush()
    assert offer_free_seats(session, settings, hall.event, at=NOW + HOUR) == 1
    remove(session, hall["pilvi"], at=NOW)
    assert offer_free_seats(session, settings, hall.event, at=NOW + HOUR) == 1
    assert hall.offers() == [("lumi", "open", "automatic"), ("elle", "open", "automatic")]


def test_an_offer_is_mailed_though_its_id_was_that_of_a_removed_invitees(hall, session, settings):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    remove(session, hall["lumi"], at=NOW)
    assert offer_free_seats(session, settings, hall.event, at=NOW + 2 * HOUR) == 1
    assert hall.mails() == [("elle", "offer")]


def test_without_a_limit_everybody_who_waits_is_offered_a_seat(hall, session, settings):
    hall.event.capacity = None
    session.flush()
    assert offers_due(session, settings, NOW + HOUR) == 2
    assert hall.says("elle", "coming", at=NOW + 2 * HOUR).choice == "accepted"


def test_by_hand_nobody_is_offered_anything_by_itself_and_nobody_overtakes(hall, session, settings):
    hall.event.offers_by = "hand"
    session.flush()
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert (hall.offers(), events_due(session, NOW + DAY)) == ([], [])
    assert hall.says("otso", "coming", at=NOW + 2 * HOUR).choice == "waiting"
    offer_seat(session, settings, hall.event, hall["elle"], at=NOW + 3 * HOUR)
    assert hall.offers() == [("elle", "open", "hand")]
    with pytest.raises(Refused):
        offer_seat(session, settings, hall.event, hall["elle"], extra=True, at=NOW + 3 * HOUR)
    with pytest.raises(Refused):
        offer_seat(session, settings, hall.event, hall["lumi"], at=NOW + 3 * HOUR)
    with pytest.raises(Refused):
        offer_seat(session, settings, hall.event, hall["pilvi"], extra=True, at=NOW + 3 * HOUR)
    with pytest.raises(Refused):
        offer_seat(session, settings, hall.event, hall["lumi"], extra=True, at=AT_THE_EVENT)
    offer_seat(session, settings, hall.event, hall["lumi"], extra=True, at=NOW + 3 * HOUR)
    assert hall.offers() == [("elle", "open", "hand"), ("lumi", "open", "hand")]


def test_a_withdrawn_offer_goes_to_the_next_and_is_not_mailed_any_more(hall, session, settings):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert withdraw_offer(session, settings, hall.event, hall["lumi"], at=NOW + 2 * HOUR)
    assert hall.offers() == [("lumi", "withdrawn", "automatic"), ("elle", "open", "automatic")]
    assert hall.mails() == [("elle", "offer")]
    assert not withdraw_offer(session, settings, hall.event, hall["lumi"], at=NOW + 2 * HOUR)


def test_one_who_has_read_of_an_offer_is_told_that_it_is_withdrawn(hall, session, settings):
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "offer")).one().state = "sent"
    session.flush()
    withdraw_offer(session, settings, hall.event, hall["lumi"], at=NOW + 2 * HOUR)
    assert hall.mails() == [("lumi", "offer"), ("lumi", "offer-withdrawn"), ("elle", "offer")]


def test_nothing_is_offered_once_the_event_has_begun(hall, session, settings):
    hall.says("otso", "declined", source="phone", at=AT_THE_EVENT)
    assert (hall.offers(), events_due(session, AT_THE_EVENT)) == ([], [])


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (NOW + HOUR, NOW + 25 * HOUR),
        (AFTER_DEADLINE, AFTER_DEADLINE + DAY),
        (AT_THE_EVENT - HOUR, AT_THE_EVENT),
        (datetime(2026, 9, 7, 20, 0, tzinfo=UTC), datetime(2026, 9, 8, 0, 0, tzinfo=UTC)),
    ],
)
def test_until_when_it_may_be_answered_is_in_the_mail(hall, session, settings, at, until):
    hall["lumi"].person.language = "en"
    hall.says("otso", "declined", source="phone", at=at)
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "offer")).one()
    text = open_mail(settings, mail).text.replace("\N{NO-BREAK SPACE}", " ")
    local = until + 3 * HOUR  # in Helsinki
    assert f"{local:%A} {local.day} September 2026, {local:%H:%M}" in text
    assert "/i/" in text and "Verkostojen iltapäivä" in text


def test_who_has_no_mail_is_called(hall, session, settings):
    hall["lumi"].person.email = None
    session.flush()
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert (hall.offers(), hall.mails()) == ([], [])
    offer_seat(session, settings, hall.event, hall["lumi"], at=NOW + HOUR)
    assert (hall.offers(), hall.mails()) == ([("lumi", "open", "hand")], [])


def test_an_event_that_is_not_public_mails_nobody(session, settings):
    hall = Hall(session, settings, 1, confidentiality="JulkL 24 §")
    for name in ("otso", "pilvi"):
        hall.says(name, "coming", source="calendar")
    hall.says("otso", "declined", source="phone")
    assert (hall.standing("pilvi"), hall.offers(), hall.mails()) == ("waiting", [], [])


def test_an_extra_seat_is_one_more_than_there_is_room_for(hall, session, settings):
    assert hall.says("elle", "coming", source="phone", at=NOW + HOUR, extra=True).choice == "accepted"
    hall.says("otso", "declined", source="phone", at=NOW + HOUR)
    assert (hall.all()["elle"], hall.offers()) == ("coming", [])


def test_a_calendar_that_says_yes_to_a_full_room_is_told_so_once(hall):
    assert hall.says("lumi", "declined", source="calendar").choice == "declined"
    assert hall.says("lumi", "coming", source="calendar").choice == "waiting"
    hall.says("lumi", "coming", source="calendar")
    assert hall.mails() == [("lumi", "waiting")]


def test_who_is_asked_anew_keeps_the_seat_and_the_place_on_the_list(hall, session, settings):
    moved = NOW + HOUR
    assert ask_again(session, [one.id for one in hall.places.values()], at=moved) == 4
    assert hall.all() == dict.fromkeys(hall.places, "silent")
    assert ask_again(session, [one.id for one in hall.places.values()], at=moved + HOUR) == 0, "they are silent already"
    assert hall.says("elle", "coming", at=moved + HOUR).choice == "waiting"
    assert hall.says("lumi", "coming", at=moved + 2 * HOUR).choice == "waiting"
    assert hall.says("pilvi", "coming", at=moved + 3 * HOUR).choice == "accepted"
    hall.says("otso", "declined", source="phone", at=moved + 4 * HOUR)
    assert hall.offers() == [("lumi", "open", "automatic")], "who came first comes first still"


def test_what_is_taken_back_leaves_the_answers_as_they_were(hall, session):
    before, everybody = hall.all(), [one.id for one in hall.places.values()]
    ask_again(session, [hall["otso"].id, hall["lumi"].id], at=NOW + HOUR)
    assert unask(session, everybody, NOW + 2 * HOUR) == 0
    assert unask(session, everybody, NOW + HOUR) == 2
    assert hall.all() == before


def test_a_reminder_that_cannot_be_sent_keeps_no_other_and_no_offer(database, settings, caplog):
    at = datetime(2026, 9, 6, 12, 0, tzinfo=NOW.tzinfo)
    with database.session() as session:
        hall = Hall(session, settings, 2, 2)
        other = cast.event(session, session.get(Group, hall.event.convener_id), rsvp_deadline="2026-09-07")
        for place in hall.places.values():
            cast.invitee(session, other, session.get(Person, place.person_id))
        keys, groups = [hall.event.id, other.id], [hall.event.convener_id, hall.net.id]
        for key in keys:
            invite(session, settings, event_by_id(session, key), invitees_of(session, key), at=NOW)
            session.add(Reminder(event_id=key, about="answer", days_before=2, clock="09:00"))
        session.execute(update(Event).where(Event.id == keys[0]).values(time_zone="Europe/Nowhere"))
    try:
        tick(database, settings, at)
        with database.session(readonly=True) as session:
            reminded = select(OutgoingMail.event_id).where(OutgoingMail.kind == "reminder").distinct()
            assert session.scalars(reminded).all() == [keys[1]]
        assert len(caplog.records) == 1
    finally:
        clean(database, keys, groups)


def clean(database, keys: list[int], groups: list[int]) -> None:
    with database.session() as session:
        session.execute(OutgoingMail.__table__.delete().where(OutgoingMail.event_id.in_(keys)))
        session.execute(Event.__table__.delete().where(Event.id.in_(keys)))
        session.execute(Person.__table__.delete().where(Person.family_name == "Silta"))
        session.execute(Group.__table__.delete().where(Group.id.in_(groups)))
        if has_jobs(session):
            session.connection().exec_driver_sql("DELETE FROM procrastinate_jobs")


def test_the_clock_does_each_event_by_itself(database, settings):
    with database.session() as session:
        hall = Hall(session, settings, 1, 2)
        for name in ("otso", "pilvi"):
            hall.says(name, "coming")
        hall.event.capacity, key = 2, hall.event.id
        groups = [hall.event.convener_id, hall.net.id]
    try:
        tick(database, settings, NOW + MINUTE)
        tick(database, settings, NOW + 2 * MINUTE)
        with database.session(readonly=True) as session:
            hall.session, hall.event = session, event_by_id(session, key)
            assert hall.offers() == [("pilvi", "open", "automatic")]
    finally:
        clean(database, [key], groups)
