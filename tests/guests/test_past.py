"""What a link opens after the event: the press that is counted, everything as one file, and earlier events' papers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.attendance.models import Attendance
from app.events.queries import event_by_id
from app.files.store import store
from app.memos.memos import begin_memo
from app.memos.models import Copy, Issue
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW, counting

HOSTILE = ["../../x", "CON", "a" * 4000 + ".pdf", "kalvot.pdf", "KALVOT.pdf", "a\u202efdp.exe", None]


def issued(session, event, files=(), **more) -> Issue:
    """The event's memo, issued with these files."""
    memo = begin_memo(session, event_by_id(session, event.id), NOW.date())
    kept = [
        {
            "title": f"tiedosto {n}",
            "file_name": name,
            "media_type": None,
            "size": 3,
            "sha256": store(session, b"%d" % n),
        }
        for n, name in enumerate(files)
    ]
    word = {"sha256": store(session, b"PK-word"), "size": 7}
    values = {"version": 1, "title": event.title, "sha256": store(session, b"%PDF-memo")}
    fields = {"page": "<section><p>Sovittiin.</p></section>", "attachments": kept, "docx": word}
    issue = Issue(memo_id=memo.id, issued_at=NOW, fields=fields, **values | more)
    session.add(issue)
    session.flush()
    return issue


def took_part(session, event, person, mode="in_person") -> None:
    session.add(
        Attendance(
            event_id=event.id, person_id=person.id, position=0, given_name=person.given_name,
            family_name=person.family_name, mode=mode,
        )
    )  # fmt: skip


def copy_of(session, issue, person) -> Copy:
    copy = Copy(issue_id=issue.id, person_id=person.id, field="distribution", reached_by="Osallistuneet")
    session.add(copy)
    session.commit()
    return copy


@pytest.fixture
def otso(session, stage):
    return session.get(Person, stage.otso.person_id)


@pytest.fixture
def board(session, stage):
    return session.get(Group, stage.event.convener_id)


@pytest.fixture
def page(client, stage, opened):
    client.cookies.set("language", "en")
    return opened(stage.otso_link)


@pytest.fixture
def earlier(session, board, otso):
    """Last spring's event of the same board, where Otso was, with its memo."""
    event = cast.event(session, board, title="Kevätpäivä", starts_at=datetime(2026, 3, 1, 13))
    took_part(session, event, otso)
    copy_of(session, issued(session, event, ["kalvot.pdf"]), otso)
    return event


def test_only_a_press_is_counted_and_only_the_first(client, session, stage, otso, page):
    copy = copy_of(session, issued(session, stage.event), otso)
    for read in (client.get, client.head):
        for path in ("", "/memo.pdf", "/memo.docx", "/papers.zip"):
            assert read(page + path).status_code == 200
    session.refresh(copy)
    assert copy.opened_at is None
    pressed = client.post(f"{page}/memo")
    assert (pressed.status_code, pressed.headers["location"]) == (303, f"{page}/memo.pdf")
    session.refresh(copy)
    assert copy.opened_at == NOW
    copy.opened_at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    session.commit()
    client.post(f"{page}/memo")
    session.refresh(copy)
    assert copy.opened_at.year == 2026 and copy.opened_at.month == 1


def test_a_press_of_one_who_has_no_copy_opens_the_memo_and_notes_nothing(client, session, stage, page):
    assert client.post(f"{page}/memo").status_code == 404
    copy = copy_of(session, issued(session, stage.event), session.get(Person, stage.elle.person_id))
    assert client.post(f"{page}/memo").status_code == 303
    session.refresh(copy)
    assert copy.opened_at is None


def test_what_is_marked_as_not_public_later_is_opened_by_no_link_any_more(client, session, stage, page):
    issued(session, stage.event, ["kalvot.pdf"])
    stage.event.confidentiality = "SALASSA PIDETTÄVÄ"
    session.commit()
    assert "Sovittiin." not in client.get(page).text
    for path in ("/memo.pdf", "/memo.docx", "/papers.zip", "/attachments/1"):
        assert client.get(f"{page}{path}").headers["location"] == page
    assert client.post(f"{page}/memo").headers["location"] == page


def test_the_memo_is_read_in_the_browser_and_had_for_word(client, session, stage, page):
    issued(session, stage.event)
    session.commit()
    memo, word = client.get(f"{page}/memo.pdf"), client.get(f"{page}/memo.docx")
    assert (memo.content, word.content) == (b"%PDF-memo", b"PK-word")
    assert memo.headers["content-disposition"].startswith("inline; ")
    assert word.headers["content-disposition"].endswith("iltap%C3%A4iv%C3%A4.docx")
    assert "wordprocessingml" in word.headers["content-type"]
    text = client.get(page).text
    assert 'action="' + page + '/memo"' in text and "The memo for Word" in text


def test_everything_comes_as_one_file_whose_names_hurt_nobody(client, session, stage, page):
    issued(session, stage.event, HOSTILE)
    session.commit()
    answer = client.get(f"{page}/papers.zip")
    with ZipFile(BytesIO(answer.content)) as file:
        assert file.testzip() is None
        found = {name: file.read(name) for name in file.namelist()}
    assert found == {
        "Verkostojen iltapäivä.pdf": b"%PDF-memo",
        "Verkostojen iltapäivä.docx": b"PK-word",
        "Liite 1 x": b"0",
        "Liite 2 CON": b"1",
        f"Liite 3 {'a' * 88}.pdf": b"2",
        "Liite 4 kalvot.pdf": b"3",
        "Liite 5 KALVOT.pdf": b"4",
        "Liite 6 a_fdp.exe": b"5",
        "Liite 7": b"6",
    }
    assert answer.headers["content-length"] == str(len(answer.content))
    assert client.get(f"{page}/papers.zip").content == answer.content


def test_earlier_events_where_the_reader_was_are_opened_by_the_same_link(client, session, stage, page, earlier):
    assert f'href="{page}/past/{earlier.id}"' in client.get(page).text
    past = f"{page}/past/{earlier.id}"
    text = client.get(past).text
    assert "Kevätpäivä" in text and "Sovittiin." in text and f'action="{past}/memo"' in text
    assert client.get(f"{past}/memo.pdf").content == b"%PDF-memo"
    assert client.get(f"{past}/memo.docx").content == b"PK-word"
    assert client.get(f"{past}/attachments/1").content == b"0"
    assert client.get(f"{past}/papers.zip").content.startswith(b"PK")
    assert client.post(f"{past}/memo").headers["location"] == f"{past}/memo.pdf"
    assert session.query(Copy).filter(Copy.opened_at.is_not(None)).count() == 1


@pytest.mark.parametrize(
    "otherwise", ["absent", "of another board", "not public", "not issued", "later", "of somebody else", "itself"]
)
def test_nothing_else_is_opened_by_it(client, session, stage, board, otso, page, otherwise):
    values = {"title": "Kevätpäivä", "starts_at": datetime(2026, 3, 1, 13)}
    if otherwise == "of another board":
        board = cast.group(session, "Tieneuvosto")
    if otherwise == "later":
        values["starts_at"] = datetime(2027, 3, 1, 13)
    if otherwise == "not public":
        values["confidentiality"] = "SALASSA PIDETTÄVÄ"
    event = stage.event if otherwise == "itself" else cast.event(session, board, **values)
    someone = session.get(Person, stage.elle.person_id) if otherwise == "of somebody else" else otso
    took_part(session, event, someone, "absent" if otherwise == "absent" else "remote")
    if otherwise != "not issued":
        issued(session, event)
    session.commit()
    assert f"/past/{event.id}" not in client.get(page).text
    for path in ("", "/memo.pdf", "/memo.docx", "/papers.zip", "/attachments/1"):
        assert client.get(f"{page}/past/{event.id}{path}").status_code == 404
    assert client.post(f"{page}/past/{event.id}/memo").status_code == 404


def test_the_page_asks_as_much_for_three_earlier_events_as_for_one(
    client, session, connection, board, otso, page, earlier
):
    asked = []
    for number in range(2):
        with counting(connection) as run:
            assert client.get(page).status_code == 200
        with counting(connection) as past:
            assert client.get(f"{page}/past/{earlier.id}").status_code == 200
        asked.append((len(run), len(past)))
        event = cast.event(session, board, title=f"Päivä {number}", starts_at=datetime(2026, 1, 1, 13))
        took_part(session, event, otso)
        issued(session, event)
        session.commit()
    assert asked[0] == asked[1]
