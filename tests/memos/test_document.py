"""The memo and its attachments as one PDF: its words in order, where they stand, what travels inside."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.attendance.models import Attendance
from app.errors import NotFound
from app.events.queries import event_by_id
from app.invitations.models import Invitation, InvitationLetter
from app.invitees.queries import invitees_of
from app.memos.document import memo_page_body, memo_pdf, paper_pdf
from app.memos.models import Signer
from app.memos.paper import Annexe, Programme
from app.web import env
from tests import cast
from tests.conftest import NOW, counting
from tests.memos.held import held_event

LEFT_EDGES = {"2024": {56.7, 121.9, 317.5}, "2007": {56.7, 187.1, 317.5}}  # by the edition of SFS 2487
IN_ORDER = """RM/12/2026 10.9.2026 Siltaneuvoston sihteeristö Saima Salo Verkostojen iltapäivä Taustaa
Neuvosto kutsui verkostojen vetäjiä (ks. liitteet). Rakennusten talo, Helsinki
Siltojen ja teiden verkosto, Otso Orava, RM Siltojen ja teiden verkosto, Oili Orava, RM
Siltaneuvoston puheenjohtaja Aarne Aho Siltaneuvoston sihteeristöstä: Saima Salo, RM. 13.00–13.30 Avaus
Keskustelusta Monissa verkostoissa pohditaan, 2020-luvulla siltojen tarkastus/korjaus on yhteistä työtä.
Rahoitus Silta Euroa Pohjoissilta 12 ensimmäinen toinen Onko siltoja? Kyllä 3 Ei 2 Kartoitetaan sillat. Saima Salo
1.11.2026 Saima Salo, sihteeri, saima.salo@rm.example
Liitteet Jakelu Osallistuneet Tiedoksi Tilaisuuteen kutsutut, Siltaneuvosto
https://kokous.example/silta Neuvosto kutsuu koolle. Otso Orava, RM 13.30–14.00 Kahvi"""


@pytest.fixture(scope="module")
def database(sqlite_database):
    """What a paper reads is read on both databases in test_issuing.py; what it looks like depends on neither."""
    return sqlite_database


def text_of(pdf: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def missing_after(words: list[str], text: list[str]) -> list[str]:
    """The words that do not follow each other in the text, from the first that does not on."""
    there = iter(text)
    return next((words[place:] for place, word in enumerate(words) if word not in there), [])


@pytest.mark.long
@pytest.mark.parametrize("layout", ["2024", "2007"])
def test_the_memo_reads_in_order_by_every_reader_and_stands_where_the_standard_says(session, layout):
    pdf = memo_pdf(session, held_event(session, layout=layout), at=NOW)
    reader = PdfReader(BytesIO(pdf))
    streamed = " ".join(page.extract_text() for page in reader.pages)
    for text in (text_of(pdf, "-layout"), text_of(pdf, "-raw"), streamed):
        assert missing_after(IN_ORDER.split(), text.split()) == []
    edges = re.findall(r'<line xMin="([\d.]+)"', text_of(pdf, "-bbox-layout"))
    wanted = LEFT_EDGES[layout]
    near = [min(wanted, key=lambda place: abs(place - float(edge))) for edge in edges]
    assert {place for place, edge in zip(near, edges, strict=True) if abs(place - float(edge)) < 1.5} == wanted
    assert min(map(float, edges)) > 55.2
    assert max(float(edge) for edge in re.findall(r'<line [^>]*xMax="([\d.]+)"', text_of(pdf, "-bbox-layout"))) < 567


def test_attachments_follow_under_bookmarks_and_uploads_travel_inside(session):
    pdf = PdfReader(BytesIO(memo_pdf(session, held_event(session), at=NOW)))
    top = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert top[0] == "Verkostojen iltapäivä"
    assert [title.split(" ", 2)[1] for title in top[1:]] == ["1", "2", "3", "4"]
    assert [entry.title for entry in pdf.outline[1] if not isinstance(entry, list)][0] == "Taustaa"
    assert pdf.attachments["raportti.pdf"] == [b"%PDF-1.7 rikki"]
    assert (pdf.metadata.title, pdf.metadata.author) == ("Verkostojen iltapäivä", "Saima Salo")
    assert pdf.trailer["/Root"]["/Lang"] == "fi"


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_papers_are_in_the_events_language(session, language):
    event = held_event(session, language)
    date = {"sv": "10.9.2026", "en": "10 September 2026"}[language]
    text = text_of(memo_pdf(session, event, at=NOW))
    assert f"RM/12/2026 {date}" in " ".join(text.split())
    assert {"sv": "De inbjudna", "en": "Those invited"}[language] in text


def test_headings_and_paragraphs_are_numbered_on_demand(session):
    html = page(session, held_event(session, numbered="headings", first_number=4))
    headings = re.findall(r'<h[23]><span class="number">([\d.]+)</span> ', html)
    assert headings == ["4", "5", "6", "7", "8", "8.1", "9", "9.1", "10"]


@pytest.mark.parametrize(
    ("signs_as", "words"), [("chair", "puheenjohtaja"), ("pääsihteeri", "pääsihteeri"), (None, "")]
)
def test_a_signer_signs_in_a_role_of_ours_or_in_words_of_their_own(session, signs_as, words):
    event = held_event(session)
    signer = session.scalar(select(Signer))
    signer.signs_as = signs_as
    session.flush()
    said = ", ".join(filter(None, ("Saima Salo", words, "saima.salo@rm.example")))
    assert f"<p>This document has been signed electronically.</p>\n  <p>{said}</p>" in page(session, event)


@pytest.mark.parametrize(("kind", "heading"), [("meeting", "Esityslista"), ("seminar", "Ohjelma")])
def test_a_meeting_has_an_agenda_and_other_events_a_programme(session, kind, heading):
    event = held_event(session)
    event.kind = kind
    assert f"<h2>{heading}</h2>" in page(session, event)


def test_every_paragraph_counts_where_paragraphs_are_numbered(session):
    html = page(session, held_event(session, numbered="paragraphs", first_number=43))
    assert re.findall(r'<p><span class="number">(\d+)</span>', html) == ["43", "44"]
    assert not re.search(r'<h2><span class="number">', html)


def test_parts_without_anything_to_say_are_left_out(session):
    html = page(session, held_event(session, follow_ups=[], signers=[]))
    assert "follow-ups" not in html and "signatures" not in html


def test_a_closing_field_prints_one_item_a_line_or_all_in_one_row(session):
    rows = page(session, held_event(session, closing="inline", attachments=[]))
    assert '<p class="items">Tilaisuuteen kutsutut, Siltaneuvosto</p>' in rows


def test_a_list_that_is_an_attachment_is_named_by_its_number(session):
    html = page(session, held_event(session, participants="attachment"))
    assert re.findall(r"<li>(.*?)</li>", html.partition("Osallistujat")[2])[0].endswith(" 4 (7 osallistujaa)")
    assert "Otso Orava" not in html


def test_a_programme_without_items_has_no_table():
    """A table's body without rows is no PDF/UA (ISO 14289-1, 7.2)."""
    html = env.get_template("papers/_programme.html").render(
        annexe=Annexe("", "Ohjelma", "programme", Programme(facts=(), rows=(), distribution=()))
    )
    assert "<table" not in html


def test_a_hostile_text_is_only_text(session):
    bad = '<script>alert(1)</script><img src="https://evil.example/x">'
    event = held_event(session, title=bad, sender=bad, attachments=[])
    html = env.get_template("papers/memo.html").render(memo_page_body(session, event, at=NOW))
    assert "<script" not in html and "<img" not in html


@pytest.mark.long
def test_each_paper_stands_alone(session):
    event = held_event(session)
    words = {"invitation": "Neuvosto kutsuu koolle.", "programme": "Keskustelu", "participants": "Aarne Aho"}
    for paper, said in words.items():
        assert said in text_of(paper_pdf(session, event, paper, at=NOW))
    assert (
        missing_after(
            ["Onko", "siltoja?", "Kyllä", "3"], text_of(paper_pdf(session, event, "survey_summary", at=NOW)).split()
        )
        == []
    )


INVITATION = """Kutsu 1 (1) RM/12/2026
Siltaneuvosto
Verkostojen iltapäivä
Aika torstaina 10.9.2026 klo 13.00–15.00 Paikka Rakennusten talo, Helsinki Etäyhteys https://kokous.example/silta
Siltaneuvosto kutsuu tilaisuuteen ”Verkostojen iltapäivä”.
Neuvosto kutsuu koolle.
Pyydämme vastaamaan viimeistään maanantaina 7.9.2026.
Lisätietoja: Saima Salo, saima.salo@rm.example
Ystävällisin terveisin Siltaneuvosto
Jakelu Siltojen ja teiden verkosto, Otso Orava, RM"""


def test_the_invitation_is_the_letter_without_what_is_personal(session):
    event = held_event(session, invitees=1)
    assert sorted(text_of(paper_pdf(session, event, "invitation", at=NOW), "-layout").split()) == sorted(
        INVITATION.split()
    )


def test_a_letter_that_was_written_is_the_invitation_in_the_events_language(session):
    event = held_event(session, invitees=1)
    body = "Hei {name}\n\nTervetuloa, {group}, taas.\n\nPaikka: {place}\n\nVastatkaa tästä:\n{link}\n\nTerveisin"
    for language, subject in (("fi", "Kutsu tilaisuuteen {title}"), ("sv", "Inbjudan")):
        session.add(InvitationLetter(event_id=event.id, language=language, subject=subject, body=body))
    [otso] = invitees_of(session, event.id)
    session.add(Invitation(invitee_id=otso.id, uid="1@koolle.example", sent_at=NOW))
    session.flush()
    text = " ".join(text_of(paper_pdf(session, event, "invitation", at=NOW)).split())
    assert "RM/12/2026 1.9.2026" in text
    assert "Kutsu tilaisuuteen Verkostojen iltapäivä" in text
    assert "Tervetuloa, (vastaanottajan edustama taho), taas. Terveisin" in text
    assert "Vastaukset" in text and "viimeistään maanantaina 7.9.2026" in text


def test_before_it_is_begun_there_is_no_memo(session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    with pytest.raises(NotFound):
        memo_pdf(session, event, at=NOW)


def test_a_longer_list_takes_no_more_queries(session, connection):
    event = held_event(session, invitees=1)
    counts = [queries(session, connection, event.id)]
    for place, name in enumerate(("Kaino Kivi", "Kuura Kivi"), 5):
        one = cast.person(session, name)
        cast.invitee(session, event, one, position=place)
        session.add(Attendance(event_id=event.id, position=place, person_id=one.id, family_name=name))
    session.commit()
    counts.append(queries(session, connection, event.id))
    assert counts[0] == counts[1] <= 40


def queries(session, connection, event_id: int) -> int:
    session.expunge_all()
    event = event_by_id(session, event_id)
    with counting(connection) as statements:
        memo_page_body(session, event, at=NOW)
    return len(statements)


def page(session, event) -> str:
    return env.get_template("papers/_memo_body.html").render(memo_page_body(session, event, at=NOW))
