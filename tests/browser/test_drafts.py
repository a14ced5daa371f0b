"""Helmi's browser goes out while she writes; what she had written is there when she comes back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stories import invited, take_a_seat


def test_what_was_being_typed_is_there_after_a_crash(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/details")
    said = helmi.page.locator(".draft-said")
    with helmi.page.expect_response("**/drafts") as kept:
        helmi.page.locator("#field-background").fill("Sillat kantavat")
    assert kept.value.status == 204
    expect(said).to_contain_text("Draft saved ")
    assert said.get_attribute("role") == "status"
    helmi.page.goto("about:blank")  # gone without a word
    helmi.go("/events/1/details")
    helmi.sees("you had begun to write this")
    helmi.look()
    helmi.page.locator("#field-background").press_sequentially("toisin")
    helmi.sees("No draft is saved until you go on with what you had begun")
    helmi.page.get_by_role("link", name="Go on with what I had begun").click()
    expect(helmi.page.locator("#field-background")).to_have_value("Sillat kantavat")
    helmi.look()
    helmi.press("Save the details")
    helmi.go("/events/1/details")
    expect(helmi.page.locator("#field-background")).to_have_value("Sillat kantavat")
    expect(helmi.page.locator(".draft")).to_have_count(0)
