"""What holds of every answer, whatever it is: what browsers are told, and what nobody is (ASVS 3.4, 4.1, 16.5)."""

from __future__ import annotations

from dataclasses import replace

import httpx2
import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.guard import HEADERS
from app.people.models import DistributionList
from tests.asking import Client
from tests.security.served import directives, locked

# a page, a page without a sign-in, an address that is none, a refusal, a file of a list, a guest's page
ADDRESSES = ["/people", "/sign-in", "/no-such-page", "/code", "/people?as=csv", "/robots.txt", "/i/none", "/m/none"]
CLOSED = ["/docs", "/redoc", "/openapi.json", "/debug", "/.env", "/.git/config", "/metrics", "/admin", "/server-status"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_is_locked(signed_in, path):
    answer = signed_in.get(path)
    policy = directives(answer)
    assert locked(answer) and policy["object-src"] == policy["frame-ancestors"] == {"'none'"}
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert (
        answer.headers["cross-origin-opener-policy"] == answer.headers["cross-origin-resource-policy"] == "same-origin"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert not {"server", "x-powered-by", "access-control-allow-origin"} & set(answer.headers)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_says_what_it_is(signed_in, path):
    kind = signed_in.get(path).headers["content-type"]
    assert kind.endswith("; charset=utf-8") and kind.startswith(("text/html", "text/plain", "text/csv"))


def test_a_year_of_tls(app, settings, client):
    """Where people come by https, and nowhere else. The guard itself is asked: it is made with the application."""
    from app.guard import Guard

    async def nothing(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    secure = replace(settings, base_url="https://koolle.ministry.example")
    for held, host, told in ((secure, "koolle.ministry.example", True), (settings, "testserver", False)):
        browser = Client(Guard(nothing, held), client.portal, headers={"Host": host})
        header = browser.get("/").headers.get("strict-transport-security")
        assert header == ("max-age=31536000; includeSubDomains" if told else None)


def test_nothing_tells_of_the_inside(signed_in):
    for path in CLOSED:
        answer = signed_in.get(path)
        assert (path, answer.status_code) == (path, 404)
    assert signed_in.app.debug is False


@pytest.mark.parametrize(
    ("language", "heading"), [("sv", "Något gick fel hos oss"), ("fi", "Palvelussa tapahtui virhe")]
)
def test_an_error_tells_nothing_of_the_inside(client, app, monkeypatch, language, heading):
    def fall(*_words, **_more):
        raise RuntimeError("SALAISUUS at /srv/koolle")

    monkeypatch.setattr("app.accounts.routes.render", fall)
    answer = crashing(client.portal, app, "/sign-in", language)
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert heading in answer.text and answer.headers["X-Request-ID"] in answer.text
    assert f'<html lang="{language}"' in answer.text
    assert not any(word in answer.text for word in ("SALAISUUS", "RuntimeError", "Traceback", "/srv"))


def crashing(portal, app, path: str, language: str) -> httpx2.Response:
    """Return what is answered before the server learns of the error, as a reader of that language."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"accept-language", language.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    with pytest.raises(RuntimeError):
        portal.call(app, {**scope, "headers": headers}, receive, send)
    begun, *parts = sent
    return httpx2.Response(begun["status"], headers=begun["headers"], content=b"".join(one["body"] for one in parts))


def test_there_is_no_account_to_begin_with(client, session):
    assert session.scalars(select(Account.id)).all() == []
    for name, password in (("admin", "admin"), ("admin@koolle.example", "password"), ("root", ""), ("", "")):
        assert client.post("/sign-in", data={"email": name, "password": password}).status_code == 422


def test_a_form_sets_no_field_that_it_has_not(signed_in, session):
    more = {
        "name": "Siltaväki",
        "id": "777",
        "secretariat_id": "2",
        "field_id": "9",
        "role": "owner",
        "_sa_instance_state": "x",
    }
    assert signed_in.post("/lists", data=more).status_code == 303
    [made] = session.scalars(select(DistributionList))
    assert (made.name, made.id == 777, made.secretariat_id) == ("Siltaväki", False, 1)
