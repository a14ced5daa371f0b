"""Helmi sees who waits and in which order, offers a seat, withdraws it, and seats one more than there is room for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW, counting
from tests.invitations.waiting import Hall

HTMX = {"HX-Request": "true"}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(session, settings, signed_in):
    """One seat: Otso has it, Pilvi and Lumi wait, Elle is silent; seats are offered by hand."""
    signed_in.cookies.set("language", "en")
    hall = Hall(session, settings, 1, offers_by="hand")
    for minutes, name in enumerate(("otso", "pilvi", "lumi")):
        hall.says(name, "coming", at=NOW + (minutes - 10) * MINUTE)
    session.commit()
    return hall


def page(signed_in, hall, query="") -> str:
    text = signed_in.get(f"/events/{hall.event.id}/answers{query}").text
    return text.replace("\N{NO-BREAK SPACE}", " ")


def press(signed_in, hall, name, what, **posted):
    return signed_in.post(f"/events/{hall.event.id}/invitees/{hall[name].id}/{what}", data=posted)


def test_the_waiting_list_stands_in_its_order(signed_in, hall, session):
    hall["lumi"].position = -1  # papers name Lumi first; she came second
    session.commit()
    text = page(signed_in, hall, "?show=waiting")
    assert "1 of 1 seats are taken. 2 people wait." in text and "You offer free seats yourself." in text
    assert text.index("place 1 on the list") < text.index("Lumi Silta</a>") < text.index("place 2 on the list")
    assert "Offer an extra seat to Pilvi Silta" in text and "Elle Silta" not in text


def test_a_free_seat_is_offered_by_a_press_and_withdrawn_by_another(signed_in, hall, session):
    hall.says("otso", "declined", source="phone")
    session.commit()
    assert "Offer a seat to Lumi Silta" in page(signed_in, hall)
    answer = press(signed_in, hall, "lumi", "offer", show="waiting")
    assert answer.headers["location"] == f"/events/{hall.event.id}/answers?show=waiting"
    assert hall.offers() == [("lumi", "open", "hand")]
    text = page(signed_in, hall)
    assert "0 of 1 seats are taken and 1 kept." in text
    assert "place 2 on the list; has been offered a seat, until 2 September 2026, 12:00" in text
    assert "Withdraw the offer" in text and "Offer an extra seat to Pilvi Silta" in text
    assert press(signed_in, hall, "lumi", "offer/withdraw").status_code == 303
    assert hall.offers() == [("lumi", "withdrawn", "hand")]
    assert "did not take the seat offered until" in page(signed_in, hall)


def test_to_htmx_the_table_comes_back(signed_in, hall):
    url = f"/events/{hall.event.id}/invitees/{hall['pilvi'].id}/offer"
    answer = signed_in.post(url, data={"extra": "yes", "show": "waiting"}, headers=HTMX)
    assert answer.text.strip().startswith('<div id="answers"') and "Otso Silta" not in answer.text
    assert "Pilvi Silta has been offered a seat." in answer.text


def test_a_seat_that_is_gone_meanwhile_is_not_offered(signed_in, hall):
    assert press(signed_in, hall, "pilvi", "offer").status_code == 409
    assert press(signed_in, hall, "otso", "offer", extra="yes").status_code == 409
    assert hall.offers() == []


def test_on_the_telephone_the_secretary_chooses_between_the_list_and_an_extra_seat(signed_in, hall, session):
    posted = {"answer": "coming", "source": "phone", "comment": "Soittaa uudelleen"}
    refused = press(signed_in, hall, "elle", "answer", **posted)
    assert refused.status_code == 422 and 'id="field-full-error"' in refused.text
    assert "1 of 1 seats are taken." in refused.text and "Soittaa uudelleen" in refused.text
    assert press(signed_in, hall, "elle", "answer", **posted, full="waiting").status_code == 303
    assert hall.standing("elle") == "waiting"
    assert press(signed_in, hall, "elle", "answer", **posted, full="extra").status_code == 303
    assert hall.all() == {"otso": "coming", "pilvi": "waiting", "lumi": "waiting", "elle": "coming"}


def test_who_has_a_seat_is_not_asked_about_it(signed_in, hall):
    assert 'name="full"' not in page(signed_in, hall, f"?open={hall['otso'].id}")
    assert 'name="full"' in page(signed_in, hall, f"?open={hall['elle'].id}")
    assert press(signed_in, hall, "otso", "answer", answer="coming", source="letter").status_code == 303


def test_an_empty_list_says_what_it_is_for(signed_in, hall, session):
    for name in ("pilvi", "lumi"):
        hall.says(name, "declined", source="phone")
    session.commit()
    assert "Nobody waits for a seat" in page(signed_in, hall, "?show=waiting")
    hall.event.capacity = None
    session.commit()
    text = page(signed_in, hall)
    assert "waiting for a seat" not in text and "seats are taken" not in text


def test_more_seats_are_offered_as_soon_as_the_details_are_saved(signed_in, hall, session):
    details = {
        "title": "Sillat", "convener": hall.event.convener_id, "date": "2026-09-10", "starts": "13:00",
        "ends": "15:00", "language": "fi", "time_zone": "Europe/Helsinki", "deadline": "2026-09-07",
        "capacity": "2", "offers_by": "automatic", "offer_hours": "36",
    }  # fmt: skip
    assert signed_in.post(f"/events/{hall.event.id}/details", data=details).status_code == 303
    assert hall.offers() == [("pilvi", "open", "automatic")]
    signed_in.post(f"/events/{hall.event.id}/invitees/{hall['otso'].id}/remove")
    assert hall.offers()[1:] == [("lumi", "open", "automatic")]


def test_who_has_no_mail_is_to_be_called(signed_in, hall, session):
    hall.event.offers_by = "automatic"
    hall["pilvi"].person.email = None
    session.commit()
    hall.says("otso", "declined", source="phone")
    session.commit()
    assert "A seat is free for Pilvi Silta, whom no mail reaches: call them." in page(signed_in, hall)


def test_the_sender_of_one_who_cannot_come_is_shown_so(signed_in, hall, session):
    hall.sends("otso", "rauha")
    session.commit()
    assert "a seat is kept until 7 September 2026, 23:59" in page(signed_in, hall)
    hall.says("rauha", "declined")
    session.commit()
    assert "sends Rauha Sija, who cannot come" in page(signed_in, hall)


def test_the_table_costs_the_same_however_many_wait(signed_in, hall, connection):
    with counting(connection) as two:
        page(signed_in, hall)
    hall.says("elle", "coming")
    hall.session.commit()
    with counting(connection) as three:
        page(signed_in, hall)
    assert len(two) == len(three)
