"""Helmi writes the letter and tries it on herself; Kaino, who has no e-mail, opens his page by his letter's code."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.events.queries import event_by_id
from app.invitations.printed import note_letter
from app.invitees.queries import invitees_of
from app.links.codes import code_of
from app.links.links import link_of
from tests import cast
from tests.browser.conftest import House
from tests.browser.stories import take_a_seat
from tests.browser.visitor import Visitor

PHONE = 375


def convened(house: House) -> tuple[int, str]:
    """Pilvi, who reads Swedish, and Kaino, who has no e-mail, are picked, and Kaino's letter is printed; returns the
    event's id and Kaino's code."""
    with house.database.session() as session:
        saima = cast.person(session, "Saima Salo")
        council = cast.group(session, "Siltaneuvosto", secretary=[saima])
        event = cast.event(session, council, title="Siltojen iltapäivä", rsvp_deadline="2026-09-07")
        for place, (name, email) in enumerate((("Pilvi Poutanen", None), ("Kaino Kivi", ""))):
            cast.invitee(session, event, cast.person(session, name, email, language="sv"), position=place)
        session.expire_all()
        event = event_by_id(session, event.id)
        kaino = invitees_of(session, event.id)[1]
        note_letter(session, house.settings, event, kaino, at=house.clock())
        link = link_of(
            session, house.settings, event_id=event.id, person_id=kaino.person_id, purpose="invitation"
        )  # fmt: skip
        return event.id, code_of(house.settings, link)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_letter_is_written_and_tried(small_house, sit_down, scripts):
    event_id, _code = convened(small_house)
    helmi = sit_down(small_house, scripts=scripts)
    take_a_seat(small_house, helmi)
    helmi.go(f"/events/{event_id}/invitation/letter")
    helmi.sees("1 / 2")
    helmi.press("Write it otherwise")
    write(helmi, scripts)
    helmi.press("Keep this letter as a template")
    helmi.write({"Name of the template": "Bridges"})
    helmi.press("Keep it")
    helmi.sees("The letter is kept as the template “Bridges”.")
    begin_from_it(helmi)
    try_it(helmi)
    helmi.look()
    print_it(helmi, event_id)


def write(helmi: Visitor, scripts: bool) -> None:
    assert "{link}" in helmi.field("Letter").input_value()
    helmi.write({"Subject": "Hej ", "Letter": "Hej {nimi}\n\n{link}"})
    helmi.press("Save the letter")
    helmi.sees("{nimi} is not a word that can be filled in. Correct or remove it.")
    expect(helmi.field("Letter")).to_have_value("Hej {nimi}\n\n{link}")
    helmi.look()
    helmi.fits()
    helmi.write({"Letter": "Hej \n\n{link}"})
    if scripts:
        helmi.field("Letter").evaluate("field => field.setSelectionRange(4, 4)")
        helmi.press("Insert {name}")
        expect(helmi.field("Letter")).to_have_value("Hej {name}\n\n{link}")
        helmi.field("Subject").press("End")
        helmi.press("Insert {title}")
        expect(helmi.field("Subject")).to_have_value("Hej {title}")
    else:
        assert helmi.page.get_by_role("button", name="Insert").count() == 0
        helmi.sees("{contacts}")
        helmi.write({"Subject": "Hej {title}", "Letter": "Hej {name}\n\n{link}"})
    helmi.press("Save the letter")
    helmi.sees("The letter is saved.")
    expect(helmi.page.frame_locator("iframe").locator("body")).to_contain_text("Hej Pilvi Poutanen")


def begin_from_it(helmi: Visitor) -> None:
    helmi.press("English", within=helmi.page.get_by_role("navigation", name="Language of the letter"), exact=False)
    helmi.sees("None of those who are picked reads it.")
    helmi.press("Write it otherwise")
    helmi.press("The letter in another language: svenska")
    expect(helmi.field("Letter")).to_have_value("Hej {name}\n\n{link}")
    helmi.press("Leave it as it was")
    helmi.press("svenska", within=helmi.page.get_by_role("navigation", name="Language of the letter"), exact=False)
    helmi.press("Change the letter")
    helmi.choose("A template", "Bridges")
    helmi.press("Begin from the template")
    expect(helmi.field("Subject")).to_have_value("Hej {title}")
    helmi.press("Leave it as it was")


def try_it(helmi: Visitor) -> None:
    helmi.press("Send a test to yourself")
    helmi.sees("A test is on its way to helmi@koolle.example, as Pilvi Poutanen would get it.")
    letter = helmi.page.url
    mail = helmi.open_mail("Helmi Hakala")
    expect(helmi.page.get_by_role("heading", level=1)).to_have_text("Prov: Hej Siltojen iltapäivä")
    expect(mail).to_contain_text("Hej Pilvi Poutanen")
    helmi.go(letter)


def print_it(helmi: Visitor, event_id: int) -> None:
    helmi.press("Next")
    helmi.sees("Kaino Kivi")
    helmi.sees("gets the letter on paper")
    helmi.page.locator("p").get_by_role("link", name="Letters on paper").click()
    helmi.sees("printed 1 September 2026", within=helmi.row("Kaino Kivi"))
    helmi.look()
    helmi.fits()
    assert helmi.read("Print all of them (PDF)").startswith(b"%PDF-")
    helmi.press("Undo: the letter to Kaino Kivi")
    helmi.sees("its code opens nothing")


def test_the_code_of_a_printed_letter_opens_its_page(house, sit_down, scripts):
    _event_id, code = convened(house)
    kaino = sit_down(house, width=PHONE, scripts=scripts)
    kaino.go("/code")
    kaino.look()
    kaino.fits()
    kaino.write({"The code in your letter": "0000 0000 0000"})
    kaino.press("Open")
    kaino.sees("This code opens nothing.")
    kaino.look()
    kaino.fits()
    kaino.write({"The code in your letter": code.lower().replace("-", " ")})
    kaino.press("Open")
    expect(kaino.page.get_by_role("heading", level=1)).to_have_text("Siltojen iltapäivä")
    kaino.sees("Kaino Kivi")
    kaino.press("svenska")
    kaino.check("Jag kommer")
    kaino.press("Skicka svaret")
    kaino.sees("Du kommer")
