"""Otso sends Pilvi, who sends Lumi: who keeps the seat, who is told what, and what if somebody thinks better."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.desk.figures import figures_of
from app.invitations.models import Invitation
from app.invitees.answering import ask_again
from app.invitees.models import Representation
from app.mail.models import OutgoingMail
from tests.conftest import NOW
from tests.invitations.calendars import lines, objections
from tests.invitations.waiting import Hall
from tests.posted import opened, posted

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def full(session, settings):
    """One seat: Otso has it, Elle and Aarne wait."""
    hall = Hall(session, settings, 1, 5)
    for minutes, name in enumerate(("otso", "elle", "aarne")):
        hall.says(name, "coming", at=NOW + minutes * MINUTE)
    return hall


@pytest.fixture
def wide(session, settings):
    """Room for everybody."""
    return Hall(session, settings, None)


def bodies(session, place) -> list[int]:
    return list(session.scalars(select(Representation.group_id).where(Representation.invitee_id == place.id)))


def invited(session) -> list[str]:
    query = select(OutgoingMail.to_address).where(OutgoingMail.kind == "invitation").order_by(OutgoingMail.id)
    return [address.partition("@")[0] for address in session.scalars(query)]


def entry(mail) -> list[str]:
    [calendar] = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert objections(calendar) == []
    return lines(calendar)


def test_a_substitute_keeps_the_seat_and_the_group_and_both_are_told(full, session):
    rauha = full.sends("otso", "rauha", at=NOW + HOUR)
    assert bodies(session, rauha) == [full.net.id]
    assert full.offers() == [("rauha", "open", "place")]
    assert (invited(session), full.mails()) == (["rauha"], [("otso", "substitute")])
    assert full.says("rauha", "coming", at=NOW + 2 * HOUR).choice == "accepted"
    assert full.offers() == [("rauha", "taken", "place")]


def test_a_seat_is_kept_for_a_substitute_until_answers_are_due(full, session, settings):
    full.sends("otso", "rauha", at=NOW + HOUR)
    assert full.says("elle", "coming", at=NOW + 5 * DAY).choice == "waiting"
    assert full.says("rauha", "coming", at=NOW + 7 * DAY).choice == "waiting", (
        "answers were due on the 7th of September"
    )
    assert full.offers() == [("rauha", "expired", "place"), ("elle", "open", "automatic")]


def test_the_substitute_of_one_who_waits_waits_in_that_place(full):
    full.sends("elle", "rauha", at=NOW + HOUR)
    assert (full.standing("rauha"), full.offers()) == ("waiting", [])
    full.says("otso", "declined", source="phone", at=NOW + 2 * HOUR)
    assert full.offers() == [("rauha", "open", "automatic")], "and not Aarne, who came after Elle"


def test_an_offer_goes_along_with_the_place(full):
    full.says("otso", "declined", source="phone", at=NOW + HOUR)
    full.sends("elle", "rauha", at=NOW + 2 * HOUR)
    assert full.offers() == [("elle", "declined", "automatic"), ("rauha", "open", "place")]
    assert full.says("rauha", "coming", at=NOW + 3 * HOUR).choice == "accepted"


def test_the_substitute_of_a_silent_one_has_no_seat_before_they_answer(full):
    full.sends("pilvi", "rauha", at=NOW + HOUR)
    assert (full.standing("rauha"), full.offers()) == ("silent", [])
    assert full.says("rauha", "coming", at=NOW + 2 * HOUR).choice == "waiting"


def test_who_comes_after_all_gets_their_seat_back_and_the_substitute_is_told(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "coming", at=NOW + 2 * HOUR)
    assert full.says("otso", "coming", at=NOW + 3 * HOUR).choice == "accepted"
    assert (full.standing("rauha"), full.standing("elle")) == ("withdrawn", "waiting")
    assert full.mails() == [("otso", "substitute"), ("rauha", "cancellation"), ("otso", "changed")]


def test_who_declines_after_all_frees_the_seat(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("otso", "declined", source="phone", at=NOW + 2 * HOUR)
    assert full.offers() == [("rauha", "withdrawn", "place"), ("elle", "open", "automatic")]
    assert ("rauha", "cancellation") in full.mails()


def test_another_substitute_takes_the_seat_of_the_first(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "coming", at=NOW + 2 * HOUR)
    full.sends("otso", "hilla", at=NOW + 3 * HOUR)
    assert (full.standing("rauha"), full.standing("hilla")) == ("withdrawn", "silent")
    assert full.offers() == [("rauha", "taken", "place"), ("hilla", "open", "place")]


def test_a_substitute_who_cannot_come_gives_the_seat_back_for_a_while(full, session, settings):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "declined", at=NOW + 2 * HOUR)
    assert full.offers() == [("rauha", "declined", "place"), ("otso", "open", "place")]
    assert full.mails() == [("otso", "substitute"), ("otso", "substitute-declined")]
    assert full.says("otso", "coming", at=NOW + 3 * HOUR).choice == "accepted"
    assert full.offers()[1:] == [("otso", "taken", "place")]
    assert ("rauha", "cancellation") in full.mails()


def test_a_seat_that_was_given_back_and_not_taken_goes_to_the_next(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "declined", at=NOW + 2 * HOUR)
    assert full.says("otso", "coming", at=NOW + 2 * DAY).choice == "waiting"
    assert full.offers()[1:] == [("otso", "expired", "place"), ("elle", "open", "automatic")]


def test_a_substitute_who_can_come_after_all_takes_it_back(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "declined", at=NOW + 2 * HOUR)
    assert full.says("rauha", "coming", at=NOW + 3 * HOUR).choice == "accepted"
    assert full.offers()[1:] == [("otso", "taken", "place")]


def test_without_a_limit_the_sender_is_told_without_a_deadline(wide, session):
    wide.says("otso", "coming")
    wide.sends("otso", "rauha")
    wide.says("rauha", "declined")
    assert wide.offers() == []
    assert wide.mails() == [("otso", "substitute"), ("otso", "substitute-declined")]


def test_a_substitute_sends_another_and_all_of_them_go_when_the_first_comes(wide, session):
    wide.sends("otso", "rauha")
    hilla = wide.sends("rauha", "hilla")
    assert (wide.standing("rauha"), wide.standing("hilla"), bodies(session, hilla)) == (
        "substitute", "silent", [wide.net.id],
    )  # fmt: skip
    wide.says("hilla", "coming")
    assert figures_of(session, wide.event.id).coming == 1
    wide.says("otso", "coming")
    assert [wide.standing(name) for name in ("otso", "rauha", "hilla")] == ["coming", "withdrawn", "withdrawn"]
    assert [who for who, kind in wide.mails() if kind == "cancellation"] == ["rauha", "hilla"]
    assert figures_of(session, wide.event.id).coming == 1


def test_a_chain_keeps_one_seat(full):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.sends("rauha", "hilla", at=NOW + 2 * HOUR)
    assert full.offers() == [("rauha", "declined", "place"), ("hilla", "open", "place")]
    assert full.says("hilla", "coming", at=NOW + 3 * HOUR).choice == "accepted"
    assert full.says("otso", "coming", at=NOW + 4 * HOUR).choice == "accepted"
    assert full.standing("elle") == "waiting"


def test_the_first_may_name_the_last_of_a_chain_themselves(full, session):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.sends("rauha", "hilla", at=NOW + 2 * HOUR)
    hilla = full.sends("otso", "hilla", at=NOW + 3 * HOUR)
    assert hilla.substitute_for_id == full["otso"].id
    assert [full.standing(name) for name in ("otso", "rauha", "hilla")] == ["substitute", "withdrawn", "silent"]
    assert [who for who, kind in full.mails() if kind == "cancellation"] == ["rauha"]
    assert full.offers()[-1] == ("hilla", "open", "place")


def test_who_is_let_go_may_come_for_another(wide, session):
    wide.sends("otso", "rauha")
    wide.says("otso", "declined", source="phone")
    rauha = wide.sends("pilvi", "rauha")
    assert (rauha.substitute_for_id, wide.standing("rauha")) == (wide["pilvi"].id, "silent")


def test_who_is_named_once_more_is_asked_anew(wide, session):
    wide.sends("otso", "rauha")
    wide.says("rauha", "coming")
    wide.says("otso", "declined", source="phone")
    wide.sends("otso", "rauha", at=NOW + HOUR)
    assert wide.standing("rauha") == "silent", "they were told that they are not needed"
    assert invited(session) == ["rauha", "rauha"]


def test_the_calendar_of_a_substitute_loses_the_entry_and_gets_it_back(wide, session, settings):
    rauha = wide.sends("otso", "rauha")
    wide.says("otso", "declined", source="phone")
    [mail] = posted(session, settings, "cancellation")
    told = opened(settings, mail)
    assert "Otso Silta on vastannut uudelleen" in told.get_body(("plain",)).get_content()
    wide.sends("otso", "rauha", at=NOW + HOUR)
    first, again = posted(session, settings, "invitation")
    entries = [entry(one) for one in (opened(settings, first), told, opened(settings, again))]
    seen = [[line for line in entry if line.startswith(("METHOD", "SEQUENCE"))] for entry in entries]
    assert seen == [
        ["METHOD:REQUEST", "SEQUENCE:0"], ["METHOD:CANCEL", "SEQUENCE:1"], ["METHOD:REQUEST", "SEQUENCE:2"],
    ]  # fmt: skip
    assert len({next(line for line in entry if line.startswith("UID:")) for entry in entries}) == 1
    assert "Otso Silta on estynyt" in opened(settings, again).get_body(("plain",)).get_content()
    assert (
        session.get_one(Invitation, session.scalar(select(Invitation.id).filter_by(invitee_id=rauha.id))).cancelled_at
        is None
    )


def test_a_substitute_whose_invitation_has_not_left_hears_nothing(wide, session):
    wide.sends("otso", "rauha")
    session.execute(update(OutgoingMail).where(OutgoingMail.kind == "invitation").values(state="queued"))
    wide.says("otso", "declined", source="phone")
    assert [who for who, kind in wide.mails() if who == "rauha"] == []
    assert session.scalars(select(OutgoingMail.state).where(OutgoingMail.kind == "invitation")).all() == ["withdrawn"]


def test_a_substitute_stays_while_the_sender_is_asked_anew(full, session):
    full.sends("otso", "rauha", at=NOW + HOUR)
    full.says("rauha", "coming", at=NOW + 2 * HOUR)
    ask_again(session, [full["otso"].id, full["rauha"].id], at=NOW + 3 * HOUR)
    assert (full.standing("otso"), full.standing("rauha")) == ("silent", "silent")
    assert figures_of(session, full.event.id).answered == 2
    assert full.says("rauha", "coming", at=NOW + 4 * HOUR).choice == "accepted"
    full.sends("otso", "rauha", at=NOW + 5 * HOUR)
    assert full.standing("rauha") == "coming"
    full.says("otso", "online", at=NOW + 6 * HOUR)
    assert (full.standing("rauha"), full.offers()[-1]) == ("withdrawn", ("elle", "open", "automatic"))


def test_one_who_is_invited_already_keeps_their_own_place_and_answer(full):
    full.sends("otso", "pilvi", at=NOW + HOUR)
    assert (full.standing("otso"), full.standing("pilvi")) == ("substitute", "silent")
    assert full.offers() == [("elle", "open", "automatic")], "Otso's seat is free"
    full.says("otso", "declined", source="phone", at=NOW + 2 * HOUR)
    assert ("pilvi", "cancellation") not in full.mails()


def test_a_change_by_the_link_is_told_a_few_times_a_day(wide):
    for minutes, choice in enumerate(("coming", "coming", "declined", "online", "declined", "online", "declined")):
        wide.says("otso", choice, at=NOW + minutes * MINUTE)
    assert wide.mails() == [("otso", "changed")] * 3
    wide.says("otso", "coming", at=NOW + 2 * DAY)
    wide.says("otso", "declined", source="phone", at=NOW + 2 * DAY)
    assert wide.mails() == [("otso", "changed")] * 4
