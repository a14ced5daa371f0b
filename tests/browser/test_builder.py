"""Helmi builds a survey: by the mouse, and by keys alone; two of her colleagues at once."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stories import invited, take_a_seat


def test_a_survey_is_built_by_keys_alone(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    page, keys = helmi.page, helmi.page.keyboard
    helmi.go("/events/1/survey")

    page.get_by_role("radio", name="A line of text").focus()
    for _step in range(4):
        keys.press("ArrowDown")
    expect(page.get_by_role("radio", name="A scale")).to_be_checked()
    keys.press("Tab")
    keys.type("How sound are the bridges?")
    expect(helmi.field("What the low end means")).to_be_visible()
    expect(helmi.field("Options")).to_have_count(0)
    keys.press("Control+s")
    helmi.sees("How sound are the bridges?", within=page.locator("#question-list"))
    expect(helmi.field("Question or heading")).to_be_focused()
    expect(page.get_by_role("radio", name="A scale")).to_be_checked()

    up = page.get_by_role("button", name="Move up: How sound are the bridges?")
    up.focus()
    keys.press("Enter")
    asked = page.locator("#question-list .asked")
    expect(asked).to_have_text(
        ["Missä kunnossa sillat ovat?", "How sound are the bridges?", "Mitä neuvosto voisi tehdä?"]
    )
    expect(up).to_be_focused()

    page.get_by_role("link", name="Edit How sound are the bridges?").focus()
    keys.press("Enter")
    expect(helmi.field("Question or heading")).to_be_focused()
    helmi.look()
    keys.press("End")
    keys.type(" And the roads?")
    keys.press("Control+s")
    expect(asked.nth(1)).to_have_text("How sound are the bridges? And the roads?")


def test_a_question_is_dragged_but_not_before_what_it_waits_for(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    page = helmi.page
    helmi.go("/events/1/survey")
    asked = page.locator("#question-list .asked")
    asked.nth(1).drag_to(asked.nth(0))
    expect(asked).to_have_text(["Mitä neuvosto voisi tehdä?", "Missä kunnossa sillat ovat?"])

    page.get_by_role("radio", name="A date").check()
    helmi.write({"Question or heading": "Since when?"})
    helmi.press("Help, condition, agenda item")
    helmi.choose("Asked only of those who answered", "“Huonossa” to “Missä kunnossa sillat ovat?”")
    helmi.press("Add the question")
    expect(asked).to_have_count(3)
    asked.nth(2).drag_to(asked.nth(0))
    expect(page.get_by_role("alert")).to_contain_text("“Since when?” is asked only after an answer to")
    expect(asked.nth(2)).to_have_text("Since when?")
    helmi.look()


def test_two_at_once_see_each_others_words(small_house, sit_down):
    invited(small_house)
    helmi, saima = sit_down(small_house), sit_down(small_house, width=375)
    for one in (helmi, saima):
        take_a_seat(small_house, one)
        one.go("/events/1/survey?edit=2")
    for one, words in ((helmi, "What could the council do?"), (saima, "What should the council do?")):
        one.write({"Question or heading": words})
        one.press("Save the question")
    saima.sees("Somebody else has changed this since you opened it.")
    saima.sees("What could the council do?", within=saima.page.locator(".theirs-text").first)
    expect(saima.field("Question or heading")).to_have_value("What should the council do?")
    saima.look()
    saima.press("Save the question")
    expect(saima.page.locator("#question-list .asked").nth(1)).to_have_text("What should the council do?")


def test_without_scripts_a_survey_is_built_as_well(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house, scripts=False)
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/survey")
    helmi.check("A number")
    helmi.write({"Question or heading": "How many bridges?"})
    helmi.press("Add the question")
    helmi.sees("How many bridges?", within=helmi.page.locator("#question-list"))
    helmi.press("Translations")
    helmi.page.get_by_label("svenska, Question: How many bridges?").fill("Hur många broar?")
    helmi.press("Save the translations")
    helmi.sees("The translations are saved.")
