"""A page of who may only look: nothing on it would be refused, and nobody's address stands there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from app.secretariats.looking import may_ask, only_look, takes_of
from app.secretariats.policy import POLICY, SEE
from tests.secretariats.test_matrix import FILES, NAME, ROUTES, Asking, both, filled  # noqa: F401, fixtures

PERSONAL = r"[\w.]+@[\w.]+|/i/[0-9a-z]+"

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("url", "method", "allowed"),
    [
        ("/people", "GET", True),
        ("/people?q=o", "GET", True),
        ("/people?as=csv", "GET", False),
        ("/people/12", "GET", True),
        ("/people/12", "POST", False),
        ("/people/new", "GET", False),
        ("/events/12/memo.pdf", "GET", True),
        ("/events/12/papers/programme.pdf", "GET", True),
        ("/events/12/papers/badges.pdf", "GET", False),
        ("/outbox", "GET", False),
        ("/audit", "GET", False),
        ("/sign-out", "POST", True),
        ("/language", "POST", True),
        ("/static/abc/koolle.css", "GET", True),
        ("https://kokous.example/silta", "GET", True),
        ("mailto:otso@rm.example", "GET", False),
        ("#main", "GET", True),
    ],
)
def test_what_a_viewer_may_ask(url, method, allowed):
    assert may_ask("viewer", method, url) is allowed


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a class="button" href="/people/new">Uusi</a>', '<a class="button" data-in-vain=href>Uusi</a>'),
        ('<a href="/people/1">Otso</a>', '<a href="/people/1">Otso</a>'),
        (
            '<form method="post" action="/people/1/edit"><input name="q"><button>Tallenna</button></form><input>',
            '<form method="post" action="/people/1/edit" data-in-vain><input name="q" disabled>'
            "<button disabled>Tallenna</button></form><input>",
        ),
        (
            '<form method="post"><button>X</button></form>',
            '<form method="post" data-in-vain><button disabled>X</button></form>',
        ),
        ('<form action="/people"><input name="q"></form>', '<form action="/people"><input name="q"></form>'),
        (
            '<button hx-post="/lists" hx-target="a > b">X</button>',
            '<button data-in-vain=hx-post hx-target="a > b" disabled>X</button>',
        ),
        (
            '<input form="s"><form id="s" method="post"></form>',
            '<input form="s" disabled><form id="s" method="post" data-in-vain></form>',
        ),
        ("otso.oksa@rm.example, o@x", "…@rm.example, …@x"),
        ("<td>o&#39;malley!{x}@localhost</td> 5 @ 3", "<td>…@localhost</td> 5 @ 3"),
        ("&lt;otso@host.b1&gt;", "&lt;…@host.b1&gt;"),
        ('<a href="https://kokous.example/19:x@thread.v2">K</a>', '<a href="https://kokous.example/19:x@thread.v2">K</a>'),
        ("https://kokous.example/?who=otso@rm.example", "https://kokous.example/?who=…@rm.example"),
        ("http://localhost/i/0123456789abcdefghjkmnpqrstvwxyz.", "http://localhost/i/…"),
    ],
)  # fmt: skip
def test_how_a_page_is_shown(html, shown):
    assert only_look(html, "viewer", "/people") == shown


class Presses(HTMLParser):
    """Collects what a page lets somebody press: (method, address)."""

    def __init__(self, here: str):
        super().__init__()
        self.here, self.form, self.found = here, None, []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            method = (attrs.get("method") or "get").upper()
            self.form = None if method == "DIALOG" else (method, attrs.get("action") or self.here)
        if tag == "a" and "href" in attrs:
            self.found.append(("GET", attrs["href"]))
        if tag in ("iframe", "img") and "src" in attrs:
            self.found.append(("GET", attrs["src"]))
        if tag in ("button", "input", "select", "textarea") and "disabled" not in attrs and self.form:
            self.found.append(self.form)
        if "disabled" not in attrs:
            self.found += [(key[3:].upper(), attrs[key]) for key in ("hx-get", "hx-post") if key in attrs]

    def handle_endtag(self, tag):
        self.form = None if tag == "form" else self.form


@pytest.mark.long
@sqlite
@pytest.mark.parametrize("who", ["viewer", "auditor"])
def test_no_page_shows_what_would_be_refused(client, connection, both, who):  # noqa: F811, a fixture
    asking, vain, personal = Asking(client, connection, both), [], []
    seen = [(path, name) for method, path, name in ROUTES if method == "GET" and POLICY[path].look == SEE]
    waiting = {filled(path, both.own, both.own) for path, name in seen if name not in FILES}
    known = set(waiting)
    while waiting:
        url = waiting.pop()
        answer = asking.ask(who, "GET", url)
        if answer.headers.get("content-type", "").startswith("text/html"):
            presses = Presses(url)
            presses.feed(answer.text)
            vain += [(url, *press) for press in presses.found if not may_ask(who, *press)]
            personal += [(url, *found) for found in [re.findall(PERSONAL, answer.text)] if found]
            leads = {urljoin(url, where) for method, where in presses.found if method == "GET"}
            leads = {
                one.partition("#")[0] for one in leads if (takes := takes_of(urlsplit(one).path)) and takes.look == SEE
            }
            waiting, known = waiting | leads - known, known | leads
    assert len(known) > len(seen) + 100
    assert (vain, personal) == ([], [])
