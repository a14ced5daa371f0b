"""From a source to the address book and back, as Helmi does it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.imports.models import Import, ImportRow
from app.people.models import Organisation, Person
from tests import cast
from tests.conftest import counting

PASTED = "Oksanen Otso (RM) <otso.oksanen@rm.example>; Pilvi Poutanen <pilvi@rm.example>; Aarne Aho <aarne@tm.example>"
LIST = """Sukunimi;Etunimi;Sähköposti;Organisaatio;Tehtävä;Kieli;Lisätieto
Oksanen;Otso;otso@rm.example;RM;johtaja;suomi;a
Poutanen;Pilvi;pilvi@rm.example;tieministeriö;;ruotsi;b
Salo;Saima;saima@@rm.example;RM;;;c
=HYPERLINK("x");Aino;aino@rm.example;;;klingon;d
"""


def paste(browser, text: str) -> str:
    """Paste, and return the address of the import that is begun."""
    answer = browser.post("/imports", data={"text": text})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def send(browser, content: str | bytes, name: str = "lista.csv") -> str:
    content = content.encode() if isinstance(content, str) else content
    answer = browser.post("/imports", files={"file": (name, content)}, data={"text": ""})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def table(browser, text: str) -> str:
    """Paste cells out of a spreadsheet, written here with semicolons between them."""
    return paste(browser, text.replace(";", "\t"))


def columns(browser, at: str, **changed) -> dict[str, str]:
    """Press on with the columns as they are proposed, but for what is changed."""
    page = browser.get(at + "/columns").text
    chosen = re.findall(r'<select id="field-(\w+)"(.*?)</select>', page, re.S)
    values = {name: (re.findall(r'value="([^"]*)" selected', options) or [""])[0] for name, options in chosen}
    checked = re.findall(r'<input type="(?:radio|checkbox)" id="[^"]*" name="(\w+)" value="(\w+)" checked', page)
    sent = values | dict(checked) | changed
    answer = browser.post(at + "/columns", data={name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 303, answer.text
    return sent


def outcomes(session) -> list[tuple]:
    session.expire_all()
    rows = session.scalars(select(ImportRow).where(ImportRow.outcome.is_not(None)).order_by(ImportRow.number))
    return [(row.number, row.outcome, [code for _field, code, _values in row.problems]) for row in rows]


def people(session) -> list[tuple]:
    session.expire_all()
    rows = session.execute(
        select(Person.given_name, Person.family_name, Person.email, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id).order_by(Person.order_key)
    )  # fmt: skip
    return [tuple(row) for row in rows]


@pytest.fixture
def desk(signed_in):
    signed_in.headers["Accept-Language"] = "en"
    return signed_in


def test_a_pasted_field_takes_two_presses_and_a_third_takes_it_back(desk, session):
    rm = cast.organisation(session)
    session.commit()
    at = paste(desk, PASTED)
    page = desk.get(at).text
    assert "Adds 3 people." in page and "Add 3 people</button>" in page
    assert outcomes(session) == [(1, "new", []), (2, "new", []), (3, "new", [])]
    desk.post(at + "/bring-in")
    assert people(session) == [
        ("Aarne", "Aho", "aarne@tm.example", None),
        ("Otso", "Oksanen", "otso.oksanen@rm.example", rm.name),
        ("Pilvi", "Poutanen", "pilvi@rm.example", None),
    ]
    assert "Added 3 people." in desk.get(at).text
    assert "3 people are deleted" in desk.get(at + "/undo").text
    desk.post(at + "/undo")
    assert people(session) == []
    assert "The import was undone." in desk.get(at).text


def test_a_list_has_its_columns_chosen_and_its_bad_rows_refused(desk, session):
    cast.organisation(session)
    session.commit()
    at = send(desk, LIST)
    sent = columns(desk, at)
    assert [sent[f"column_{place}"] for place in range(7)] == [
        "family_name", "given_name", "email", "organisation", "title", "language", "",
    ]  # fmt: skip
    assert outcomes(session) == [
        (2, "new", []), (3, "new", []), (4, "refused", ["two_ats"]), (5, "refused", ["formula", "unknown_language"]),
    ]  # fmt: skip
    page = desk.get(at).text
    assert "Adds 2 people and 1 organisation, 2 rows are left out." in page
    desk.post(at + "/bring-in")
    assert people(session) == [
        ("Otso", "Oksanen", "otso@rm.example", "rakenneministeriö"),
        ("Pilvi", "Poutanen", "pilvi@rm.example", "tieministeriö"),
    ]
    assert session.scalar(select(Person.language).where(Person.given_name == "Pilvi")) == "sv"


def test_a_refused_row_is_mended_on_the_spot_and_a_row_can_be_left_out(desk, session):
    at = paste(desk, "Otso Oksanen <otso@@rm.example>; Pilvi Poutanen <pilvi@rm.example>")
    page = desk.get(at + "?mend=1").text
    assert 'value="Oksanen"' in page
    typed = {"given_name": "Otso", "family_name": "Oksanen", "email": "otso@rm", "organisation": ""}
    answer = desk.post(at + "/rows/1", data=typed)
    assert answer.status_code == 422 and "This is not an e-mail address." in answer.text
    assert outcomes(session)[0][1] == "refused"
    answer = desk.post(at + "/rows/1", data=typed | {"email": "otso@rm.example"})
    assert answer.headers["location"] == at + "?show=all&page=1"
    assert [row[1] for row in outcomes(session)] == ["new", "new"]
    desk.post(at + "/rows/2/left-out", data={"out": "yes"})
    desk.post(at + "/check")
    assert "Adds 1 person, 1 row is left out." in desk.get(at).text
    desk.post(at + "/bring-in")
    assert [row[1] for row in people(session)] == ["Oksanen"]


def test_what_is_no_person_is_shown_as_it_was_pasted(desk, session):
    page = desk.get(paste(desk, "RM Digitoimisto kaikki; otso@rm.example")).text
    assert re.findall(r'<th scope="row">(.*?)\s*<span', page) == ["RM Digitoimisto kaikki", "otso@rm.example"]
    assert "This looks like a distribution list" in page and "Nobody in the address book has this address." in page


def test_two_who_press_at_once_bring_in_once(desk, session):
    at = paste(desk, PASTED)
    answers = [desk.post(at + "/bring-in") for _press in range(2)]
    assert [answer.headers["location"] for answer in answers] == [at, at]
    assert len(people(session)) == 3


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_refused_rows_come_back_as_a_file_that_can_be_imported_again(desk, session, kind):
    at = table(desk, LIST)
    answer = desk.get(f"{at}?as={kind}")
    again = send(desk, answer.content, f"refused.{kind}")
    sent = columns(desk, again)
    assert [sent[f"column_{place}"] for place in range(9)] == [
        "family_name", "given_name", "email", "organisation", "title", "language", "", "", "",
    ]  # fmt: skip
    session.expire_all()
    held = session.scalars(select(Import).order_by(Import.id.desc())).first()
    rows = session.scalars(select(ImportRow).where(ImportRow.import_id == held.id).order_by(ImportRow.number)).all()
    assert [row.cells[:3] for row in rows[1:]][0] == ["Salo", "Saima", "saima@@rm.example"]
    assert [(row.number, row.outcome) for row in rows] == [(1, None), (2, "refused"), (3, "refused")]


def test_a_list_without_headings_is_seen_and_the_first_row_can_be_said_to_be_one(desk, session):
    at = send(desk, "Poutanen;Pilvi;pilvi@rm.example\nOksanen;Otso;otso@rm.example\n")
    columns(desk, at)
    assert [row[0] for row in outcomes(session)] == [1, 2]
    columns(desk, at, headed="on")
    assert [row[0] for row in outcomes(session)] == [2]


UNREADABLE = [
    ({"data": {"text": " "}}, "text", "Paste names and addresses here, or choose a file."),
    ({"files": {"file": ("a.csv", b"")}, "data": {"text": ""}}, "file", "The file is empty."),
    ({"files": {"file": ("a.csv", b"x")}, "data": {"text": "b"}}, "file", "There is a file and pasted text as well."),
    ({"files": {"file": ("a.xlsx", b"MZ" + b"0" * 99)}, "data": {"text": ""}}, "file", "The name of the file ends in"),
]


def test_what_cannot_be_read_is_said_at_the_field(desk, session):
    for sent, place, sentence in UNREADABLE:
        answer = desk.post("/imports", **sent)
        assert answer.status_code == 422
        assert re.search(rf'id="field-{place}-error">.*{re.escape(sentence)}', answer.text)
    assert session.scalars(select(Import.id)).all() == []


def test_the_page_of_a_long_import_looks_again_until_it_is_over(desk, session):
    at = paste(desk, PASTED)
    held = session.scalars(select(Import)).one()
    held.state, held.done, held.total = "bringing_in", 20, 60
    session.commit()
    page = desk.get(at + "?watch=1", headers={"HX-Request": "true"}).text
    assert "Bringing in: row 20 of 60" in page and "<h1>" not in page
    assert desk.get(at + "/columns").headers["location"] == at
    assert desk.post(at + "/discard").status_code == 409
    held.state = "done"
    session.commit()
    answer = desk.get(at + "?watch=1", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == at, answer.text


def test_a_page_asks_the_database_as_often_for_three_rows_as_for_one(desk, session, connection):
    cast.organisation(session)
    cast.person(session, "Otso Oksanen", "otso0@rm.example")
    session.commit()
    asked = []
    for many in (1, 3):
        rows = "".join(f"Otso Oksanen;otso{n}@rm.example;Virasto {n};johtaja\n" for n in range(many))
        at = table(desk, "Nimi;Email;Organisaatio;Titteli\n" + rows)
        counts = {}
        for path in ("", "/columns", "?show=changed", "?mend=2", "?as=csv"):
            with counting(connection) as statements:
                assert desk.get(at + path).status_code == 200
            counts[path] = len(statements)
        desk.post(at + "/bring-in")
        for path in ("", "/undo"):
            with counting(connection) as statements:
                assert desk.get(at + path).status_code == 200
            counts[f"done{path}"] = len(statements)
        desk.post(at + "/undo")
        asked.append(counts)
    assert asked[0] == asked[1]


def test_the_list_of_imports_asks_as_often_for_three_as_for_one(desk, connection):
    counts = []
    for _many in range(3):
        paste(desk, PASTED)
        with counting(connection) as statements:
            desk.get("/imports")
        counts.append(len(statements))
    assert counts == [counts[0]] * 3


PAGES = ["", "/1", "/1/columns", "/1/undo"]
ACTS = ["", "/1/columns", "/1/check", "/1/bring-in", "/1/undo", "/1/discard", "/1/rows/1", "/1/rows/1/left-out"]


def test_a_stranger_sees_and_does_nothing(client, session):
    for path in PAGES:
        assert client.get("/imports" + path).headers["location"] == f"/sign-in?next=/imports{path}"
    for path in ACTS:
        assert client.post("/imports" + path, data={"text": "Otso Orava"}).headers["location"] == "/sign-in?next=/"
    assert session.scalars(select(Import.id)).all() == []


def test_an_import_that_was_not_brought_in_can_be_discarded(desk, session):
    at = paste(desk, PASTED)
    desk.post(at + "/discard")
    assert session.scalars(select(ImportRow.id)).all() == []
    assert desk.get(at).status_code == 404
