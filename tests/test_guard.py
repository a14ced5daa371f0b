"""What is turned away at the door, before any room hears of it; and what the log says of the rest."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select

from app.accounts.models import AccountSession
from app.guard import MOST_BYTES, MOST_OF_ANYBODY, MOST_TYPED
from app.serving import without_links
from tests.asking import status_of

FOREIGN = [
    pytest.param({"Origin": ""}, id="no origin"),
    pytest.param({"Origin": "null"}, id="a sandbox"),
    pytest.param({"Origin": "http://evil.example"}, id="another site"),
    pytest.param({"Origin": "https://testserver"}, id="another scheme"),
    pytest.param({"Origin": "http://testserver:81"}, id="another port"),
    pytest.param({"Sec-Fetch-Site": "cross-site"}, id="across sites"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, id="a neighbour"),
    pytest.param({"Sec-Fetch-Site": "none"}, id="from nowhere"),
    pytest.param({"Origin": "", "Content-Type": "text/plain"}, id="JSON in plain text"),
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_changes_nothing(signed_in, session, headers):
    answer = signed_in.post("/sign-out", headers=headers)
    assert answer.status_code == 403
    assert len(session.scalars(select(AccountSession.token_hash)).all()) == 1


@pytest.mark.parametrize("host", ["evil.example", "testserver:81", "testserver.", "", "testserver@evil.example"])
def test_a_foreign_host_is_not_answered(client, host):
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400


def test_what_is_too_large_is_refused_whole(client):
    most = client.post("/language", content=b"x" * 10, headers={"Content-Length": str(MOST_BYTES + 1)})
    endless = client.post("/language", content=iter([b"language=fi"]))
    assert (most.status_code, endless.status_code) == (413, 411)


@pytest.mark.parametrize("path, kind, most", [
    ("/sign-in", "application/x-www-form-urlencoded", MOST_OF_ANYBODY),
    ("/code", "multipart/form-data; boundary=k", MOST_OF_ANYBODY),
    ("/join/nobody", "multipart/form-data; boundary=k", MOST_OF_ANYBODY),
    ("/reset/nobody", "application/x-www-form-urlencoded", MOST_OF_ANYBODY),
    ("/people/new", "application/x-www-form-urlencoded", MOST_TYPED),
    ("/m/nobody/answer", "multipart/form-data; boundary=k", MOST_TYPED),
    ("/i/undo/nobody", "text/plain", MOST_TYPED),
    ("/imports", "multipart/form-data; boundary=k", MOST_BYTES),
])  # fmt: skip
def test_nobody_sends_more_than_a_form_can_need(client, path, kind, most):
    sent = {
        length: client.post(
            path, content=b"", headers={"Content-Type": kind, "Content-Length": str(length)}
        ).status_code
        for length in (most + 1, most)
    }
    assert (sent[most + 1], sent[most] != 413) == (413, True)


def test_nul_in_a_query_is_no_address(signed_in):
    assert signed_in.get("/search?q=%00").status_code == 400


def test_nul_in_a_form_is_left_out(client, helmi):
    answer = client.post("/sign-in", data={"email": "helmi\0@koolle.example", "password": "pitkä ja\0 hyvä salasana"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_long_text_is_refused_at_its_field(signed_in):
    answer = signed_in.post("/lists", data={"name": "x" * 2_000_000})
    assert answer.status_code == 422
    assert "x" * 2_000_000 in answer.text


@pytest.mark.parametrize("body", [b"email=%", b"email=%4x&password=a", b"a=b&" * 5000])
def test_a_form_that_no_browser_sends_is_refused(client, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=body, headers=headers).status_code == 400


def test_a_line_that_breaks_is_no_crash(client, portal, caplog):
    headers = [(b"host", b"testserver"), (b"origin", b"http://testserver"), (b"content-length", b"9")]
    assert status_of(client, portal, method="POST", path="/sign-in", raw_path=b"/sign-in", headers=headers) == 400
    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/i/" + "a" * 32, "/i/-"),
        ("/i//" + "a" * 32, "/i/-"),
        ("/i/" + "a" * 32 + "/%0A", "/i/-"),
        ("//i/" + "k7-_" * 8, "//i/-"),
        ("/I/" + "k7" * 16, "/I/-"),
        ("/fi/i/" + "a" * 32 + ".", "/fi/i/-."),
        ("http://testserver/i/" + "K7" * 16, "http://testserver/i/-"),
        ("/events/12/distribution-lists", "/events/12/distribution-lists"),
        ("/search?q=Aalto", "/search"),
        ("/m/abc", "/m/-"),
        ("/m/abc/past/3/memo.pdf", "/m/-/past/3/memo.pdf"),
    ],
)
def test_the_log_holds_no_link_and_nothing_typed(path, logged):
    record = logging.LogRecord("uvicorn.access", 20, "", 0, "", ("::1:2", "GET", path, "1.1", 404), None)
    assert without_links(record)
    assert record.getMessage() == f"GET {logged} 404"


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "undefined", "UTF-16"])
def test_a_form_that_names_how_it_is_written_is_none(client, charset):
    """By some encodings of Python's own, letters would come in that no database keeps."""
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800+2AA-\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert client.post("/sign-in", content=body, headers={"Content-Type": kind}).status_code == 400
