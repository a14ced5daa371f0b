"""Somebody with Otso's link has changed his answer: the mail about it has a link that puts it back, once."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from app.invitees.queries import responses_of
from app.links.models import PersonalLink
from tests.conftest import NOW
from tests.guests.test_opening import everything
from tests.posted import opened as opened_mail
from tests.posted import posted


@pytest.fixture
def changed(client, session, settings, stage, opened, answer):
    """Otso comes by train; the path of the link that undoes what was said then."""
    page = opened(stage.otso_link)
    answer(page, answer="coming", comment="Junalla")
    answer(page, answer="declined")
    return undo_in(settings, posted(session, settings, "changed")[-1])


def undo_in(settings, mail) -> str:
    text = opened_mail(settings, mail).get_body(("plain",)).get_content()
    [url] = re.findall(r"http\S+/i/undo/\S+", text)
    return urlsplit(url).path


def said(session, invitee) -> list[tuple[str, str | None]]:
    session.expire_all()
    return [(one.choice, one.comment) for one in responses_of(session, invitee.id)]


def test_looking_changes_nothing_and_a_press_puts_it_back(client, session, settings, stage, changed):
    before = everything(session)
    for _time in range(2):
        client.head(changed)
        assert "name=" not in client.get(changed).text.rpartition("<form")[2].partition("</form")[0]
    assert everything(session) == before
    assert client.post(changed).status_code == 200
    assert said(session, stage.otso) == [("accepted", "Junalla"), ("declined", None), ("accepted", "Junalla")]
    assert len(posted(session, settings, "changed")) == 1  # of what was put back nobody is told


def test_it_says_whom_to_ask_in_the_language_that_is_chosen(client, changed):
    for language, words in (("fi", "Palauta vastaus ”tulossa”"), ("sv", "Återställ svaret ”kommer”")):
        client.cookies.set("language", language)
        page = client.get(changed).text
        assert (words in page, 'href="mailto:' in page) == (True, True)
    assert 'href="mailto:' in client.post(changed).text


def test_it_works_once(client, session, stage, changed):
    client.post(changed)
    assert [client.post(changed).status_code, client.get(changed).status_code] == [410, 410]
    assert len(said(session, stage.otso)) == 3


def test_after_another_answer_or_a_week_it_has_ended(client, session, stage, changed, opened, answer):
    client.app.state.clock = lambda: NOW + timedelta(days=7)
    assert client.post(changed).status_code == 410
    client.app.state.clock = lambda: NOW
    answer(opened(stage.otso_link), answer="coming")
    assert client.post(changed).status_code == 410


@pytest.mark.parametrize("how", ["renewed", "revoked"])
def test_it_dies_with_the_link(client, session, signed_in, stage, changed, how):
    action = {"renewed": "renew", "revoked": "revoke"}[how]
    signed_in.post(f"/events/{stage.event.id}/invitees/{stage.otso.id}/link", data={"action": action})
    assert client.post(changed).status_code == 404
    assert len(said(session, stage.otso)) == 2


def test_of_what_is_public_no_more_it_tells_nothing(client, session, stage, changed):
    """The page says what the event is called; of one that is not public, a link and no code tell nothing."""
    stage.event.confidentiality = "Salassa pidettävä"
    session.commit()
    answers = client.get(changed), client.post(changed)
    assert [(one.status_code, stage.event.title in one.text) for one in answers] == [(410, False), (410, False)]
    assert len(said(session, stage.otso)) == 2


def test_no_purpose_opens_another(client, session, stage, changed):
    token = changed.rpartition("-")[2]
    number = changed.rpartition("/")[2].partition("-")[0]
    link = stage.otso_link.rpartition("/")[2]
    tries = [f"/i/{token}", f"/i/undo/{number}-{link}", f"/i/undo/{int(number) - 1}-{token}", f"/i/undo/{token}"]
    tries += [f"/i/undo/{number}-{token[:-1]}", f"/i/undo/0{number}-{token}", "/i/undo/99999999999-" + token]
    assert {path: client.get(path).status_code for path in tries} == dict.fromkeys(tries, 404)
    assert session.query(PersonalLink).count() == 2


def test_who_answers_for_the_first_time_or_the_same_gets_no_mail(client, session, settings, stage, opened, answer):
    page = opened(stage.otso_link)
    answer(page, answer="coming")
    answer(page, answer="coming", comment="Junalla")
    assert posted(session, settings, "changed") == []


def test_a_hundred_changes_are_three_mails(client, session, settings, stage, opened, answer):
    page = opened(stage.otso_link)
    for choice in ["coming", "declined"] * 6:
        answer(page, answer=choice)
    assert len(posted(session, settings, "changed")) == 3


def test_the_substitute_comes_again(client, session, settings, stage, opened, answer):
    page = opened(stage.otso_link)
    answer(page, answer="substitute", substitute_name="Lumi Lahti", substitute_email="lumi@rm.example")
    answer(page, answer="coming")
    client.post(undo_in(settings, posted(session, settings, "changed")[-1]))
    session.expire_all()
    first, _coming, again = reversed(responses_of(session, stage.otso.id))
    assert (again.choice, again.substitute_id) == (first.choice, first.substitute_id)
