"""The sheet that is signed and name badges, as PDF: who is on them, in which order, on how many pages."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.events.queries import event_by_id
from app.invitees.models import Response
from app.invitees.queries import invitees_of
from app.memos import day_papers
from app.memos.day_papers import awaited, door_manuscript, parts_of
from app.memos.setting import pdf_of
from tests import cast
from tests.conftest import NOW, counting

PEOPLE = [
    ("Otso von Essen", "accepted", "in_person"), ("Äijä Äyräs", None, None), ("Kaino Aalto", "accepted", "remote"),
    ("Lumi Öhman", "accepted", "in_person"), ("Pilvi Dal", "declined", None),
    ("Aino Zetterberg", "accepted", "in_person"),
]  # fmt: skip


one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what is printed is the same of both


@pytest.fixture
def event(session):
    return seminar(session, "fi")


def seminar(session, language: str):
    ministry = cast.organisation(session, name_sv="strukturministeriet", abbreviation_sv="SRM")
    network = cast.group(session, "Siltaverkosto")
    event = cast.event(session, network, language=language, title="Siltojen päivä")
    for place, (name, choice, mode) in enumerate(PEOPLE):
        invitee = cast.invitee(
            session, event, cast.person(session, name, of=ministry), *([network] * (place == 0)), position=place
        )
        if choice:
            answer = Response(invitee_id=invitee.id, choice=choice, mode=mode, source="link", responded_at=NOW)
            session.add(answer)
    session.flush()
    session.expire_all()
    return event_by_id(session, event.id)


def words(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("coming", ["Essen", "Zetterberg", "Öhman"]),
        ("invited", ["Aalto", "Dal", "Essen", "Zetterberg", "Äyräs", "Öhman"]),
    ],
)
def test_people_stand_in_the_order_of_the_register(session, connection, event, who, names):
    with counting(connection) as run:
        assert [one.person.family_name for one in awaited(session, event, who)] == names
    assert len(run) == 3


def test_who_has_sent_somebody_else_and_who_is_no_longer_sent_are_on_no_list(session, event):
    sender, former = invitees_of(session, event.id)[:2]
    former.substitute_for_id = sender.id
    other = cast.invitee(session, event, cast.person(session, "Rauha Ranta"), position=9, substitute_for_id=sender.id)
    sent = Response(
        invitee_id=sender.id, choice="declined", substitute_id=other.id, source="link", responded_at=NOW
    )  # fmt: skip
    session.add(sent)
    session.flush()
    names = ["Aalto", "Dal", "Ranta", "Zetterberg", "Öhman"]
    assert [one.person.family_name for one in awaited(session, event, "invited")] == names


@pytest.mark.long
@one_database
@pytest.mark.parametrize(
    ("language", "word", "head"),
    [
        ("fi", "Osallistujaluettelo", "Nro Nimi Organisaatio Edustaa Allekirjoitus"),
        ("sv", "Deltagarförteckning", "Nr Namn Organisation Företräder Underskrift"),
        ("en", "Attendance list", "No. Name Organisation Represents Signature"),
    ],
)
def test_the_sheet_is_in_the_events_language_and_ends_with_empty_rows(session, language, word, head):
    pdf = pdf_of(door_manuscript(session, seminar(session, language), "sign_sheet", "coming"))
    text = words(pdf)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[0].startswith(word) and "Siltojen päivä" in lines
    body = "SRM" if language == "sv" else "RM"
    start = lines.index(head)
    assert lines[start + 1 :] == [
        f"1 Otso von Essen {body} Siltaverkosto", f"2 Aino Zetterberg {body}", f"3 Lumi Öhman {body}",
        *(str(number) for number in range(4, 12)),
    ]  # fmt: skip
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)


@pytest.mark.long
@one_database
def test_the_head_is_on_each_page_and_rows_go_on_counting_in_the_next_part(session, event, monkeypatch):
    for place in range(40):
        cast.invitee(session, event, cast.person(session, f"Vieras V{place:02}"), position=50 + place)
    pdf = pdf_of(door_manuscript(session, event, "sign_sheet", "invited"))
    pages = words(pdf).split("\f")[:-1]
    assert [page.count("Allekirjoitus") for page in pages] == [1] * len(pages) and len(pages) > 1
    monkeypatch.setattr(day_papers, "AT_ONCE", 30)
    parts = [pdf_of(door_manuscript(session, event, "sign_sheet", "invited", part)) for part in (1, 2)]
    numbers = [re.findall(r"^ {0,9}(\d+) ", words(part), re.M) for part in parts]
    assert numbers == [[str(n) for n in range(1, 31)], [str(n) for n in range(31, 47)]]
    assert (door_manuscript(session, event, "sign_sheet", "invited", 3), parts_of(46), parts_of(0)) == (None, 2, 1)


@one_database
def test_badges_are_ten_a_page_with_name_organisation_and_group(session, event):
    for place in range(9):
        cast.invitee(session, event, cast.person(session, f"Vieras V{place:02}"), position=50 + place)
    pages = words(pdf_of(door_manuscript(session, event, "badges", "invited"))).split("\f")[:-1]
    assert [page.count("Siltojen päivä") for page in pages] == [10, 5]
    assert "Siltaverkosto" in pages[0] and "RM" in pages[0]


@one_database
def test_the_pages_lead_to_the_papers(signed_in, event):
    page = f"/events/{event.id}/day/papers"
    text = signed_in.get(page).text
    for paper in ("sign_sheet", "badges"):
        for who in ("coming", "invited"):
            address = f"/events/{event.id}/papers/{paper}.pdf?who={who}"
            assert address in text
        answer = signed_in.get(address)
        assert (answer.headers["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        for wrong in ("?who=all", "?part=2", "?part=0"):
            assert signed_in.get(f"/events/{event.id}/papers/{paper}.pdf{wrong}").status_code == 404
    assert f'"{page}"' in signed_in.get(f"/events/{event.id}/day").text
