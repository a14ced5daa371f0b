"""Helmi attaches files to a memo, orders them, and keeps the references in its text right."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.events.queries import event_by_id
from app.memos.closing import attachments_of
from app.memos.document import memo_pdf
from app.memos.memos import memo_of
from app.memos.models import Attachment, Section
from app.memos.uploads import File, let_in
from tests.conftest import NOW
from tests.memos.held import held_event
from tests.pdf import sheets
from tests.pdf.verapdf import broken_rules

OWN = ("invitation", "programme", "survey_summary", "participants")


@pytest.fixture(scope="module")
def database(sqlite_database):
    """Nothing here depends on the database's kind; test_routes.py attaches on both."""
    return sqlite_database


@pytest.fixture
def held(session):
    return held_event(session)


def names(session, event) -> list[str]:
    session.expire_all()
    return [one.generated or one.title for one in attachments_of(session, event, memo_of(session, event.id))]


def attached(session, event, title: str) -> Attachment:
    session.expire_all()
    return next(one for one in memo_of(session, event.id).attachments if one.title == title)


def upload(signed_in, event, name: str, content: bytes, **form):
    here = f"/events/{event.id}/memo/attachments"
    return signed_in.post(here, data=form, files={"file": (name, content, "application/octet-stream")})


def body_of(session, event, heading: str) -> str:
    session.expire_all()
    return next(one.body for one in memo_of(session, event.id).sections if one.heading == heading)


def write(session, event, text: str) -> None:
    section = session.scalar(select(Section).where(Section.heading == "Keskustelusta"))
    section.body = text
    session.commit()


def printed(session, event) -> bytes:
    session.expire_all()
    return memo_pdf(session, event_by_id(session, event.id), at=NOW)


def words(session, event) -> list[str]:
    pages = PdfReader(BytesIO(printed(session, event))).pages
    return [re.sub(r" \d+ \(\d+\)$", "", " ".join((page.extract_text() or "").split())) for page in pages]


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


def test_what_may_not_open_is_named_before_the_memo_leaves(signed_in, session, held):
    upload(signed_in, held, "Salattu.pdf", sheets.encrypted())
    upload(signed_in, held, "Raportti.pdf", sheets.sound())
    page = signed_in.get(f"/events/{held.id}/sent").text
    assert "6 Salattu: Salattu" in page and "7 Raportti" not in page


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


def test_pages_of_one_that_is_not_are_not_taken(signed_in, session, held):
    upload(signed_in, held, "Skannattu.pdf", sheets.plain())
    one = attached(session, held, "Skannattu")
    answer = signed_in.post(
        f"/events/{held.id}/memo/attachments/{one.id}/change", data={"title": "Skannattu", "appended": "on"}
    )
    assert (answer.status_code, attached(session, held, "Skannattu").appended) == (422, False)


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


def test_references_are_led_to_their_attachments_and_those_that_lead_nowhere_are_said(signed_in, session, held):
    write(session, held, "Katso liitteet 2 ja 5, liite 9 ja [liite 1](https://a.example).")
    page = signed_in.get(f"/events/{held.id}/memo").text
    assert "Ei johda mihinkään liitteeseen: liite 9" in page
    section = session.scalar(select(Section.id).where(Section.heading == "Keskustelusta"))
    assert re.search(rf'id="nowhere-{section}">[^\n]*liite 9', page)
    read = PdfReader(BytesIO(printed(session, held)))
    targets = {}
    for sheet in read.pages:
        for link in sheet.get("/Annots", []):
            dest = link.get_object().get("/Dest")
            if dest is not None:
                targets[str(dest)] = read.get_destination_page_number(read.named_destinations[str(dest)])
    assert set(targets) == {"attachment-2", "attachment-5"}
    assert read.pages[targets["attachment-2"]].extract_text().split()[:2] == ["Liite", "2"]
    assert "Liitteet" in read.pages[targets["attachment-5"]].extract_text()  # a file: where it is listed


def test_moving_offers_to_number_the_references_anew_and_shows_what_changes(signed_in, session, held):
    write(session, held, "Raportti (liite 5) ja liitteissä 1–2. Ks. myös liite 9.")
    here = f"/events/{held.id}/memo"
    one = attached(session, held, "Siltaraportti")
    for _step in range(2):
        signed_in.post(f"{here}/attachments/{one.id}", data={"action": "up"})
    page = signed_in.get(here).text
    assert re.findall(r"<del>(.*?)</del> <ins>(.*?)</ins>", page) == [("liite 5", "liite 3")]
    marks = dict(
        re.findall(r'name="(mark-\d+)" value="(\w+)"', page.partition('class="renumber"')[2].partition("</form>")[0])
    )
    assert len(marks) == 1
    answer = signed_in.post(f"{here}/references", data={"action": "renumber", **marks})
    assert answer.status_code == 303
    assert body_of(session, held, "Keskustelusta") == "Raportti (liite 3) ja liitteissä 1–2. Ks. myös liite 9."
    assert 'class="renumber"' not in signed_in.get(here).text


def test_a_text_that_was_saved_meanwhile_is_not_written_over(signed_in, session, held):
    write(session, held, "Raportti (liite 5).")
    here = f"/events/{held.id}/memo"
    one = attached(session, held, "Siltaraportti")
    signed_in.post(f"{here}/attachments/{one.id}", data={"action": "up"})
    marks = dict(
        re.findall(r'name="(mark-\d+)" value="(\w+)"', signed_in.get(here).text.partition('class="renumber"')[2])
    )
    write(session, held, "Raportti on liite 5, ja muuta.")
    signed_in.post(f"{here}/references", data={"action": "renumber", **marks})
    assert body_of(session, held, "Keskustelusta") == "Raportti on liite 5, ja muuta."
    assert 'class="renumber"' in signed_in.get(here).text


def test_they_may_be_right_as_they_are(signed_in, session, held):
    write(session, held, "Raportti (liite 5).")
    here = f"/events/{held.id}/memo"
    signed_in.post(f"{here}/attachments/{attached(session, held, 'Siltaraportti').id}", data={"action": "up"})
    signed_in.post(f"{here}/references", data={"action": "keep"})
    assert body_of(session, held, "Keskustelusta") == "Raportti (liite 5)."
    assert 'class="renumber"' not in signed_in.get(here).text


def test_what_referred_to_a_removed_one_does_not_come_to_mean_another(signed_in, session, held):
    write(session, held, "Ohjelma on liite 2, kysely liite 3.")
    here = f"/events/{held.id}/memo"
    programme = next(one for one in memo_of(session, held.id).attachments if one.generated == "programme")
    signed_in.post(f"{here}/attachments/{programme.id}", data={"action": "remove"})
    page = signed_in.get(here).text
    assert re.findall(r"<del>(.*?)</del> <ins>(.*?)</ins>", page) == [("liite 2", "liite ?"), ("liite 3", "liite 2")]


def test_where_nothing_is_referred_to_nothing_is_asked(signed_in, session, held):
    write(session, held, "Ks. liitteet.")
    here = f"/events/{held.id}/memo"
    signed_in.post(f"{here}/attachments/{attached(session, held, 'Siltaraportti').id}", data={"action": "up"})
    page = signed_in.get(here).text
    assert ('class="renumber"' in page, "Tekstissä ei viitata" in page) == (False, False)


def test_which_one_no_text_refers_to_is_said_quietly(signed_in, session, held):
    write(session, held, "Ks. liite 1.")
    session.scalar(select(Section).where(Section.heading == "Taustaa")).body = "Neuvosto kutsui."
    session.commit()
    page = signed_in.get(f"/events/{held.id}/memo").text
    quiet = [int(one) for one in re.findall(r'id="attached-(\d+)"(?:(?!</li>).)*Tekstissä ei viitata', page, re.DOTALL)]
    assert quiet == [2, 3, 4, 5]


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
