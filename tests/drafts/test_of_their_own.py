"""The memo's text and an invitee's survey are saved as they are written: they stand after another start as well."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI

from app.accounts.sessions import sign_in
from app.events.queries import event_by_id
from app.links.links import personal_link
from app.main import create_app, state_of
from app.memos.memos import begin_memo
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, PASSWORD, RolledBack
from tests.guests.every_kind import every_kind
from tests.memos.writers import JSON, fresh, only, text_at, typed

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def event(session):
    made = cast.event(session, cast.group(session, "Siltaneuvosto"), background="Sillat yhdistävät.")
    session.commit()
    return made


@pytest.fixture
def anew(connection, settings, portal):
    """Begin a new application on the same database; returns a browser that knows nothing."""

    def begin() -> Client:
        app: FastAPI = create_app(settings, RolledBack(connection), post=False)
        app.state = state_of(settings, RolledBack(connection), lambda: NOW, patience=100)
        headers = {"Origin": "http://testserver", "Accept-Language": "fi"}
        return Client(app, portal, headers=headers, follow_redirects=False)

    return begin


@pytest.mark.long
@SQLITE
def test_the_memos_text(signed_in, session, helmi, event, anew):
    begin_memo(session, event_by_id(session, event.id), NOW.date())
    session.commit()
    memo = fresh(session, event)
    part = only(typed(memo, body_0="Silta kantaa, mutta lause jäi kes"), memo.sections[0])
    assert signed_in.post(text_at(event), data=part, headers=JSON).status_code == 200
    assert signed_in.post("/sign-out").status_code == 303
    browser = anew()
    assert browser.get(f"/events/{event.id}/memo").status_code == 303
    browser.cookies.set("session", sign_in(session, helmi.email, PASSWORD, NOW)[1])
    session.commit()
    assert "mutta lause jäi kes" in browser.get(f"/events/{event.id}/memo").text


@pytest.mark.long
@SQLITE
def test_an_invitees_survey(client, session, settings, event, anew):
    invitee = cast.invitee(session, event, cast.person(session, "Otso Orava"))
    survey = every_kind(session, event, closes_at=datetime(2026, 9, 8, 16, 0))
    link = personal_link(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation")
    session.commit()
    question = next(one for one in survey.questions if one.kind == "long_text")
    page = client.get(urlsplit(link).path).headers["location"]
    data = {"public_id": page.rsplit("/", 1)[1], f"q{question.id}": "Silta on kes", f"q{question.id}-stamp": ""}
    assert client.post(f"{page}/survey/answers", data=data).status_code == 200
    browser = anew()
    shown = browser.get(urlsplit(link).path).headers["location"]
    survey_page = browser.get(f"{shown}/survey")
    assert "Silta on kes" in (survey_page if survey_page.status_code == 200 else browser.get(shown)).text
