"""Otso after the event: from the memo's mail to its pages and files, which he takes home."""

from __future__ import annotations

import io
from urllib.parse import urljoin

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.stories import issued
from tests.browser.visitor import Visitor


def test_from_the_memos_mail_to_its_files(small_house, sit_down):
    issued(small_house)
    otso = sit_down(small_house, width=375)
    mail = otso.open_mail("Otso Orava")
    otso.sees("You get it by its distribution: Osallistuneet.", within=mail)
    otso.follow(mail.get_by_role("link", name="Open the memo and its attachments"))

    expect(otso.page.get_by_role("heading", level=1)).to_have_text("Verkostojen iltapäivä")
    memo = otso.page.get_by_role("article")
    otso.sees("Siltojen ja teiden verkosto", within=memo)
    otso.sees("siltojen tarkastus/korjaus on yhteistä työtä", within=memo)
    otso.look()
    otso.fits()

    memo = pressed(otso)
    assert [text.splitlines()[0] for text in texts(memo)] == [
        "Muistio", "Yhteenveto ennakkokyselyistä",
        "Liite 1  Kutsu", "Liite 2  Ohjelma", "Liite 3  Yhteenveto ennakkokyselyistä", "Liite 4  Osallistujat",
    ]  # fmt: skip
    assert "Siltojen ja teiden verkosto, Otso Orava, RM" in texts(memo)[0]
    _name, programme = otso.download("Attachment 2: Ohjelma")
    assert "13.00–13.30 Avaus Aarne Aho, RM" in texts(programme)[0]
    assert otso.download("Attachment 5: Siltaraportti") == ("raportti.pdf", b"%PDF-1.7 rikki")


def pressed(otso: Visitor) -> bytes:
    """Press to open the memo, and return what the press leads to."""
    form = otso.page.locator("form.open-memo")
    answer = otso.page.context.request.post(
        urljoin(otso.page.url, form.get_attribute("action")), headers={"Origin": otso.home}
    )
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.body()


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
