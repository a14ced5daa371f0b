"""Otso fills in a survey of every kind: by keyboard alone, without scripts, in two windows, and with the net cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.surveyed import is_saved, kept, question, surveyed, until
from tests.browser.visitor import Visitor

NAME, WISH, ENDS = "tärkein hanke", "odotatte tapaamiselta", "Päättyykö työnne tänä"
NEED, WORKS, ORDER, HOURS = "yhteinen linjaus olisi", "Miten nämä toimivat", "Mikä on tärkeintä", "Montako tuntia"


def test_by_keyboard_alone(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house)
    otso.go(link)
    keys = otso.page.keyboard
    go_to(otso, "Mikä on verkostonne tärkein hanke?")
    keys.type("Esteetön kunta")
    keys.press("Tab")
    is_saved(otso, NAME)
    keys.type("Yhteistä suuntaa.\nJa kahvia.")
    tab_to(otso, "Ei pääty")
    keys.press("ArrowDown")
    tab_to(otso, "Muu, mikä?: in your own words")
    keys.press("Shift+Tab")
    expect(question(otso, "Milloin työnne päättyy?")).to_be_visible()
    tab_to(otso, "Milloin työnne päättyy? (optional)")
    keys.type("12312026")  # as this browser, which speaks American, has it
    tab_to(otso, "Sähköpostilla")
    keys.press("Space")
    tab_to(otso, "1 ei lainkaan")
    for _step in range(3):
        keys.press("ArrowRight")
    for row in range(3):
        tab_to(otso, "1 huonosti", nth=row)
        keys.press("ArrowRight")
    tab_to(otso, "Move down: Rahoitus")
    keys.press("Enter")
    keys.press("Enter")
    expect(question(otso, ORDER).locator("label")).to_have_text(["Osaaminen", "Lainsäädäntö", "Rahoitus"])
    expect(otso.page.get_by_label("Move down: Rahoitus")).to_be_focused()
    tab_to(otso, "Montako tuntia työhön kuluu viikossa? (optional)")
    keys.type("7,5")
    tab_to(otso, "Send the survey")
    otso.look()
    otso.look_in_the_dark()
    keys.press("Enter")
    otso.sees("You have sent the survey")
    otso.sees("9 of 9 answered")
    assert (kept(small_house, event_id, "hours"), kept(small_house, event_id, "need")) == (7.5, 4)
    assert len(kept(small_house, event_id, "works")) == len(kept(small_house, event_id, "order")) == 3
    otso.look()


def go_to(otso: Visitor, label: str) -> None:
    otso.page.get_by_label(label, exact=True).focus()


def tab_to(otso: Visitor, name: str, nth: int = 0) -> None:
    """Press Tab until something that is called so has the focus."""
    wanted = (
        otso.page.locator("#survey")
        .get_by_label(name, exact=True)
        .or_(otso.page.locator("#survey").get_by_role("button", name=name, exact=True))
        .filter(visible=True)
        .nth(nth)
    )
    for _press in range(40):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        otso.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name}")


@pytest.mark.parametrize("width", [1280, 320])
def test_it_fits_and_nothing_is_wrong_with_it(small_house, sit_down, width):
    _event_id, link = surveyed(small_house, introduction="Kiitos **ajasta**.")
    otso = sit_down(small_house, width=width, language="fi")
    otso.go(link)
    otso.look()
    otso.fits()
    otso.page.get_by_label("Montako tuntia").fill("satasen verran")
    otso.page.get_by_label("Montako tuntia").blur()
    otso.sees("Write a number, such as 12 or 3.5.")
    otso.look()
    otso.fits()


def test_without_scripts_it_saves_whole_and_is_sent(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house, width=375, scripts=False)
    otso.go(link)
    otso.write({"Mikä on verkostonne tärkein hanke?": "Esteetön kunta"})
    otso.press("Save and go on later")
    otso.sees("1 of 8 answered")
    otso.press("Send the survey")
    otso.sees("things need correcting")
    otso.page.get_by_label("Muu, mikä?: in your own words").fill("Jää nähtäväksi")
    otso.page.get_by_label("5 välttämätön").check()
    otso.page.get_by_label("Osaaminen", exact=True).select_option("1")
    otso.press("Send the survey")
    otso.sees("You have sent the survey")
    otso.sees("Jää nähtäväksi")
    assert kept(small_house, event_id, "need") == 5
    otso.fits()


def test_two_windows_show_both_texts(small_house, sit_down):
    event_id, link = surveyed(small_house)
    first = sit_down(small_house)
    first.go(link)
    second = Visitor(first.page.context.new_page())
    second.go(link)
    write(first, WISH, "Ensimmäisen ikkunan teksti")
    is_saved(first, WISH)
    write(second, WISH, "Toisen ikkunan teksti")
    second.sees("Another window has saved another answer meanwhile:", within=question(second, WISH))
    second.sees("Ensimmäisen ikkunan teksti", within=question(second, WISH).locator("[data-other]"))
    assert kept(small_house, event_id, "wish") == "Ensimmäisen ikkunan teksti"
    second.look()
    second.press("Keep mine")
    is_saved(second, WISH)
    assert kept(small_house, event_id, "wish") == "Toisen ikkunan teksti"
    write(first, WISH, "Kolmas teksti")
    first.press("Take the other")
    expect(question(first, WISH).locator("textarea")).to_have_value("Toisen ikkunan teksti")
    write(first, NAME, "Hanke")
    is_saved(first, NAME)
    assert kept(small_house, event_id, "wish") == "Toisen ikkunan teksti"


def write(visitor: Visitor, words: str, text: str) -> None:
    field = question(visitor, words).locator("textarea, input:not([type=hidden])").first
    field.fill(text)
    field.blur()


def test_without_a_net_nothing_is_called_saved_and_nothing_is_lost(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house, refusals=[])
    otso.go(link)
    otso.page.context.set_offline(True)
    write(otso, WISH, "Kirjoitettu junassa")
    expect(question(otso, WISH).locator("[data-saved]")).to_have_text("Not saved yet; trying again")
    expect(otso.page.locator("[data-whispered]")).to_have_text("Not saved yet; trying again")
    otso.press("Send the survey")
    otso.sees("Not sent: there is no connection just now.")
    write(otso, NAME, "Tunnelissa")
    otso.look()
    otso.page.context.set_offline(False)
    is_saved(otso, WISH)
    is_saved(otso, NAME)
    assert (kept(small_house, event_id, "wish"), kept(small_house, event_id, "name")) == (
        "Kirjoitettu junassa",
        "Tunnelissa",
    )
    otso.complaints[:] = [one for one in otso.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_when_the_cookie_is_gone_the_text_waits_for_the_link(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house, refusals=[404])
    otso.go(link)
    otso.page.context.clear_cookies()
    write(otso, WISH, "Pitkän tauon jälkeen")
    otso.sees("Open the link in your mail in another window", within=otso.page.locator("[data-said]"))
    again = otso.page.context.new_page()
    again.goto(link)
    again.close()
    is_saved(otso, WISH)
    assert kept(small_house, event_id, "wish") == "Pitkän tauon jälkeen"


def test_what_comes_after_the_closing_stays_to_be_copied(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house)
    otso.go(link)
    write(otso, NAME, "Ajoissa")
    is_saved(otso, NAME)
    small_house.clock.let_pass(days=20)
    write(otso, WISH, "Liian myöhään")
    otso.sees("Answering has closed", within=otso.page.locator("[data-said]"))
    expect(question(otso, WISH).locator("textarea")).to_have_value("Liian myöhään")
    otso.press("Send the survey")
    otso.sees("What you wrote, to be copied:")
    otso.sees("Liian myöhään")
    assert (kept(small_house, event_id, "wish"), kept(small_house, event_id, "name")) == (None, "Ajoissa")


def test_what_is_typed_is_saved_within_seconds_and_when_the_page_goes(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house)
    otso.go(link)
    field = question(otso, WISH).locator("textarea")
    field.press_sequentially("Tauotta kirjoitettu")
    until(otso, lambda: kept(small_house, event_id, "wish") == "Tauotta kirjoitettu")
    field.press_sequentially(" ja lisää")
    otso.page.goto("about:blank")
    until(otso, lambda: kept(small_house, event_id, "wish") == "Tauotta kirjoitettu ja lisää")


def test_a_request_that_hangs_is_tried_again_though_one_types_on(small_house, sit_down):
    event_id, link = surveyed(small_house)
    otso = sit_down(small_house)
    hung = []
    otso.page.route("**/survey/answers", lambda route: hung.append(route) if not hung else route.continue_())
    otso.go(link)
    write(otso, WISH, "Ensin")
    field = question(otso, WISH).locator("textarea")
    field.press_sequentially(", ja lisää")
    otso.page.wait_for_timeout(3500)  # longer than what is typed waits for its own request
    hung[0].abort()
    until(otso, lambda: kept(small_house, event_id, "wish") == "Ensin, ja lisää")
    otso.complaints[:] = [one for one in otso.complaints if "ERR_FAILED" not in one]
