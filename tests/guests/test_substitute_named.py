"""Otso writes somebody's address and any name: the address book, which knows the address, tells him nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.events.queries import event_by_id
from app.invitations.receiving import receive, receive_substitute
from app.invitees.models import Invitee
from app.invitees.queries import invitee_by_id
from tests import cast
from tests.conftest import NOW
from tests.guests.test_undoing import undo_in
from tests.posted import opened as opened_mail
from tests.posted import posted

NAMED = {"name": "Kuka Lie", "email": "X@ministry.example"}
WHOSE = "Tuulikki Salavuori"


@pytest.fixture
def known(session, stage):
    """Whose address it is, in the event's own address book."""
    person = cast.person(session, WHOSE, "x@ministry.example")
    session.commit()
    return person


def told(client, session, settings, page, to="otso@rm.example") -> str:
    """All that Otso reads: his page, and his mails."""
    client.cookies.set("language", "en")
    mails = [opened_mail(settings, one) for one in posted(session, settings) if one.to_address == to]
    return client.get(page).text + "".join(str(one["Subject"]) + one.get_body().get_content() for one in mails)


def declines(session, settings, stage, at=NOW):
    [place] = session.query(Invitee).filter_by(substitute_for_id=stage.otso.id)
    place = invitee_by_id(session, stage.event.id, place.id)
    receive(session, settings, event_by_id(session, stage.event.id), place, choice="declined", source="link", at=at)
    session.commit()


def test_whom_a_guest_names_is_called_as_they_wrote(client, session, settings, stage, known, opened, answer):
    page = opened(stage.otso_link)
    fields = {"substitute_name": NAMED["name"], "substitute_email": NAMED["email"]}
    answer(page, answer="substitute", **fields)
    text = told(client, session, settings, page)
    assert ("x@ministry.example comes in your place" in text, "Kuka Lie" in text, WHOSE in text) == (True, True, False)
    declines(session, settings, stage)
    text = told(client, session, settings, page)
    assert ("x@ministry.example cannot come in your place" in text, WHOSE in text) == (True, False)
    answer(page, answer="coming")
    client.post(undo_in(settings, posted(session, settings, "changed")[-1]))
    text = told(client, session, settings, page)
    assert ("x@ministry.example" in text, WHOSE in text) == (True, False)
    invitation = [one for one in posted(session, settings, "invitation") if one.to_address == known.email][0]
    assert invitation.to_name == WHOSE  # whoever is invited is called by their own


def test_whom_the_secretariat_wrote_down_is_called_by_name(client, session, settings, stage, known, opened, answer):
    event = event_by_id(session, stage.event.id)
    receive_substitute(session, settings, event, stage.otso, **NAMED, source="phone", at=NOW)
    session.commit()
    page = opened(stage.otso_link)
    text = told(client, session, settings, page)
    assert (f"{WHOSE} comes in your place" in text, known.email in text) == (True, False)
    declines(session, settings, stage, NOW + timedelta(hours=1))
    text = told(client, session, settings, page)
    assert (f"{WHOSE} cannot come in your place" in text, known.email in text) == (True, False)
