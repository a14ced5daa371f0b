"""Helmi's hands stay on the keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stories import invited, take_a_seat


def test_keys_lead_everywhere_and_can_be_switched_off(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    page, keys = helmi.page, helmi.page.keyboard
    helmi.go("/events/1")

    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    for letter, heading in (("i", "Whom to invite"), ("a", "Answers"), ("p", "Prepare"), ("h", "Convenings")):
        page.locator("body").press("g")
        keys.press(letter)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    page.locator("body").press("/")
    expect(page.get_by_role("searchbox", name="Search people, groups and events")).to_be_focused()
    keys.type("orava")
    keys.press("Enter")
    helmi.sees("Orava Otso")
    page.locator("body").press("ArrowDown")
    expect(page.get_by_role("link", name="Orava Otso")).to_be_focused()

    page.locator("body").press("/")
    keys.type("sil")
    offered = page.locator(".offered [data-row]")
    expect(offered.last).to_contain_text("result")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("result")
    helmi.look()
    keys.press("ArrowDown")
    expect(offered.first.get_by_role("link")).to_be_focused()
    keys.press("Escape")
    expect(offered).to_have_count(0)
    expect(page.get_by_role("searchbox", name="Search people, groups and events")).to_be_focused()

    page.get_by_role("main").press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    helmi.look()
    page.get_by_label("Single keys work as shortcuts").uncheck()
    keys.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_a_row_is_moved_and_a_form_saved_by_keys(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/agenda")
    titles = helmi.page.locator(".agenda-item .title")
    helmi.page.get_by_role("link", name="Edit Kahvi").press("Alt+ArrowUp")
    expect(titles).to_have_text(["Kahvi", "Avaus", "Keskustelu"])
    expect(helmi.page.get_by_role("button", name="Move down: Kahvi")).to_be_focused()
    for order in (["Avaus", "Kahvi", "Keskustelu"], ["Avaus", "Keskustelu", "Kahvi"]):
        helmi.page.keyboard.press("Alt+ArrowDown")
        expect(titles).to_have_text(order)

    helmi.go("/events/1/agenda?edit=1")
    helmi.write({"Minutes": "45"})
    helmi.page.keyboard.press("Control+s")
    expect(helmi.page.locator(".agenda-item .clock")).to_have_text(["13:00–13:45", "13:45–14:45", "14:45–15:00"])
