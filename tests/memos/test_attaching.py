"""Helmi attaches files to a memo, and orders them."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.memos.memos import memo_of
from app.memos.models import Attachment
from app.memos.uploads import File, let_in
from tests.memos.attached import OWN, attached, names, printed, upload, words
from tests.memos.held import held_event
from tests.pdf import sheets
from tests.pdf.verapdf import broken_rules


@pytest.fixture(scope="module")
def database(sqlite_database):
    """Nothing here depends on the database's kind; test_routes.py attaches on both."""
    return sqlite_database


@pytest.fixture
def held(session):
    return held_event(session)


@pytest.mark.long
@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("Raportti.pdf", sheets.sound, "Esteetön, 2 sivua."),
        ("Skannattu.pdf", sheets.plain, "Ei esteetön"),
        ("Salattu.pdf", sheets.encrypted, "Salattu"),
        ("Rikki.pdf", lambda: b"%PDF-1.7 rikki", "Vioittunut"),
        ("Vanha.pdf", lambda: sheets.changed(sheets.sound(), sheets.without_archive), "PDF/A"),
        ("Lomake.pdf", lambda: sheets.changed(sheets.sound(), sheets.with_form), "lomake"),
    ],
)
def test_what_was_found_in_a_file_is_said(signed_in, session, held, name, content, sentence):
    assert upload(signed_in, held, name, content()).status_code == 303
    page = signed_in.get(f"/events/{held.id}/memo").text
    line = page.partition('id="attached-6"')[2].partition("</li>")[0]
    assert sentence in line


@pytest.mark.long
def test_the_memo_is_made_all_the_same_and_names_them(signed_in, session, held):
    for name, content in (
        ("Rikki.pdf", b"%PDF-1.7 rikki"),
        ("Salattu.pdf", sheets.encrypted()),
        ("Raportti.pdf", sheets.sound()),
        ("silta.png", sheets.image("RGBA")),
    ):
        upload(signed_in, held, name, content)
    for title, said in (("Raportti", {}), ("silta", {"alternative": "Silta on poikki."})):
        here = f"/events/{held.id}/memo/attachments/{attached(session, held, title).id}/change"
        assert signed_in.post(here, data={"title": title, "appended": "on", **said}).status_code == 303
    pdf = printed(session, held)
    pages = words(session, held)
    assert "osallistujat, Siltaraportti, Rikki, Salattu, Raportti, silta" in next(
        one for one in pages if "Jakelu" in one
    )
    assert [one[:16] for one in pages[-4:]] == ["Liite 8 Raportti", "Raportti Alas ul", "Sista", "Liite 9 silta"]
    assert sorted(PdfReader(BytesIO(pdf)).attachments) == [
        "Raportti (2).pdf", "Rikki.pdf", "Salattu.pdf", "raportti.pdf", "silta.png",
    ]  # fmt: skip
    assert broken_rules(pdf) == {}


@pytest.mark.long
def test_what_may_not_open_is_named_before_the_memo_leaves(signed_in, session, held):
    upload(signed_in, held, "Salattu.pdf", sheets.encrypted())
    upload(signed_in, held, "Raportti.pdf", sheets.sound())
    page = signed_in.get(f"/events/{held.id}/sent").text
    assert "6 Salattu: Salattu" in page and "7 Raportti" not in page


@pytest.mark.long
@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("a.exe", b"MZ", "Liitä PDF"),
        ("a.pdf", b"MZ", "a.pdf ei ole sitä"),
        ("a.docx", b"PK\x03\x04", "a.docx on vioittunut"),
        ("a.png", sheets.png_of(10_000, 5_001), "liikaa kuvapisteitä"),
    ],
)
def test_what_is_not_taken_is_said_at_the_field(signed_in, session, held, name, content, sentence):
    answer = upload(signed_in, held, name, content)
    assert (answer.status_code, sentence in answer.text, len(names(session, held))) == (422, True, 5)


@pytest.mark.long
def test_pages_of_an_accessible_pdf_follow_where_it_is_wanted(signed_in, session, held):
    upload(signed_in, held, "Raportti.pdf", sheets.sound())
    one = attached(session, held, "Raportti")
    here = f"/events/{held.id}/memo/attachments/{one.id}/change"
    assert signed_in.post(here, data={"title": "Siltojen tila", "appended": "on"}).status_code == 303
    pages = words(session, held)
    assert pages[-3:] == [
        "Liite 6 Siltojen tila Liitteen 2 sivua alkavat seuraavalta sivulta.",
        "Raportti Alas ulos Silta Euroa Pohjoissilta 12 Toinen", "Sista",
    ]  # fmt: skip
    assert signed_in.post(here, data={"title": "Siltojen tila"}).status_code == 303
    assert words(session, held) == pages[:-3]


@pytest.mark.long
def test_pages_of_one_that_is_not_are_not_taken(signed_in, session, held):
    upload(signed_in, held, "Skannattu.pdf", sheets.plain())
    one = attached(session, held, "Skannattu")
    answer = signed_in.post(
        f"/events/{held.id}/memo/attachments/{one.id}/change", data={"title": "Skannattu", "appended": "on"}
    )
    assert (answer.status_code, attached(session, held, "Skannattu").appended) == (422, False)


@pytest.mark.long
def test_an_image_is_a_page_once_it_is_described(signed_in, session, held):
    upload(signed_in, held, "silta.jpg", sheets.image(kind="JPEG"))
    one = attached(session, held, "silta")
    here = f"/events/{held.id}/memo/attachments/{one.id}/change"
    refused = signed_in.post(here, data={"title": "Silta", "appended": "on", "alternative": " "})
    assert (refused.status_code, "Kerro, mitä kuvassa on" in refused.text) == (422, True)
    said = {"title": "Silta", "appended": "on", "alternative": "Silta on poikki."}
    assert signed_in.post(here, data=said).status_code == 303
    read = PdfReader(BytesIO(printed(session, held)))
    assert " ".join(read.pages[-1].extract_text().split())[:13] == "Liite 6 Silta"
    assert (len(read.pages[-1].images), read.attachments["silta.jpg"]) == (1, [sheets.image(kind="JPEG")])


@pytest.mark.long
def test_a_new_version_of_a_file_keeps_its_number(signed_in, session, held):
    upload(signed_in, held, "Raportti.pdf", sheets.plain())
    one = attached(session, held, "Raportti")
    here = f"/events/{held.id}/memo/attachments/{one.id}"
    files = {"file": ("Raportti 2.pdf", sheets.sound(), "application/pdf")}
    assert signed_in.post(f"{here}/change", data={"title": "Raportti"}, files=files).status_code == 303
    now = attached(session, held, "Raportti")
    assert (now.id, now.file_name, now.finding, now.pages) == (one.id, "Raportti 2.pdf", "sound", 2)
    got = signed_in.get(here)
    assert (got.content, got.headers["content-disposition"][:10]) == (sheets.sound(), "attachment")
    assert "sandbox" in got.headers["content-security-policy"]
    assert signed_in.get(f"/events/{held.id}/memo/attachments/999999").status_code == 404


@pytest.mark.long
def test_materials_of_the_agenda_follow_the_memos_own(signed_in, session, held):
    item = session.scalar(select(AgendaItem).where(AgendaItem.event_id == held.id))
    here = f"/events/{held.id}/agenda/{item.id}/materials"
    assert signed_in.post(here, files={"file": ("kalvot.pdf", sheets.sound(), "application/pdf")}).status_code < 400
    upload(signed_in, held, "Raportti.pdf", sheets.plain())
    assert names(session, held) == [*OWN, "Siltaraportti", "Raportti", "kalvot"]
    material = session.scalar(select(Attachment).where(Attachment.agenda_item_id == item.id))
    assert (material.finding, material.pages) == ("sound", 2)
    change = f"/events/{held.id}/memo/attachments/{material.id}/change"
    assert signed_in.post(change, data={"title": "Kalvot", "appended": "on"}).status_code == 303
    assert words(session, held)[-1] == "Sista"


def test_they_are_put_in_order_as_they_are_dragged(signed_in, session, held):
    ids = {one.generated or one.title: one.id for one in memo_of(session, held.id).attachments}
    order = ["Siltaraportti", "participants", "invitation"]
    answer = signed_in.post(
        f"/events/{held.id}/memo/attachments/order", data={"order": ",".join(str(ids[one]) for one in order) + ",x,7"}
    )
    assert answer.status_code == 303
    assert names(session, held) == [*order, "programme", "survey_summary"]


def test_htmx_gets_the_attachments_alone_so_that_a_text_being_written_stays(signed_in, session, held):
    one = attached(session, held, "Siltaraportti")
    answer = signed_in.post(
        f"/events/{held.id}/memo/attachments/{one.id}", data={"action": "up"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    order = re.findall(r'class="attached-name">\s*<a[^>]*>([^<]*)', answer.text)
    assert order == ["Kutsu", "Ohjelma", "Yhteenveto ennakkokyselyistä", "Siltaraportti", "Osallistujat"]
    assert answer.text.lstrip().startswith('<section id="attachments"')
    assert "memo-text" not in answer.text and 'name="body-' not in answer.text
    assert "Siltaraportti<br>Osallistujat</dd>" in answer.text.partition('hx-target="#paper-attached"')[2]


def test_a_file_is_let_in_with_what_was_found():
    content = sheets.plain()
    found = File("raportti.pdf", content, "application/pdf", "untagged", 1)
    assert let_in("C:\\Users\\Helmi\\raportti.pdf", content) == found
