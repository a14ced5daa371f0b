"""Helmi and Saima write the memo at two browsers, with what goes wrong while one writes for hours."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from app.accounts.sessions import sign_in
from app.events.models import Event
from app.events.queries import event_by_id
from app.follow_ups.models import FollowUp
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Phrase, Revision
from tests import cast
from tests.conftest import PASSWORD

SAIMA = {**cast.HELMI, "email": "saima@koolle.example", "name": "Saima Salo", "language": "en"}
TEXT = "Text of Keskustelusta"
FAILS = "Not saved: no connection. What you wrote is kept in this browser."

KEEPS_NOTHING = (
    "Not saved: no connection. Keep this page open: the memo is not public, so nothing of it is kept in this browser."
)


@pytest.fixture
def memo(small_house) -> str:
    """The address of a memo that is begun; its convener has a phrase."""
    with small_house.database.session() as session:
        board = cast.group(session, "Siltaneuvosto")
        event = cast.event(session, board)
        cast.account(session, **SAIMA)
        session.add(Phrase(group_id=board.id, position=0, title="Kiitos", text="Kiitettiin."))
        begin_memo(session, event_by_id(session, event.id), date(2026, 9, 1))
        return f"/events/{event.id}/memo"


@pytest.fixture
def writer(small_house, sit_down, memo):
    """Give somebody who is signed in a browser with the memo open."""

    def sit(email: str = "helmi@koolle.example", **how):
        visitor = sit_down(small_house, **how)
        come_in(small_house, visitor, email)
        visitor.go(memo)
        return visitor

    return sit


def come_in(house, visitor, email: str) -> None:
    with house.database.session() as session:
        _account, token = sign_in(session, email, PASSWORD, house.clock())
    visitor.page.context.add_cookies([{"name": "session", "value": token, "url": house.url}])


def state(visitor):
    return visitor.page.locator("[data-state]")


def stands(house) -> str:
    with house.database.session(readonly=True) as session:
        return memo_of(session, 1).sections[2].body


def kept(house) -> list[tuple[str, str]]:
    with house.database.session(readonly=True) as session:
        return [(one.what, one.body) for one in session.scalars(select(Revision).order_by(Revision.id))]


def test_what_is_typed_is_saved_and_two_who_type_the_same_choose(small_house, writer, memo):
    helmi, saima = writer(), writer("saima@koolle.example")
    helmi.field(TEXT).press_sequentially("Sillat kestävät.")
    expect(state(helmi)).to_have_text("Not saved yet")
    expect(state(helmi)).to_have_text("Saved at 09:00")
    assert stands(small_house) == "Sillat kestävät."
    # Saima's page is older: what she writes beside it is not saved over Helmi's, and both stand side by side
    saima.field(TEXT).fill("Sillat kestävät hyvin. <img src=x onerror=alert(1)>")
    saima.sees("Helmi Hakala saved another text here at 09:00.")
    texts = saima.page.locator(".conflict .differs")
    expect(texts.nth(0)).to_have_text("Keskustelusta\n\nSillat [only here: kestävät.]")
    expect(texts.nth(1).locator("ins")).to_contain_text("kestävät hyvin. <img src=x onerror=alert(1)>")
    expect(texts.locator("img")).to_have_count(0)
    expect(state(saima)).to_have_text("A section waits for you to choose")
    expect(saima.field(TEXT)).to_be_focused()
    saima.look()
    saima.look_in_the_dark()
    saima.field(TEXT).fill("Sillat kestävät hyvin.")
    saima.press("Save mine as it stands below")
    expect(saima.page.locator(".conflict")).to_have_count(0)
    assert stands(small_house) == "Sillat kestävät hyvin."
    # Helmi's page is older now
    helmi.field(TEXT).press_sequentially(" Niin.")
    helmi.press("Take theirs")
    expect(helmi.field(TEXT)).to_have_value("Sillat kestävät hyvin.")
    helmi.field(TEXT).press_sequentially(" Todettiin.")
    expect(state(helmi)).to_have_text("Saved at 09:00")
    assert stands(small_house) == "Sillat kestävät hyvin. Todettiin."
    # what Saima writes where Helmi does not, Helmi sees with her next save
    saima.field("Text of Taustaa").fill("Saiman tausta.")
    saima.field("Title").focus()
    expect(state(saima)).to_have_text("Saved at 09:00")
    helmi.field("Text of Jatkoehdotuksista").fill("Kootaan.")
    expect(helmi.field("Text of Taustaa")).to_have_value("Saiman tausta.")
    assert kept(small_house) == [
        ("written", "Sillat kestävät."), ("written", "Sillat kestävät hyvin."),
        ("discarded", "Sillat kestävät. Niin."), ("written", "Sillat kestävät hyvin. Todettiin."),
        ("written", "Saiman tausta."), ("written", "Kootaan."),
    ]  # fmt: skip
    for page in (f"{memo}/history", "/groups/1/phrases"):
        helmi.go(page)
        helmi.look()
        helmi.look_in_the_dark()
        helmi.widen(320)
        helmi.fits()


def test_without_network_and_after_the_session_nothing_typed_is_lost(small_house, writer, memo):
    helmi = writer(refusals=[409, 422])
    context = helmi.page.context
    context.set_offline(True)
    helmi.field(TEXT).fill("Ilman verkkoa.")
    helmi.field("Title").focus()
    expect(state(helmi)).to_have_text(FAILS)
    helmi.complaints.clear()  # Chromium says of each try that there is no network
    context.set_offline(False)
    helmi.page.evaluate("dispatchEvent(new Event('online'))")
    expect(state(helmi)).to_have_text("Saved at 09:00")
    assert stands(small_house) == "Ilman verkkoa."
    context.clear_cookies()
    helmi.field(TEXT).fill("Ilman verkkoa. Ulkona.")
    helmi.field("Title").focus()
    expect(state(helmi)).to_contain_text("Not saved: you are signed out.")
    helmi.page.on("dialog", lambda dialog: dialog.accept())
    helmi.page.reload()
    come_in(small_house, helmi, "helmi@koolle.example")
    helmi.go(memo)
    helmi.sees("This browser has kept a text of yours that is not saved.")
    helmi.look()
    helmi.press("Use it here")
    expect(helmi.field(TEXT)).to_have_value("Ilman verkkoa. Ulkona.")
    helmi.field("Title").focus()
    expect(state(helmi)).to_have_text("Saved at 09:00")
    assert stands(small_house) == "Ilman verkkoa. Ulkona."
    helmi.page.reload()
    expect(helmi.page.locator(".conflict")).to_have_count(0)


def test_of_what_is_not_public_the_browser_keeps_nothing_and_of_the_rest_nothing_after_signing_out(
    small_house, writer, memo
):  # fmt: skip
    """But what waits at the door: it is sent by the next who signs in, for a fortnight."""
    helmi = writer()
    held = "Object.keys(localStorage).filter((key) => key.startsWith('koolle.')).sort()"

    def writes_without_network(text: str, says: str) -> list[str]:
        helmi.page.context.set_offline(True)
        helmi.field(TEXT).fill(text)
        helmi.field("Title").focus()
        expect(state(helmi)).to_have_text(says)
        helmi.complaints.clear()
        helmi.page.context.set_offline(False)
        return helmi.page.evaluate(held)

    assert len(writes_without_network("Julkista.", FAILS)) == 1
    helmi.page.evaluate(
        """() => {
            const [now, old] = [Date.now(), Date.now() - 15 * 24 * 3600 * 1000];
            localStorage.setItem("koolle.door.1.new", JSON.stringify({ wall: now }));
            localStorage.setItem("koolle.door.1.old", JSON.stringify({ wall: old }));
        }"""
    )
    helmi.page.on("dialog", lambda dialog: dialog.accept())
    helmi.page.get_by_text("Helmi", exact=False).first.click()
    helmi.press("Sign out")
    assert helmi.page.evaluate(held) == ["koolle.door.1.new"]
    with small_house.database.session() as session:
        session.execute(update(Event).values(confidentiality="Salassa pidettävä"))
    come_in(small_house, helmi, "helmi@koolle.example")
    helmi.go(memo)
    assert writes_without_network("Salaista.", KEEPS_NOTHING) == ["koolle.door.1.new"]


def test_marks_lists_phrases_and_follow_ups_are_made_at_the_cursor(small_house, writer):
    helmi = writer()
    text = helmi.field(TEXT)
    text.press_sequentially("Sillat")
    text.press("Control+s")
    expect(state(helmi)).to_have_text("Saved at 09:00")
    text.press("Control+a")
    text.press("Control+b")
    expect(text).to_have_value("**Sillat**")
    text.press("Control+b")
    text.press("ControlOrMeta+End")
    text.press_sequentially("\n\n- yksi\nkaksi")
    text.press("Home")
    text.press("ArrowRight")
    text.press("ArrowRight")
    text.press("Tab")
    expect(text).to_have_value("Sillat\n\n- yksi\n  - kaksi")
    text.press("Control+Alt+j")
    helmi.sees("Added to the follow-ups: kaksi", within=helmi.page.locator("[data-whispered]"))
    expect(text).to_be_focused()
    expect(helmi.page.locator("#follow-ups details.follow-up summary")).to_have_text("kaksi")
    expect(helmi.page.locator("[data-auto=follow_ups] li")).to_have_text("kaksi")
    text.press("Control+End")
    text.press("Enter")
    text.press("Enter")
    helmi.press("Phrases")
    helmi.press("Kiitos")
    expect(text).to_have_value("Sillat\n\n- yksi\n  - kaksi\n\nKiitettiin.")
    text.press("Control+z")
    expect(text).not_to_have_value("Sillat\n\n- yksi\n  - kaksi\n\nKiitettiin.")
    text.press("Alt+F10")
    helmi.page.keyboard.press("ArrowRight")
    expect(helmi.page.get_by_role("button", name="Emphasis")).to_be_focused()
    helmi.page.keyboard.press("Escape")
    expect(text).to_be_focused()
    helmi.press("How it will look", within=helmi.page.locator("[data-section]").filter(has=text))
    expect(helmi.page.locator(".paper-look:visible ul ul li")).to_have_text("kaksi")
    helmi.look()
    with small_house.database.session(readonly=True) as session:
        assert session.scalars(select(FollowUp.text)).all() == ["kaksi"]


def test_what_is_typed_before_the_editor_is_ready_is_saved_too(small_house, sit_down, memo):
    """A slow line: the page is there and is written in, and its script comes after."""
    helmi = sit_down(small_house)
    come_in(small_house, helmi, "helmi@koolle.example")
    held = []
    helmi.page.route("**/writing.js", lambda route: held.append(route))
    helmi.page.goto(small_house.url + memo, wait_until="commit")
    helmi.field(TEXT).fill("Sillat kestävät.")
    while not held:
        helmi.page.wait_for_timeout(20)
    held[0].continue_()
    expect(state(helmi)).to_have_text("Saved at 09:00")
    assert stands(small_house) == "Sillat kestävät."
