"""Helmi keeps an event as a template. It never takes place: nothing but the list of templates tells of it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.agenda.queries import agenda_of
from app.distribution.typed import offers
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitees.models import Invitee
from app.mail.models import OutgoingMail
from app.series.templates import event_templates, keep_as_template
from tests import cast
from tests.test_query_counts import addresses
from tests.worlds import World

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TITLE = "Harvinainen mallikokous"


@pytest.fixture
def meeting(session) -> Event:
    board = cast.group(session, "Siltaneuvosto", chair=[cast.person(session, "Aarne Aho")])
    made = cast.event(session, board, title="Siltaneuvoston kokous", series="Siltaneuvosto", kind="meeting")
    cast.invitee(session, made, cast.person(session, "Otso Orava"))
    session.commit()
    return event_by_id(session, made.id)


def kept(session, event, name="Kokous") -> Event:
    template = keep_as_template(session, event, name)
    session.commit()
    return template


def test_an_event_is_kept_renamed_and_deleted(signed_in, session, meeting):
    answer = signed_in.post(f"/events/{meeting.id}/template", data={"name": "Neuvoston kokous"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/templates")
    [one] = event_templates(session)
    assert (one.event.template, one.event.title) == ("Neuvoston kokous", "Siltaneuvoston kokous")
    assert session.query(Invitee).filter_by(event_id=one.event.id).count() == 0
    assert "Neuvoston kokous" in signed_in.get("/templates").text
    signed_in.post(f"/templates/{one.event.id}", data={"name": "Kokous"})
    session.expire_all()
    assert [it.event.template for it in event_templates(session)] == ["Kokous"]
    answer = signed_in.post(f"/events/{one.event.id}/delete")
    assert answer.headers["location"] == "/templates"
    assert event_templates(session) == []


def test_two_templates_have_two_names(signed_in, session, meeting):
    first, second = kept(session, meeting), kept(session, meeting, "Toinen")
    for path in (f"/events/{meeting.id}/template", f"/templates/{second.id}"):
        for name, problem in (("Kokous", "Kokous"), ("", "nimi")):
            answer = signed_in.post(path, data={"name": name})
            assert answer.status_code == 422
            assert 'href="#field-name"' in answer.text and problem in answer.text
    assert signed_in.post(f"/templates/{first.id}", data={"name": "Kokous"}).status_code == 303
    assert signed_in.get(f"/templates/{meeting.id}").status_code == 404


def test_an_event_is_convened_from_a_template_and_joins_its_series(signed_in, session, meeting):
    template = kept(session, meeting)
    assert 'value="2026-10-08"' in signed_in.get(f"/events/{template.id}/copy").text
    data = {"title": "Kokous 4", "date": "2026-10-08", "starts": "9.00", "ends": "11.00", "series": "Siltaneuvosto"}
    answer = signed_in.post(f"/events/{template.id}/copy", data=data)
    event = event_by_id(session, int(answer.headers["location"].split("/")[2]))
    assert (event.title, event.template, event.starts_at) == ("Kokous 4", None, datetime(2026, 10, 8, 9))
    assert "Siltaneuvosto" in signed_in.get(f"/series/{event.id}").text


def test_a_template_is_written_as_an_event_and_nothing_is_sent_from_it(signed_in, session, meeting):
    template = kept(session, meeting)
    here = f"/events/{template.id}"
    assert signed_in.post(f"{here}/agenda", data={"title": "Avaus", "kind": "item"}).status_code == 303
    assert [item.title for item in agenda_of(session, template.id)] == ["Avaus"]
    assert signed_in.post(f"{here}/memo").status_code == 303
    person = session.scalars(select(Invitee.person_id)).first()
    for path, data in {
        "invitation": {"kind": "person", "named": "Otso Orava", "chosen": str(person)},
        "invitation/send": {}, "update": {}, "cancel": {}, "reminders": {}, "day": {}, "sent": {}, "follow-ups": {},
    }.items():  # fmt: skip
        answer = signed_in.post(f"{here}/{path}", data=data)
        assert (path, answer.status_code) in ((path, 409), (path, 405))
    assert session.query(OutgoingMail).count() == 0
    assert session.query(Invitee).filter_by(event_id=template.id).count() == 0
    assert "Kokous" in signed_in.get(here).text


@pytest.mark.long
@SQLITE
def test_no_page_of_the_desk_tells_of_a_template_but_their_list(signed_in, session, settings):
    """A template of everything that the first event of the world is of: its convener, series, place and words."""
    world = World(session, settings)
    first = event_by_id(session, world.ids["event_id"])
    template = keep_as_template(session, first, "Malli kaikesta")
    template.title, template.place, template.series = TITLE, first.place, first.series
    session.commit()
    telling = []
    for url, _status in addresses(world.ids):
        if TITLE in signed_in.get(url).text:
            telling.append(url)
    for words in ("Harvinainen", "mallikokous", "Rakennusten"):
        telling += [url for url in (f"/search?q={words}", f"/?q={words}") if TITLE in signed_in.get(url).text]
    assert telling == ["/templates"]
    assert [one.name for one in offers(session, "event", "Harvinainen")] == []
