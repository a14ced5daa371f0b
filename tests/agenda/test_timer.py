"""The timer for the room: it says where the meeting is, and one press goes on by one item, whoever presses."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from app.agenda.models import AgendaItem
from app.agenda.timing import press, timer_of
from app.events.queries import event_by_id
from tests import cast
from tests.conftest import NOW

HTMX = {"HX-Request": "true"}


@pytest.fixture
def event(session):
    """At noon, which is when the tests' clock says nine in UTC."""
    starts = datetime(2026, 9, 1, 12, 0)
    ends = starts + timedelta(hours=1)
    event = cast.event(session, cast.group(session, "Siltaneuvosto"), starts_at=starts, ends_at=ends)
    for place, (kind, title, minutes) in enumerate(
        [("section", "Aluksi", None), ("item", "Avaus", 15), ("break", "Kahvi", 15), ("item", "Keskustelu", 30)]
    ):
        session.add(AgendaItem(event_id=event.id, position=place, kind=kind, title=title, minutes=minutes))
    event.numbering = "{n} §"
    session.commit()
    return event_by_id(session, event.id)


def said(timer):
    coming = [f"{one.starts:%H.%M} {one.line.number or '-'} {one.line.item.title}" for one in timer.coming]
    return timer.present and timer.present.line.item.title, coming, f"{timer.ends:%H.%M}", timer.late


def test_it_follows_the_meeting_from_its_begin_to_its_end(session, event):
    assert said(timer_of(session, event, NOW)) == (
        None, ["12.00 1 § Avaus", "12.15 - Kahvi", "12.30 2 § Keskustelu"], "13.00", 0,
    )  # fmt: skip
    press(session, event, "next", 0, at=NOW + timedelta(minutes=5))
    timer = timer_of(session, event, NOW + timedelta(minutes=25))
    assert said(timer) == ("Avaus", ["12.25 - Kahvi", "12.40 2 § Keskustelu"], "13.10", 10)
    assert [(one.late, one.over) for one in timer.coming] == [(10, False), (10, True)]
    press(session, event, "end", timer.progress.stands_at, at=NOW + timedelta(minutes=50))
    assert said(timer_of(session, event, NOW + timedelta(hours=2))) == (None, [], "12.50", -10)


def test_two_who_press_at_once_do_not_skip_an_item(signed_in, session, event):
    path = f"/events/{event.id}/agenda/timer"
    for _press in range(2):
        assert signed_in.post(path, data={"action": "next", "item": "0"}).headers["location"] == path
    page = signed_in.get(path, headers={"Accept-Language": "en"}).text
    (avaus,) = re.findall(r'name="item" value="(\d+)"', page)
    assert re.findall(r'<h2 id="timer-title">([^<]+)', page) == ["1 § Avaus"]
    for _press in range(2):
        answer = signed_in.post(path, data={"action": "next", "item": avaus}, headers=HTMX)
    assert answer.text.lstrip().startswith('<div id="timer"')
    assert re.findall(r'<h2 id="timer-title">([^<]+)', answer.text) == ["Kahvi"]
    (kahvi,) = re.findall(r'name="item" value="(\d+)"', answer.text)
    back = signed_in.post(path, data={"action": "back", "item": kahvi}, headers=HTMX)
    assert re.findall(r'<h2 id="timer-title">([^<]+)', back.text) == ["1 § Avaus"]
    assert signed_in.post(path, data={"action": "jump", "item": "x"}).status_code == 303


@pytest.mark.parametrize(
    ("minutes_ago", "shown", "hidden", "words"),
    [(5, "left", "over", "10 min"), (20, "over", "left", "5 min")],
)
def test_what_is_left_and_what_is_over_is_said_without_scripts(
    signed_in, session, event, minutes_ago, shown, hidden, words
):
    press(session, event, "next", 0, at=NOW - timedelta(minutes=minutes_ago))
    session.commit()
    page = signed_in.get(f"/events/{event.id}/agenda/timer").text
    assert f"data-clock>{words}<" in page
    assert f"data-when-{hidden} hidden" in page and f"data-when-{shown} hidden" not in page
    assert ('class="timer-now is-over"' in page) is (shown == "over")
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_an_agenda_without_items_has_nothing_to_follow(signed_in, session, event):
    for item in session.query(AgendaItem):
        session.delete(item)
    session.commit()
    page = signed_in.get(f"/events/{event.id}/agenda/timer", headers={"Accept-Language": "en"})
    assert "Nothing is on the agenda yet" in page.text
