"""A paper is read when it is made; until then a page says so, and a paper that cannot be made says why."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.requests import Request

from app.db import Database
from app.language import speaking
from app.main import create_app
from app.memos.document import memo_manuscript, paper_manuscript
from app.memos.issuing import issue_memo
from app.memos.memos import memo_of
from app.memos.paper_answer import PaperAnswer
from app.memos.preparing import issue_manuscripts
from app.pdf import Manuscript
from app.pdf.renders import renders
from tests.conftest import NOW
from tests.memos.held import held_event


@pytest.fixture(scope="module")
def database(sqlite_database):
    """None of this asks the database anything that only one of them can answer."""
    return sqlite_database


def answered(app, html: str, *, patience: float, query: str = "", language: str = "fi") -> tuple[int, bytes]:
    """What somebody gets who asks for a paper."""
    app.state.patience = patience
    scope = {"type": "http", "method": "GET", "path": "/a.pdf", "query_string": query.encode(), "headers": []}
    request, sent = Request({**scope, "app": app}), []

    async def send(message):
        sent.append(message)

    async def answer():
        with speaking(language):
            await PaperAnswer(request, Manuscript(html), "a.pdf")(scope, None, send)

    asyncio.run(answer())
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def slow(words: str) -> str:
    rows = "".join(f"<tr><td>{words} {n}<td>{n}" for n in range(150))
    return f'<!doctype html><html lang="fi"><title>Koe</title><table>{rows}</table>'


def test_a_paper_that_takes_long_says_so_and_is_there_for_who_comes_back(client, app):
    html = slow("Kauan")
    status, body = answered(app, html, patience=0)
    assert status == 202  # it is not waited for
    assert "PDF on tekeillä" in body.decode()
    assert re.findall(r'http-equiv="refresh" content="1; url=(.*?)"', body.decode()) == ["/a.pdf?waiting=1"]
    assert answered(app, html, patience=0, query="waiting=1")[1][:5] == b"%PDF-"
    assert answered(app, html, patience=5)[1][:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "sisäkkäisiä"), ("sv", "inuti varandra"), ("en", "nested too deeply")],
)
def test_a_paper_that_cannot_be_made_says_why_in_the_persons_language(client, app, language, said):
    status, body = answered(app, "<title>x</title>" + "<blockquote>" * 400, patience=60, language=language)
    assert (status, said in body.decode(), b"%PDF" in body) == (409, True, False)


def test_the_papers_of_an_issue_are_those_that_were_made_before_it(session, settings):
    event = held_event(session, version=2)
    memo = memo_of(session, event.id)
    before = [one.key for one in issue_manuscripts(session, event, memo, at=NOW)]
    issue_memo(session, settings, event, memo, at=NOW, changed="Korjattu.")
    after = [memo_manuscript(session, event, at=NOW).key]
    made = [one.generated for one in memo_of(session, event.id).attachments if one.generated]
    after += [paper_manuscript(session, event, kind, at=NOW).key for kind in made]
    assert after == before


@pytest.mark.long
def test_issuing_waits_for_its_papers_before_it_begins_to_write(signed_in, session):
    event = held_event(session, version=3)
    papers = issue_manuscripts(session, event, memo_of(session, event.id), at=NOW)
    answer = signed_in.post(f"/events/{event.id}/sent", data={"version": "3", "changed": "Korjattu."})
    assert answer.status_code == 303
    assert all(renders.begin(one).future.done() for one in papers)


def test_papers_for_an_issue_are_made_for_the_secretariat_alone(client, session):
    event = held_event(session, title="Ei kenelle tahansa")
    papers = issue_manuscripts(session, event, memo_of(session, event.id), at=NOW)
    assert client.post(f"/events/{event.id}/sent").headers["location"].startswith("/sign-in")
    assert papers[0].key not in renders._known


def test_papers_are_kept_in_the_data_folder(settings):
    kept = renders.cache
    try:
        app = create_app(settings, Database(f"sqlite:///{settings.data / 'a.db'}"), post=False)
        assert (renders.cache.folder, app.state.patience) == (settings.data / "papers", 2)
    finally:
        renders.cache = kept
