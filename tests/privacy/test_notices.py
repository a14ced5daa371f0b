"""The notice and the statement: open to everybody, in three languages, made from settings and rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.controller import DAYS, Controller, read_controller, read_keeps
from app.errors import BadSetting
from app.language import speaking
from app.privacy.columns import TABLES
from app.privacy.notice import told
from app.privacy.words import held_words, purpose_words

PAGES = {
    "/privacy-notice": ("Tietosuojaseloste", "Dataskyddsbeskrivning", "Privacy notice"),
    "/accessibility": ("Saavutettavuusseloste", "Tillgänglighetsutlåtande", "Accessibility statement"),
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("place", range(3))
def test_open_to_everybody_in_three_languages(client, path, place):
    client.cookies.set("language", ("fi", "sv", "en")[place])
    page = client.get(path)
    assert (page.status_code, f"<h1>{PAGES[path][place]}</h1>" in page.text) == (200, True)


def test_what_is_not_set_is_said_in_words_and_what_is_set_stands_there(client, app):
    assert "Ei ole vielä ilmoitettu" in client.get("/privacy-notice").text
    assert "Ei ole vielä ilmoitettu" in client.get("/accessibility").text
    told = Controller("Rakenneministeriö", "PL 1, 00023", "dpo@rm.example", "ei mihinkään", None, "palaute@rm.example",
                      "Kartta ei toimi näppäimistöllä.", "1.9.2026")  # fmt: skip
    app.state.settings = replace(app.state.settings, controller=told)
    notice, statement = client.get("/privacy-notice").text, client.get("/accessibility").text
    assert [
        word for word in ("Rakenneministeriö", "PL 1", "dpo@rm.example", "ei mihinkään") if word not in notice
    ] == []
    named = ("Rakenneministeriö", "palaute@rm.example", "Kartta ei", "1.9.2026", "Traficom", "14 päivän")
    assert [word for word in named if word not in statement] == []
    assert "Ei ole vielä ilmoitettu" not in notice + statement


def test_the_notice_follows_the_rules(client, app):
    assert "14 päivää tilaisuuden jälkeen" in client.get("/privacy-notice").text
    app.state.settings = replace(app.state.settings, keeps=app.state.settings.keeps | {"needs": 3, "event": 730})
    page = client.get("/privacy-notice").text
    assert ("14 päivää tilaisuuden" in page, "3 päivää tilaisuuden" in page, "24 kuukautta tilaisuuden" in page) == (
        False,
        True,
        True,
    )


def test_the_notice_names_all_that_is_held():
    held = {(one.purpose, one.kept) for one in TABLES.values() if one.personal}
    assert set(held_words()) == held
    with speaking("fi"):
        [event] = [one for one in told(DAYS) if one.purpose == purpose_words()["event"]]
    assert [(what, data) for _lasts, what, data in event.kept] == [
        (["tilaisuus ja sen ohjelma"], ["omin sanoin kirjoitettu"]),
        (
            ["kutsusi, vastauksesi ja paikkasi"],
            ["nimi, tehtävänimike ja edustettu taho", "vastaukset", "omin sanoin kirjoitettu"],
        ),
        (["tilaisuuden puhujat"], ["nimi, tehtävänimike ja edustettu taho", "omin sanoin kirjoitettu"]),
    ]


def test_they_are_linked_from_the_sign_in_page_and_pages_of_guests(client):
    for path in ("/sign-in", "/code"):
        page = client.get(path).text
        assert [link for link in PAGES if f'href="{link}"' not in page] == []


def test_settings_are_read():
    read = read_controller({"KOOLLE_CONTROLLER": " RM ", "KOOLLE_CONTROLLER_DPO": "dpo@rm.example"})
    assert (read.name, read.dpo) == ("RM", "dpo@rm.example")
    assert read.missing == ["KOOLLE_CONTROLLER_ADDRESS", "KOOLLE_CONTROLLER_FEEDBACK"]
    assert read_keeps({"KOOLLE_KEEP_NEEDS": "7"})["needs"] == 7


@pytest.mark.parametrize("text", ["0", "-1", "x", "١", "99999999"])
def test_nonsense_is_refused(text):
    with pytest.raises(BadSetting):
        read_keeps({"KOOLLE_KEEP_EVENT": text})
