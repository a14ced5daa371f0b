"""Helmi's text refers to attachments by number, and the references stay right."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.memos.memos import memo_of
from app.memos.models import Section
from tests.memos.attached import attached, body_of, printed, write
from tests.memos.held import held_event


@pytest.fixture(scope="module")
def database(sqlite_database):
    """Nothing here depends on the database's kind; test_routes.py attaches on both."""
    return sqlite_database


@pytest.fixture
def held(session):
    return held_event(session)


def test_references_are_led_to_their_attachments_and_those_that_lead_nowhere_are_said(signed_in, session, held):
    write(session, held, "Katso liitteet 2 ja 5, liite 9 ja [liite 1](https://a.example).")
    page = signed_in.get(f"/events/{held.id}/memo").text
    assert "Ei johda mihinkään liitteeseen: liite 9" in page
    section = session.scalar(select(Section.key).where(Section.heading == "Keskustelusta"))
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
        re.findall(
            r'name="(mark-[0-9a-f]{32})" value="(\w+)"', page.partition('class="renumber"')[2].partition("</form>")[0]
        )
    )
    assert len(marks) == 1
    answer = signed_in.post(f"{here}/references", data={"action": "renumber", **marks})
    assert answer.status_code == 303
    assert body_of(session, held, "Keskustelusta") == "Raportti (liite 3) ja liitteissä 1–2. Ks. myös liite 9."
    assert 'class="renumber"' not in signed_in.get(here).text


@pytest.mark.long
def test_a_text_that_was_saved_meanwhile_is_not_written_over(signed_in, session, held):
    write(session, held, "Raportti (liite 5).")
    here = f"/events/{held.id}/memo"
    one = attached(session, held, "Siltaraportti")
    signed_in.post(f"{here}/attachments/{one.id}", data={"action": "up"})
    marks = dict(
        re.findall(
            r'name="(mark-[0-9a-f]{32})" value="(\w+)"', signed_in.get(here).text.partition('class="renumber"')[2]
        )
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
