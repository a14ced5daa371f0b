"""The watch that goes with a whole run finds what it is there to find."""

from __future__ import annotations

import logging

import pytest

from app.links.codes import code_of
from app.links.links import link_of, token_of
from tests import cast
from tests.watching import Watch


@pytest.fixture
def link(session, settings):
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    who = cast.person(session, "Otso Oksanen")
    return link_of(session, settings, event_id=event.id, person_id=who.id, purpose="invitation")


@pytest.fixture
def token(link, settings, watch) -> str:
    """A link of this run, of which the run's own watch knows."""
    token = token_of(settings, link)
    assert token in watch.issued
    return token


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("words", ["opened /i/{}", "{}", "wrong link: '{}'.", "http://testserver/i/{}?x"])
def test_a_link_in_a_log_is_found(token, words):
    watch = Watch()
    watch.issued = {token}
    for written in (words.format(token), words.format(token.upper())):
        watch.alike.clear()
        watch.handle(logging.LogRecord("koolle", 20, "", 0, written, None, None))
        assert watch.found() == ["the log koolle"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_link_in_a_database_is_found(session, token):
    watch = Watch()
    watch.issued = {token}
    watch.read(session)
    assert watch.found() == []
    cast.event(session, cast.group(session, "Toinen"), background=f"Vastaa: http://testserver/i/{token}")
    watch.read(session)
    assert watch.found() == ["the table events"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_code_of_a_letter_is_found(session, settings, link):
    watch = Watch()
    code = code_of(settings, link)
    watch.issued = {code.lower().replace("-", "")}
    watch.hear(f"typed {code}", "here")
    assert watch.found() == ["here"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_as_long_and_is_none_is_not_found(token):
    watch = Watch()
    watch.issued = {token}
    watch.hear("request 0123456789abcdef0123456789abcdef", "here")
    assert watch.found() == []
