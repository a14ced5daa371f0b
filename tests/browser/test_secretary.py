"""Helmi's whole job, from an empty address book to the copies of the memo."""

from __future__ import annotations

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.conftest import PASSWORD

EVENT = "Siltojen iltapäivä"
MEMO = [
    "Muistio", "10.9.2026", "Siltaneuvoston sihteeristö", EVENT,
    "Taustaa", "Neuvosto kutsuu verkostot koolle.",
    "Osallistujat",
    "Pohjoisten siltojen verkosto, Otso Orava, TieM", "Pilvi Poutanen, TieM (etäyhteydellä)",
    "Kaino Karhu, Karhujen liitto",
    "Keskustelusta", "Sillat kestävät.",
    "Jatkoehdotuksista", "Selvitetään pohjoisen sillat.",
    "Liitteet Kutsu", "Ohjelma", "Yhteenveto ennakkokyselyistä",
    "Jakelu Osallistuneet", "Tiedoksi Tilaisuuteen kutsutut", "Siltaneuvosto",
    "1 (4)",
]  # fmt: skip


def test_from_an_empty_address_book_to_the_copies_of_the_memo(small_house, sit_down):
    helmi = sit_down(small_house)
    sign_in(helmi)
    fill_the_address_book(helmi)
    prepare(helmi)
    order_the_agenda(helmi)
    ask_beforehand(helmi)
    pick(helmi)
    send(helmi, small_house)
    answers_come_in(helmi, sit_down(small_house, width=375))
    small_house.clock.let_pass(days=9, hours=4)
    sign_in(helmi)
    tick(helmi)
    write_the_memo(helmi)
    issue_it(helmi, small_house)


def sign_in(helmi: Visitor) -> None:
    helmi.go("/")
    helmi.look()
    helmi.write({"E-mail address": "helmi@koolle.example", "Password": PASSWORD})
    helmi.press("Sign in")
    helmi.sees("Convenings")


def fill_the_address_book(helmi: Visitor) -> None:
    main = helmi.page.get_by_role("navigation", name="Main")
    helmi.look()
    helmi.press("People", within=main)
    helmi.press("Organisations")
    helmi.press("Add an organisation", within=helmi.page.locator(".page-head"))
    helmi.write({"Official name": "tieministeriö", "Abbreviation": "TieM"})
    helmi.press("Add the organisation")
    helmi.sees("tieministeriö was added.")

    helmi.go("/people/new")
    for given, family in (("Aarne", "Aho"), ("Saima", "Salo"), ("Otso", "Orava"), ("Pilvi", "Poutanen")):
        helmi.choose("Language", "English")
        helmi.write({"Given name": given, "Family name": family, "E-mail": f"{given.lower()}@tiem.example"})
        helmi.write({"Organisation": "TieM"})
        helmi.press("Add, and another")
        helmi.sees(f"{given} {family} was added.")

    make_group(helmi, "Siltaneuvosto", {"Aarne Aho": "chair", "Saima Salo": "secretary"})
    make_group(helmi, "Pohjoisten siltojen verkosto", {"Otso Orava": "leader"})

    helmi.press("Lists", within=main)
    helmi.write({"Name": "Tieväki"})
    helmi.press("Make the list")
    helmi.write({"Name or e-mail": "aarne@tiem.example"}, within=helmi.page.locator(".recipients"))
    helmi.page.keyboard.press("Enter")
    helmi.sees("Reaches 1 person now")
    helmi.look()


def make_group(helmi: Visitor, name: str, people: dict[str, str]) -> None:
    helmi.go("/groups/new")
    helmi.write({"Official name": name})
    helmi.press("Add the group")
    for person, role in people.items():
        helmi.write({"Name or e-mail": person})
        helmi.choose("Role", role)
        helmi.press("Add to the group")
        expect(helmi.page.get_by_role("row", name=person)).to_be_visible()
    helmi.look()


def prepare(helmi: Visitor) -> None:
    helmi.go("/")
    helmi.press("Prepare the first event")
    helmi.press("Save the event")
    helmi.sees("things need correcting")
    helmi.look()
    helmi.write({"Title": EVENT, "Day": "2026-09-10", "Starts": "13:00", "Ends": "15:00"})
    helmi.write({"Place": "Siltatalo, Oulu", "Online link": "https://kokous.example/sillat"})
    helmi.write({"Background": "Neuvosto kutsuu verkostot **koolle**.", "Answers by": "2026-09-07"})
    helmi.choose("Who convenes", "Siltaneuvosto")
    helmi.choose("Language", "Finnish")
    helmi.press("Save the event")
    helmi.sees("The event is saved. What will be on its agenda?")
    helmi.sees(EVENT, within=helmi.page.get_by_role("region", name=EVENT))


def order_the_agenda(helmi: Visitor) -> None:
    for title, minutes in (("Keskustelu", "60"), ("Kahvi", "15"), ("Avaus", "30")):
        helmi.write({"Title": title, "Minutes": minutes})
        helmi.press("Add the item")
        helmi.sees(title, within=helmi.page.locator("ol.agenda"))
    for order in (["Keskustelu", "Avaus", "Kahvi"], ["Avaus", "Keskustelu", "Kahvi"]):
        helmi.press("Move up: Avaus")
        expect(helmi.page.locator(".agenda-item .title")).to_have_text(order)
    expect(helmi.page.locator(".agenda-item .clock")).to_have_text(["13:00–13:30", "13:30–14:30", "14:30–14:45"])
    helmi.sees("15 min left before the end")
    helmi.look()


def ask_beforehand(helmi: Visitor) -> None:
    helmi.press("Back to preparing")
    helmi.press("Write a survey")
    helmi.press("Begin a survey")
    helmi.page.get_by_role("radio", name="A number").check()
    helmi.write({"Question or heading": "Montako siltaa teillä on?", "Title": "Sillat nyt"})
    helmi.press("Add the question")
    helmi.sees("Montako siltaa teillä on?", within=helmi.page.locator(".builder"))
    helmi.page.get_by_role("radio", name="One of several").check()
    helmi.write({"Question or heading": "Miltä näyttää?"})
    helmi.write({"Options": "Hyvältä\nHuonolta"})
    helmi.press("Add the question")
    helmi.sees("Huonolta", within=helmi.page.locator(".builder"))
    helmi.look()


def pick(helmi: Visitor) -> None:
    helmi.press("Back to preparing")
    helmi.press("Pick whom to invite")
    helmi.press("Add: Tieväki")
    helmi.sees("1 person", within=helmi.page.locator("#picked"))
    helmi.press("Leaders (1): Pohjoisten siltojen verkosto")
    helmi.sees("2 people", within=helmi.page.locator("#picked"))
    helmi.write({"Part of a name": "pout"})
    helmi.press("Add: Pilvi Poutanen")
    helmi.sees("3 people", within=helmi.page.locator("#picked"))
    helmi.sees("Pohjoisten siltojen verkosto", within=helmi.row("Otso Orava"))
    helmi.look()


def send(helmi: Visitor, house: House) -> None:
    helmi.press("Read the letter")
    helmi.look()
    helmi.press("Next")
    helmi.sees("Otso Orava", within=helmi.page.locator(".recipient"))
    helmi.sees("Pohjoisten siltojen verkosto", within=helmi.page.frame_locator(".letter-paper iframe").locator("body"))
    helmi.press("Go on to sending")
    helmi.sees("3 invitations leave")
    helmi.look()
    helmi.press("Send 3 invitations")
    helmi.sees("3 mails leave at 09:01.")
    helmi.look()
    house.clock.let_pass(minutes=1)
    helmi.sees("3 mails sent", within=helmi.page.locator("#sending"))
    expect(helmi.page.locator("#picked td").get_by_text("sent", exact=True)).to_have_count(3)


def answers_come_in(helmi: Visitor, otso: Visitor) -> None:
    mail = otso.open_mail("Otso Orava")
    otso.look()
    otso.follow(mail.get_by_role("link", name="Answer the invitation"))
    otso.check("I am coming")
    otso.press("Send the answer")
    otso.sees("You are coming")

    helmi.press("Answers", exact=False, within=helmi.page.get_by_role("navigation", name="Stages of the event"))
    helmi.sees("is coming", within=helmi.row("Otso Orava"))
    helmi.press("Open Pilvi Poutanen")
    helmi.choose("Answer", "takes part online")
    helmi.look()
    helmi.press("Save the answer")
    helmi.sees("takes part online", within=helmi.row("Pilvi Poutanen"))
    helmi.sees("by telephone", within=helmi.row("Pilvi Poutanen"))
    helmi.sees("has not answered", within=helmi.row("Aarne Aho"))


def tick(helmi: Visitor) -> None:
    helmi.press(EVENT)
    helmi.press("Day", exact=False, within=helmi.page.get_by_role("navigation", name="Stages of the event"))
    helmi.press("Present", within=helmi.row("Otso Orava"))
    helmi.press("Online", within=helmi.row("Pilvi Poutanen"))
    helmi.sees("2 have come", within=helmi.page.locator("#day-count"))
    helmi.write({"Name, organisation": "Kaino Karhu, Karhujen liitto"})
    helmi.press("Add as present")
    helmi.sees("3 have come", within=helmi.page.locator("#day-count"))
    helmi.sees("not invited", within=helmi.row("Kaino Karhu"))
    helmi.look()


def write_the_memo(helmi: Visitor) -> None:
    helmi.press("Memo", exact=False, within=helmi.page.get_by_role("navigation", name="Stages of the event"))
    helmi.press("Begin the memo")
    helmi.write({"Text of Keskustelusta": "Sillat kestävät."})
    helmi.write({"Text of Jatkoehdotuksista": "Selvitetään pohjoisen sillat."})
    helmi.press("Save the text")
    helmi.sees("Saved at")
    helmi.sees("Kaino Karhu, Karhujen liitto", within=helmi.page.locator(".paper-auto").first)
    helmi.press("Attach")
    helmi.look()
    pages = PdfReader(io.BytesIO(helmi.read("Read as PDF"))).pages
    assert pages[0].extract_text().splitlines() == MEMO
    assert len(pages) == 4


def issue_it(helmi: Visitor, house: House) -> None:
    helmi.press("Go to sending")
    helmi.look()
    helmi.press("Issue the memo and send 4 mails")
    helmi.sees("Version 1 of the memo is issued.")
    helmi.sees("Until then you can take them back")
    helmi.look()
    house.clock.let_pass(minutes=1)
    expect(helmi.page.locator("#copies td").filter(has_text=re.compile(r"^\s*sent"))).to_have_count(4)
    helmi.look()
    helmi.sees(EVENT, within=helmi.open_mail("Saima Salo"))
