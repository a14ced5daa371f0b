"""The code on the page of who is invited, and what it opens: the letter; of who is signed in that day, the tick."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.attendance.models import Attendance
from app.invitees.models import Response
from tests.conftest import NOW

TODAY = datetime(2026, 9, 1, 20, 0)


def hold_on(session, stage, starts: datetime, days: int = 0) -> None:
    stage.event.starts_at, stage.event.ends_at = starts, starts + timedelta(days=days)
    session.commit()


@pytest.mark.parametrize(
    ("starts", "days", "door"),
    [(TODAY, 0, True), (TODAY - timedelta(days=1), 2, True), (TODAY - timedelta(days=1), 0, False),
     (TODAY + timedelta(days=1), 0, False), (TODAY.replace(hour=0), 0, True)],
)  # fmt: skip
def test_helmis_phone_comes_to_the_tick_on_the_events_days(signed_in, session, stage, public_id, starts, days, door):
    hold_on(session, stage, starts, days)
    letter, tick = f"/m/{public_id(stage.otso)}", f"/events/{stage.event.id}/day/people/{stage.otso.person_id}"
    opened = signed_in.get(stage.otso_link)
    assert (opened.status_code, opened.headers["location"]) == (303, tick if door else letter)
    page = signed_in.get(tick)
    # the letter itself can be opened from there, by the browser that read its code
    assert (page.status_code, f'href="{letter}"' in page.text) == (200, True)
    assert session.scalars(select(Attendance)).all() == []
    assert signed_in.get(letter).status_code == 200


def test_a_strangers_phone_and_one_whose_session_has_ended_see_the_letter(client, session, stage, public_id):
    hold_on(session, stage, TODAY)
    client.cookies.set("session", "ended")
    assert client.get(stage.otso_link).headers["location"] == f"/m/{public_id(stage.otso)}"


def test_a_link_that_hands_out_papers_never_opens_the_tick(signed_in, session, stage, link, public_id):
    hold_on(session, stage, TODAY)
    papers = link(stage.event, stage.otso.person_id, "papers")
    session.commit()
    assert signed_in.get(papers).headers["location"] == f"/m/{public_id(stage.otso, 'papers')}"


@pytest.mark.parametrize(
    ("answer", "days", "seen"),
    [({"choice": "accepted"}, 3, True), ({"choice": "accepted"}, 4, False), ({"choice": "accepted"}, 0, True),
     ({"choice": "accepted", "mode": "remote"}, 1, False), ({"choice": "declined"}, 1, False), (None, 1, False)],
)  # fmt: skip
def test_who_comes_has_their_code_when_the_day_is_near(client, app, session, stage, opened, answer, days, seen):
    if answer:
        session.add(Response(invitee_id=stage.otso.id, source="link", responded_at=NOW, **answer))
    hold_on(session, stage, datetime(2026, 9, 10, 20, 0))
    app.state.clock = lambda: datetime(2026, 9, 10, 6, 0, tzinfo=NOW.tzinfo) - timedelta(days=days)
    page = opened(stage.otso_link)
    image = re.search(r'<img src="([^"]*)"', client.get(page).text)
    assert bool(image) == seen
    if image:
        code = client.get(image[1])
        assert (code.status_code, code.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")
        assert "style" not in code.text and code.text.count("<path") == 2


def test_a_code_is_its_owners_alone(client, stage, public_id):
    assert client.get(f"/m/{public_id(stage.otso)}/code.svg").status_code == 404
