"""The reader's page: what it takes, until when, from whom; and what no link to a draft opens."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select

from app.comments import saying
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.times import takes_comments, usual_deadline
from app.db import Base
from app.files.store import store
from app.links.models import PersonalLink
from app.memos.models import Issue
from tests import cast
from tests.comments.conftest import CLOSES, FIRST, NOW, SECOND
from tests.comments.test_story import plain

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what it shows is no matter of the database


def comments(session) -> list[tuple]:
    session.expire_all()
    rows = session.scalars(select(Comment).order_by(Comment.id))
    return [(one.section_key, one.block, one.kind, one.text, one.proposed) for one in rows]


LONG = "Silta on pitkä. " * 1_500
SAID = {
    "a comment alone": ({"block": 0, "text": "Hyvä.", "proposed": FIRST}, [(0, "comment", "Hyvä.", None)]),
    "line ends of a browser": (
        {"block": 0, "text": "a\r\nb", "proposed": f"{FIRST}\r\n"}, [(0, "comment", "a\nb", None)],
    ),
    "a wording alone": ({"block": 1, "text": "", "proposed": "Rahaa on."}, [(1, "wording", None, "Rahaa on.")]),
    "to leave it out": ({"block": 1, "text": "", "proposed": " "}, [(1, "wording", None, "")]),
    "nothing": ({"block": 0, "text": " ", "proposed": FIRST}, 422),
    "too much": ({"block": 0, "text": "a" * 20_001, "proposed": FIRST}, 422),
    "a form without its wording": ({"block": 0, "text": "Hyvä."}, [(0, "comment", "Hyvä.", None)]),
    "nothing at all": ({"block": 0}, 422),
    "a wording too long": ({"block": 0, "text": "", "proposed": "a" * 20_001}, 422),
    "no such block": ({"block": 9, "text": "Hyvä."}, 404),
    "no such section": ({"block": 0, "section": "f" * 32, "text": "Hyvä."}, 404),
    "no number": ({"block": "-1", "text": "Hyvä."}, 404),
    "the memo as a whole": ({"block": "", "section": "", "text": "Hyvä."}, [(None, "comment", "Hyvä.", None)]),
    "nothing of the whole": ({"block": "", "section": "", "text": ""}, 422),
    "Jakelu": ({"block": "", "section": "closing", "text": "Myös Kaino."}, [(None, "comment", "Myös Kaino.", None)]),
    "no wording of what fills itself in": (
        {"block": "", "section": "closing", "text": "a", "proposed": "b"}, [(None, "comment", "a", None)],
    ),
    "no such button": ({"block": 0, "text": "Hyvä.", "proposed": FIRST, "action": "delete"}, 404),
}  # fmt: skip


def test_the_same_sent_twice_at_once_is_one_comment(say, session, connection, stage, held, opened):
    page = opened(stage.otso)
    reader = next(one for one in held.readers if one.person_id == stage.otso.id)
    sent = {"section_key": stage.talk.key, "block": 0, "kind": "comment", "text": "Hyvä.", "state": "open"}

    def other_window(_connection, _cursor, statement, *_):
        if "FROM comment_rounds \nWHERE" in statement and first:
            first.clear()
            connection.execute(insert(Comment).values(reader_id=reader.id, written_at=NOW, **sent))

    first = [True]
    event.listen(connection, "before_cursor_execute", other_window)
    assert say(page, text="Hyvä.", proposed=FIRST).status_code == 303
    event.remove(connection, "before_cursor_execute", other_window)
    assert (first, len(comments(session))) == ([], 1)


@SQLITE
def test_a_paragraph_that_is_longer_than_a_comment_is_commented_on(say, session, stage, held, opened):
    draft = deepcopy(held.draft)
    next(one for one in draft["sections"] if one["key"] == stage.talk.key)["blocks"][0]["text"] = LONG
    held.draft = draft
    session.commit()
    assert say(opened(stage.otso), text="Pitkä.", proposed=LONG).status_code == 303
    assert comments(session) == [(stage.talk.key, 0, "comment", "Pitkä.", None)]


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize(("fields", "kept"), SAID.values(), ids=SAID)
def test_what_is_said_of_a_paragraph(say, session, stage, opened, held, fields, kept):
    answer = say(opened(stage.otso), **fields)
    found = [row[1:] for row in comments(session)]
    assert (answer.status_code, found) == ((303, kept) if isinstance(kept, list) else (kept, []))


def test_what_was_wrong_is_said_in_the_form_with_what_was_typed(say, stage, opened):
    page = say(opened(stage.otso), 1, text="", proposed=SECOND).text
    assert "One thing needs correcting" in page and "Write a comment, or change the wording." in page
    assert page.count('<details class="say" lang="en" open>') == 1


def test_ones_own_is_changed_removed_and_put_back(say, session, stage, opened, client):
    page = opened(stage.otso)
    say(page, 0, text="Ensin.", proposed=FIRST)
    say(page, 0, text="Ensin.", proposed=FIRST)  # pressed twice
    [number] = session.scalars(select(Comment.id))
    assert say(page, action=f"change-{number}", text="Sitten.", proposed="Toisin.").status_code == 303
    assert [row[2:] for row in comments(session)] == [("wording", "Sitten.", "Toisin.")]
    removed = say(page, action=f"remove-{number}")
    assert comments(session) == []
    assert "Your comment is removed:" in removed.text
    assert 'name="text" value="Sitten."' in removed.text and 'name="proposed" value="Toisin."' in removed.text
    assert say(page, action=f"remove-{number}").status_code == 404


def test_nobody_touches_anothers(say, session, stage, opened):
    say(opened(stage.otso), 0, text="Oma.", proposed=FIRST)
    [one] = session.scalars(select(Comment))
    page = opened(stage.pilvi)
    assert say(page, action=f"remove-{one.id}").status_code == 404
    assert say(page, action=f"change-{one.id}", text="Muu.").status_code == 404
    assert [row[3] for row in comments(session)] == ["Oma."]


def test_done_and_more_after_all(say, session, stage, opened, client):
    page = opened(stage.otso)
    for action, done in (("done", NOW), ("done", NOW), ("more", None)):
        assert say(page, action=action).status_code == 303
        session.expire_all()
        [reader] = session.scalars(select(CommentReader).where(CommentReader.person_id == stage.otso.id))
        assert reader.done_at == done


SECOND_LONG = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("closed_at", "at", "takes"),
    [
        (None, CLOSES - SECOND_LONG, True),
        (None, CLOSES - timedelta(microseconds=1), True),
        (None, CLOSES, False),
        (None, CLOSES + SECOND_LONG, False),
        (NOW, NOW, False),
    ],
)
def test_a_round_takes_comments_to_the_second(closed_at, at, takes):
    assert takes_comments(CLOSES, closed_at, at) is takes


def test_a_round_lasts_a_week_until_four():
    assert usual_deadline(NOW).isoformat() == "2026-09-08T16:00:00"


def test_what_comes_a_second_late_is_shown_to_be_copied(say, session, stage, opened, clock, client):
    page = opened(stage.otso)
    clock(CLOSES - SECOND_LONG)
    assert say(page, 0, text="Ajoissa.", proposed=FIRST).status_code == 303
    [one] = session.scalars(select(Comment))
    clock(CLOSES)
    late = [
        say(page, 0, text="Myöhässä.", proposed="Toisin myöhässä."),
        say(page, action=f"change-{one.id}", text="Muutettu.", proposed="Muutettu sanamuoto."),
    ]
    assert [answer.status_code for answer in late] == [409, 409]
    assert '<pre class="copied">Myöhässä.</pre><pre class="copied">Toisin myöhässä.</pre>' in late[0].text
    assert '<pre class="copied">Muutettu.</pre><pre class="copied">Muutettu sanamuoto.</pre>' in late[1].text
    assert [say(page, action=action).status_code for action in (f"remove-{one.id}", "done")] == [409, 409]
    assert [row[3] for row in comments(session)] == ["Ajoissa."]
    closed = client.get(page)
    assert "<textarea" not in closed.text and "Comments are not taken any more." in closed.text


def contents(session) -> dict[str, list]:
    """Every row of every table, as the database has it."""
    return {
        table.name: sorted(map(repr, session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"')))  # noqa: S608
        for table in Base.metadata.sorted_tables
    }


def test_reading_changes_nothing(client, session, stage, held, opened):
    page = opened(stage.otso)
    [token] = [cookie.value for cookie in client.cookies.jar if cookie.name == f"g_{page.rsplit('/', 1)[1]}"]
    before = contents(session)
    for path, status in ((f"/i/{token}", 303), (page, 200), (f"{page}/comments", 303)):
        assert (client.get(path).status_code, client.head(path).status_code) == (status, status)
    assert contents(session) == before


OTHER_DOORS = ["memo.pdf", "attachments/1", "calendar.ics", "code.svg", "materials/1"]


def test_a_link_to_a_draft_opens_nothing_else(client, session, stage, held, opened):
    cast.invitee(session, stage.event, stage.otso)
    sha256 = store(session, b"%PDF-memo")
    file = {"title": "kalvot", "file_name": "kalvot.pdf", "media_type": None, "size": 9, "sha256": sha256}
    issue = Issue(memo_id=stage.memo.id, version=1, issued_at=NOW, title="Muistio", sha256=sha256)
    issue.fields = {"page": "<p>Jaettu muistio</p>", "attachments": [file]}
    session.add(issue)
    page = opened(stage.otso)
    assert [client.get(f"{page}/{door}").status_code for door in OTHER_DOORS] == [404] * len(OTHER_DOORS)
    own = {"public_id": page.rsplit("/", 1)[1], "answer": "coming"}
    doors = ("answer", "survey", "survey/answers")
    assert [client.post(f"{page}/{door}", data=own).status_code for door in doors] == [404] * 3
    text = plain(client.get(page).text)
    assert "I am coming" not in text and "Jaettu muistio" not in text
    papers = opened(stage.otso, "papers")  # which the other link does open
    assert [client.get(f"{papers}/{door}").status_code for door in OTHER_DOORS[:2]] == [200, 200]


@pytest.mark.parametrize("purpose", ["papers", "invitation"])
def test_no_other_link_opens_a_draft(client, session, stage, held, opened, purpose):
    cast.invitee(session, stage.event, stage.otso)
    session.commit()
    page = opened(stage.otso, purpose)
    assert FIRST not in client.get(page).text
    own = {"public_id": page.rsplit("/", 1)[1], "action": "say", "section": "", "block": "", "text": "Sisään."}
    assert client.post(f"{page}/comments", data=own).status_code == 404
    assert comments(session) == []


def test_whoever_was_not_asked_and_a_revoked_link_find_nothing(client, session, stage, held, opened, say):
    stranger = opened(stage.kaino)
    assert client.get(stranger).status_code == 404
    assert say(stranger, 0, text="Sisään.").status_code == 404
    page = opened(stage.otso)
    session.scalars(select(PersonalLink).where(PersonalLink.person_id == stage.otso.id)).one().revoked_at = NOW
    session.commit()
    assert (client.get(page).status_code, say(page, 0, text="Sisään.").status_code) == (404, 404)
    assert comments(session) == []


def test_the_form_of_another_persons_page_is_refused(client, session, stage, held, opened, say):
    otso, pilvi = opened(stage.otso), opened(stage.pilvi)
    own = {"public_id": otso.rsplit("/", 1)[1], "action": "say", "section": "", "block": "", "text": "Kenen?"}
    assert client.post(f"{pilvi}/comments", data=own).status_code == 409
    assert comments(session) == []


def test_as_many_comments_as_anybody_reads(say, session, stage, opened, monkeypatch):
    page = opened(stage.otso)
    monkeypatch.setattr(saying, "MOST_COMMENTS", 1)
    assert say(page, 0, text="Yksi.", proposed=FIRST).status_code == 303
    assert say(page, 0, text="Kaksi.", proposed=FIRST).status_code == 409
    assert [row[3] for row in comments(session)] == ["Yksi."]


HOSTILE = [
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "{{ 7777*3 }}",
]


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_stays_words_on_every_page(say, desk, session, settings, stage, opened, clock, text):
    page = opened(stage.otso)
    [held] = session.scalars(select(CommentRound))
    held.draft = json.loads(json.dumps(held.draft))
    held.draft["sections"][2]["blocks"][0]["text"] = f"{text} {FIRST}"
    session.commit()
    shown = [say(page, 0, text=text, proposed=f"{FIRST} {text}"), say(page, 1, text=text * 3000, proposed=text)]
    [one] = session.scalars(select(Comment))
    here = f"/events/{stage.event.id}/memo/comments"
    shown += [desk.get(page), desk.get(here)]
    clock(CLOSES)
    stage.talk.body = f"Muutettu. {text}\n\n{SECOND}"
    session.commit()
    answered = {"verdict": "accepted", "answer": text}
    shown += [desk.get(here), desk.post(f"{here}/1/{one.id}", data=answered)]
    desk.post(f"{here}/1/{one.id}", data={**answered, "verdict": "by_hand"})
    desk.post(f"{here}/{held.number}", data={"action": "tell"})
    shown += [desk.get(here), desk.get(page)]
    for answer in shown:
        for alive in ("<script>alert", "<img", "<svg/onload", "23331"):
            assert alive not in answer.text
