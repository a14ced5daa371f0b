"""What every answer tells the browser to keep to: policies, who may look in, what nobody keeps."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.guard import CONTENT_POLICY, HEADERS
from app.main import create_app
from tests import cast
from tests.asking import status_of
from tests.conftest import RolledBack
from tests.test_query_counts import routes
from tests.worlds import World

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
APP = Path(__file__).parent.parent / "app"
SEALED = "sandbox; default-src 'none'"
# what is made by us and neither a page nor a paper
SHOWN = {
    "day_list": ("application/json", "inline"), "guest_calendar": ("text/calendar", "attachment"),
    "guest_code_image": ("image/svg+xml", "inline"), "health": ("text/plain", "inline"),
}  # fmt: skip
FRAMES = {
    "letter_mail",
    "mailbox_mail",
    "mailbox_html",
    "invitation_letter",
}  # pages that show a mail in a frame, and the mails in them
NO_CHARSET = re.compile(r"(image/(png|jpeg)|font/|application/(pdf|zip|json|octet-stream|vnd\.|xhtml)|text/csv)")


@pytest.fixture
def world(session, settings) -> World:
    return World(session, settings)


def policy() -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in CONTENT_POLICY.split(";"))


def test_the_policy_lets_in_what_is_ours_and_nothing_else():
    assert policy() == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
        "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
        "object-src": "'none'", "frame-ancestors": "'none'", "require-trusted-types-for": "'script'",
        "trusted-types": "htmx koolle", "report-uri": "/csp-reports", "report-to": "policy",
    }  # fmt: skip


@pytest.mark.long
@SQLITE
def test_every_answer_has_the_headers_and_what_was_uploaded_is_sealed(signed_in, world):
    """What is shown all the same is made by us: pages, papers, a calendar, the code for the door."""
    lacking, shown, other_policies = {}, {}, set()
    for route in routes():
        answer = signed_in.get(route.path_format.format_map(world.ids))
        for name, value in HEADERS.items():
            own = name in ("Content-Security-Policy", "Cache-Control")
            if name not in answer.headers or (not own and answer.headers[name] != value):
                lacking.setdefault(route.path_format, []).append(name)
        policy, kind = answer.headers["content-security-policy"], answer.headers.get("content-type", "")
        if kind and "charset=" not in kind and not NO_CHARSET.match(kind):
            lacking.setdefault(route.path_format, []).append(kind)
        if policy not in (CONTENT_POLICY, SEALED):
            other_policies.add(route.name)
        how = answer.headers.get("content-disposition", "inline").partition(";")[0]
        if answer.status_code == 200 and not kind.startswith("text/html") and (how, policy) != ("attachment", SEALED):
            shown[route.name] = kind.partition(";")[0], how
    assert (lacking, other_policies) == ({}, FRAMES)
    papers = {name for name, (kind, _how) in shown.items() if kind == "application/pdf"}
    assert {name: how for name, how in shown.items() if name not in papers} == SHOWN


def test_a_guest_s_answers_are_nobody_else_s(client, session, settings):
    world = World(session, settings)
    assert client.get(f"/i/{world.ids['token']}").status_code == 303
    wrong = {}
    for route in (it for it in routes() if it.path_format.startswith(("/i/", "/m/"))):
        answer = client.get(route.path_format.format_map(world.ids))
        told = [answer.headers.get(name, "") for name in ("x-robots-tag", "referrer-policy", "cache-control")]
        if told != ["noindex, nofollow", "no-referrer", "no-store"]:
            wrong[route.path_format] = answer.status_code, told
    assert wrong == {}


def test_robots_are_told_where_the_links_are(client):
    told = client.get("/robots.txt").text.splitlines()
    assert told == ["User-agent: *", "Disallow: /", "Disallow: /i/", "Disallow: /m/"]


def test_a_refusal_has_them_too_and_names_what_it_went_by(client):
    answer = client.post("/language", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["vary"] == "Sec-Fetch-Site, Origin"
    assert client.post("/language", data={"language": "fi"}).headers["vary"] == "Sec-Fetch-Site, Origin"


@pytest.mark.long
def test_where_the_connection_is_secure_it_stays_so(connection, settings):
    secure = replace(settings, base_url="https://testserver")
    browser = TestClient(create_app(secure, RolledBack(connection), post=False), base_url="https://testserver")
    for answer in (browser.get("/sign-in"), browser.get("/sign-in", headers={"Host": "evil.example"})):
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("path", ["@evil.example/sign-in", "http://evil.example/sign-in", "*", "", "evil"])
def test_a_path_that_is_none_is_refused(client, portal, path):
    scope = {"headers": [(b"host", b"testserver")], "http_version": "1.1", "scheme": "http"}
    assert status_of(client, portal, method="GET", path=path, raw_path=path.encode(), **scope) == 400


@pytest.mark.parametrize(
    "host", ["a/?x=", "testserver/?x=", "testserver#", "testserver,evil.example", "testserver evil", "\ttestserver:80x"]
)
def test_a_host_that_is_more_than_ours_is_refused(client, host):
    """CVE-2026-48710: what a host says must not become part of an address that decides."""
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400


def test_a_proxy_s_word_for_the_host_is_not_heard(client):
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    assert "evil.example" not in client.get("/people", headers=headers).headers["location"]


def test_nothing_is_decided_by_the_address_that_a_browser_names():
    """`request.url` is made of the Host header; of it only `.path` is read, for the way back, and no host or query."""
    reads = re.compile(
        r"request\.(?:base_url|url(?!_for)(?!\.path\b))|headers(?:\.get)?[\[(]\"(?:host|x-forwarded)", re.I
    )
    found = {file.relative_to(APP).as_posix() for file in APP.rglob("*.py") if reads.search(file.read_text())}
    assert found == {"guard.py"}
    deciding = ("access.py", "secretariats/policy.py", "accounts/sessions.py", "guests/opening.py", "guests/writing.py")
    assert [name for name in deciding if re.search(r"request\.url\b", (APP / name).read_text())] == []


NEXT = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "/\\/evil.example", "http://evil.example", "https:evil.example", "http:/evil.example", "HTTP://evil.example",
    "//evil.example@testserver", "http://testserver@evil.example", "http://testserver.evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x",
    "file:///x", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example",
    "\xa0//evil.example", "/\u2028/evil.example", "/\x00/evil.example", "\x01//evil.example", "evil.example",
    "./evil.example", "../evil.example", "?next=//evil.example", "#//evil.example", "@evil.example", ".evil.example",
    "/\u2215/evil.example", "\uff0f/evil.example", "/people\r\nLocation: //evil.example", "/people\r\nSet-Cookie: a=b",
    "/a\\..\\..\\evil", "//%2fevil.example",
]  # fmt: skip


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("next", NEXT)
def test_the_way_on_never_leads_away(client, session, next):
    cast.account(session)
    session.commit()
    data = {"next": next, "language": "fi", "email": "helmi@koolle.example", "password": "pitkä ja hyvä salasana"}
    ways = [client.post(path, data=data).headers["location"] for path in ("/language", "/sign-in")]
    shown = client.get("/sign-in", params={"next": next.replace("\0", "")}).text
    assert (ways, 'name="next" value="/"' in shown) == (["/", "/"], True)
