"""Otso's whole job on his phone, once with scripts and once without: from the mail to what was saved."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stories import invited
from tests.browser.visitor import Visitor

PHONE = 375


def test_from_the_mail_to_what_was_saved(house, sit_down, scripts):
    invited(house)
    otso = sit_down(house, width=PHONE, scripts=scripts)
    read(otso)
    refuse_half_an_answer(otso)
    answer(otso, "I am coming", "You are coming")
    fill_in_the_survey(otso)
    change(otso, "I take part online", "You take part online")
    change(otso, "I am not coming", "You are not coming")
    send_another(otso)
    come_in_anothers_place(sit_down(house, width=PHONE, scripts=scripts))


def read(otso: Visitor) -> None:
    otso.follow(otso.open_mail("Otso Orava").get_by_role("link", name="Answer the invitation"))
    expect(otso.page.get_by_role("heading", level=1)).to_have_text("Siltojen iltapäivä")
    otso.sees("invites Otso Orava")
    otso.sees("You are invited as the representative of Pohjoisten siltojen verkosto.")
    otso.sees("Thursday 10 September 2026, 13:00–\N{WORD JOINER}15:00")
    otso.sees("13:45–14:45", within=otso.row("Keskustelu"))
    name, entry = otso.download("Add to calendar")
    assert (name, b"SUMMARY:Siltojen" in entry) == ("invite.ics", True)
    otso.look()
    otso.fits()


def answer(otso: Visitor, choice: str, saved: str) -> None:
    otso.check(choice)
    otso.press("Send the answer")
    otso.sees(saved)
    otso.page.reload()
    otso.sees(saved, within=otso.page.locator(".kept"))


def refuse_half_an_answer(otso: Visitor) -> None:
    otso.page.get_by_role("radio", name="Somebody comes in my place").check()
    otso.write({"Their name": "Oili Orava", "Message to the secretariat": "Terveisin Otso"})
    otso.press("Send the answer")
    otso.sees("One thing needs correcting")
    expect(otso.field("Their name")).to_have_value("Oili Orava")
    expect(otso.field("Message to the secretariat")).to_have_value("Terveisin Otso")
    otso.look()
    otso.fits()


def change(otso: Visitor, choice: str, saved: str) -> None:
    otso.press("Change your answer")
    answer(otso, choice, saved)


def fill_in_the_survey(otso: Visitor) -> None:
    otso.write({"Mitä neuvosto voisi tehdä?": "Kartoittaa sillat."})
    otso.press("Send the survey")
    otso.sees("One thing needs correcting")
    expect(otso.field("Mitä neuvosto voisi tehdä?")).to_have_value("Kartoittaa sillat.")
    otso.look()
    otso.check("Huonossa")
    otso.press("Send the survey")
    otso.sees("You have sent the survey")
    otso.sees("2 of 2 answered")
    otso.page.reload()
    otso.press("Change your answers")
    expect(otso.field("Huonossa")).to_be_checked()
    expect(otso.field("Mitä neuvosto voisi tehdä?")).to_have_value("Kartoittaa sillat.")
    otso.look()
    otso.fits()


def send_another(otso: Visitor) -> None:
    otso.press("Change your answer")
    otso.check("Somebody comes in my place")
    otso.write({"Their name": "Oili Oksa", "Their e-mail address": "oili@rm.example"})
    otso.press("Send the answer")
    otso.sees("oili@rm.example comes in your place")
    otso.look()


def come_in_anothers_place(oili: Visitor) -> None:
    mail = oili.open_mail("Oili Oksa")
    oili.sees("Otso Orava", within=mail)
    oili.follow(mail.get_by_role("link"))
    oili.press("English")
    oili.sees("Otso Orava has asked you to come in their place. You represent Pohjoisten siltojen verkosto.")
    answer(oili, "I am coming", "You are coming")
    fill_in_the_survey(oili)


def test_who_has_no_answer_to_give_any_more_learns_whom_to_write_to(small_house, sit_down):
    invited(small_house)
    pilvi = sit_down(small_house, width=PHONE)
    pilvi.follow(pilvi.open_mail("Pilvi Poutanen").get_by_role("link", name="Answer the invitation"))
    pilvi.check("I am coming")
    pilvi.write({"Message to the secretariat": "Tulen junalla"})
    small_house.clock.let_pass(days=8)
    pilvi.press("Send the answer")
    pilvi.sees("Answering has closed, and what you sent was not saved.")
    pilvi.sees("Tulen junalla")
    pilvi.sees("saima.salo@rm.example")
    pilvi.look()
    pilvi.fits()
