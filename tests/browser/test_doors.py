"""Two people at two doors of one event, one of whom loses the network: no tick is lost and none is doubled."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect
from sqlalchemy import insert, select

from app.accounts.models import Account
from app.accounts.sessions import sign_in
from app.attendance.models import Attendance, Mark
from app.invitees.models import Invitee
from app.people.collation import order_key
from app.people.found import found_by
from app.people.models import Person
from tests import cast
from tests.browser.conftest import MORNING
from tests.conftest import PASSWORD

INVITED = 500
KINDS = os.environ.get("KOOLLE_DOORS", "sqlite").split()  # make two-doors: on both
# what a hand at the door does, as fast as it can: press a mode of everybody on the screen
PRESS = """([first, step, mode]) => {
  const all = [...document.querySelectorAll("#presence form[data-person]")];
  const rows = all.filter((_row, place) => place % step === first);
  for (const row of rows) row.querySelector(`[data-mode=${mode}]`).click();
  return rows.map(row => Number(row.dataset.person));
}"""
WAITS = "() => Object.keys(localStorage).filter(key => key.startsWith('koolle.door.')).length"


def convene(house, invited: int) -> tuple[int, list[int]]:
    """Make an event of the day with so many invited, whose names are numbers; return it and their ids in order."""
    names = [{"given_name": "Otso", "family_name": f"Ovi{number:04}"} for number in range(invited)]
    rows = [
        one | {"order_key": order_key(one["family_name"], "Otso"), "found_by": found_by(one, Person.FOUND_BY)}
        for one in names
    ]
    with house.database.session() as session:
        event = cast.event(session, cast.group(session, "Ovineuvosto"), starts_at=MORNING.replace(tzinfo=None))
        ids = sorted(session.scalars(insert(Person).returning(Person.id), rows))
        session.execute(
            insert(Invitee),
            [{"event_id": event.id, "person_id": id, "position": place} for place, id in enumerate(ids)],
        )
        return event.id, ids


@pytest.fixture
def stand_at(house, browser):
    """Give somebody who is signed in a browser of their own; what it complains about without network is no fault."""
    contexts = []

    def stand(path: str):
        with house.database.session() as session:
            account = session.scalars(select(Account)).one()
            _account, token = sign_in(session, account.email, PASSWORD, house.clock())
        context = browser.new_context(base_url=house.url, locale="en-GB", reduced_motion="reduce")
        context.add_cookies([{"name": "session", "value": token, "url": house.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield stand
    for context in contexts:
        context.close()


def standing(house, event_id: int) -> list[tuple[int | None, str]]:
    with house.database.session(readonly=True) as session:
        rows = select(Attendance.person_id, Attendance.mode).where(Attendance.event_id == event_id)
        return [tuple(row) for row in session.execute(rows.order_by(Attendance.person_id))]


def turn(page) -> bool:
    """Go on to the next part of the list; returns whether there is one."""
    following = page.locator("a[rel=next]")
    if not following.count():
        return False
    following.click()
    page.wait_for_load_state()
    return True


def all_sent(page) -> None:
    for _look in range(2000):
        if page.evaluate(WAITS) == 0:
            return
        page.wait_for_timeout(30)
    raise AssertionError("there are ticks that were not sent")


@pytest.mark.parametrize("house", KINDS, indirect=True)
def test_five_hundred_are_ticked_at_two_doors_of_which_one_loses_the_network(house, stand_at):
    house.clock.go()  # a press says how long ago it was, and what has waited longer is not older by a clock that goes
    event_id, ids = convene(house, INVITED)
    here, there = (stand_at(f"/events/{event_id}/day") for _door in range(2))
    expected: dict[int, str] = {}
    part = 0
    while True:
        cut = part % 4 == 1
        here.context.set_offline(cut)
        # each presses every other one; without network, the first presses some of the other's as absent before them
        mine = here.evaluate(PRESS, [0, 2, "in_person"])
        if cut:
            here.evaluate(PRESS, [1, 6, "absent"])
            expect(here.locator("[data-state]")).to_contain_text("ticks wait for the network.")
        theirs = there.evaluate(PRESS, [1, 2, "remote"])
        expected |= dict.fromkeys(mine, "in_person") | dict.fromkeys(theirs, "remote")
        here.context.set_offline(False)
        if cut:
            all_sent(here)
        # what is not sent when the page is left is sent from the next
        part += 1
        if not turn(here) or not turn(there):
            break
    all_sent(here)
    all_sent(there)
    assert sorted(expected) == ids
    assert standing(house, event_id) == sorted(expected.items())


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_what_waits_survives_a_reload_and_a_session_that_has_ended(house, stand_at):
    event_id, ids = convene(house, 3)
    page = stand_at(f"/events/{event_id}/day")
    page.context.set_offline(True)
    page.evaluate(PRESS, [0, 1, "in_person"])
    page.get_by_role("button", name="Present").first.click()  # and taken back
    page.get_by_label("Name, organisation", exact=True).fill("Kaino Outo, Rantakylä ry")
    page.get_by_role("button", name="Add as present").click()
    expect(page.locator("[data-state]")).to_have_text("5 ticks wait for the network.")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Sign in again. 5 ticks wait on this device.")
    assert standing(house, event_id) == []
    page.reload()
    expect(page).to_have_url(f"{house.url}/sign-in?next=/events/{event_id}/day")
    page.context.add_cookies(cookies)
    page.goto(f"/events/{event_id}/day")
    expect(page.locator("[data-state]")).to_have_text("All sent.")
    all_sent(page)
    came = [(ids[1], "in_person"), (ids[2], "in_person"), (None, "in_person")]
    assert sorted(standing(house, event_id), key=str) == sorted(came, key=str)
    with house.database.session(readonly=True) as session:
        marks = session.execute(select(Mark.person_id, Mark.mode).order_by(Mark.person_id)).all()
        assert [tuple(mark) for mark in marks] == [(ids[0], None), (ids[1], "in_person"), (ids[2], "in_person")]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_two_letters_and_enter_tick_and_the_whole_list_is_there_without_network(house, stand_at):
    event_id, ids = convene(house, 60)
    page = stand_at(f"/events/{event_id}/day")
    find = page.locator("#field-q")
    find.press_sequentially("0042")
    find.press("Enter")  # before the answer is there: it ticks nobody else
    all_sent(page)
    expect(page.locator("#day-count")).to_contain_text("1 has come")
    page.get_by_role("button", name="Keep the whole list on this device for today").click()
    expect(page.locator("[data-kept]")).to_have_text("60 people are kept in this page.")
    find.press("Escape")
    expect(page.locator("#presence .tick")).to_have_count(40)
    page.context.set_offline(True)
    page.evaluate(PRESS, [0, 40, "remote"])
    expect(page.locator("[data-state]")).to_have_text("1 tick waits for the network.")
    find.fill("ovi0057")
    expect(page.locator("#presence .tick")).to_have_count(1)
    find.press("Enter")
    expect(page.locator("[data-state]")).to_have_text("2 ticks wait for the network.")
    page.context.set_offline(False)
    all_sent(page)
    assert standing(house, event_id) == [(ids[0], "remote"), (ids[42], "in_person"), (ids[57], "in_person")]
