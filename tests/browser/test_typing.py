"""What Helmi has typed stays, whatever else she presses on the page."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import delete

from app.surveys.models import Question
from tests.browser.stories import invited, take_a_seat


def test_a_new_item_stays_while_others_are_moved(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/agenda")
    helmi.write({"Title": "Loppusanat"})
    helmi.press("Move up: Kahvi")
    expect(helmi.page.locator(".agenda-item .title")).to_have_text(["Kahvi", "Avaus", "Keskustelu"])
    expect(helmi.page.locator(".to-scale text.scale-title").first).to_have_text("Kahvi")
    expect(helmi.field("Title")).to_have_value("Loppusanat")


def test_questions_and_the_surveys_details_stay_while_the_other_is_saved(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/survey")
    helmi.write({"Title": "Sillat ja tiet", "Question or heading": "Montako?"})
    helmi.press("Move up: Mitä neuvosto voisi tehdä?")
    expect(helmi.page.locator(".asked").first).to_have_text("Mitä neuvosto voisi tehdä?")
    expect(helmi.field("Question or heading")).to_have_value("Montako?")
    helmi.press("Add the question")
    expect(helmi.page.locator(".asked")).to_have_count(3)
    expect(helmi.field("Title")).to_have_value("Sillat ja tiet")
    helmi.write({"Question or heading": "Missä?"})
    helmi.press("Save the survey's details")
    helmi.sees("Saved")
    expect(helmi.field("Question or heading")).to_have_value("Missä?")
    helmi.page.reload()
    expect(helmi.field("Title")).to_have_value("Sillat ja tiet")


def test_a_refusal_is_said_above_what_is_typed(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house, refusals=[404])
    take_a_seat(small_house, helmi)
    helmi.go("/events/1/survey")
    helmi.write({"Question or heading": "Missä?"})
    with small_house.database.session() as session:
        session.execute(delete(Question).where(Question.key == "wish"))
    helmi.press("Move up: Mitä neuvosto voisi tehdä?")
    helmi.sees("It may have been removed meanwhile", within=helmi.page.locator("#flash"))
    expect(helmi.field("Question or heading")).to_have_value("Missä?")
    expect(helmi.page.get_by_role("heading", level=1)).to_have_text("Survey before the event")
    helmi.look()
