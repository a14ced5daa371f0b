"""What `make crawl-xss` goes by: the forms, files and mails that it sends, and that it notices what it is to notice."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from httpx2 import Request, Response

from app.forms import clean_line
from app.guard import HEADERS
from app.imports.reading import read_source
from tests.security.crawl_files import files_of, mails_of
from tests.security.payloads import rounds
from tests.security.reading_on import every_sending, wrongs
from tests.security.sendable import Field, sendings

PAGE = """<form method="post" action="/a" id="f"><input name="x" value="1&lt;"><textarea name="t">
a &amp; b</textarea><select name="y"><option value="2">two</option><option value="3" selected>three</select>
<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
<input type="checkbox" name="c"><input type="checkbox" name="d" checked><input type="hidden" name="h" value="7">
<input type="email" name="e"><input type="file" name="z"></form><form action="/q"><input name="q"></form>
<button form="f" name="act" value="go" formaction="/b?k=v"></button><button form="f">"""
FIELDS = [
    Field("x", "1<", "text"), Field("t", "a & b", "textarea"), Field("y", "3", "select"), Field("r", "2", "radio"),
    Field("d", "on", "checkbox"), Field("h", "7", "hidden"), Field("e", "", "email"),
]  # fmt: skip
STANDS = {"y": "3", "r": "2", "d": "on", "h": "7"}


def test_a_form_is_sent_by_each_of_its_buttons():
    pressed, plain = sendings("/here", PAGE)
    assert pressed == ("/b?k=v", [*FIELDS, Field("act", "go", "button")], ["z"])
    assert plain == ("/a", FIELDS, ["z"])


def test_who_types_the_words_types_them_where_one_can_type():
    sending = [*sendings("/here", PAGE)][1]
    typed = {"x": "W", "t": "W", "e": "uusi.osoite@rm.example"} | STANDS
    assert dict(sending.typed("W")) == typed
    assert dict(sending.typed("W", {"x": "V", "sure": "on"})) == typed | {"x": "V", "sure": "on"}
    assert {value for _name, value in sending.replaced("W")} == {"W"}


def test_what_is_refused_is_typed_shorter_and_then_as_it_suits():
    sending = [*sendings("/here", PAGE)][1]
    assert sending.mended("V", ["x", "sure"]) == {"x": "V", "sure": "V"}
    assert sending.mended("V", ["x", "sure", "person"], again=True) == {
        "x": "1<", "sure": "on", "person": "otso.orava@rm.example",
    }  # fmt: skip


def test_one_form_of_each_kind_is_sent():
    rows = "".join(f'<form method="post" action="/outbox/{n}/again"><button>a</button></form>' for n in range(3))
    assert [one.path for one in every_sending({"/outbox": rows})] == ["/outbox/0/again"]


@pytest.mark.parametrize("part", [rounds(2)[0], rounds(12)[11]], ids=["many", "few"])
def test_a_list_holds_each_payload_in_every_column_together_and_alone(part):
    name, content = files_of(part)[0]
    cells = [row.cells for row in read_source(name, content).rows]
    assert [[*{row[place] for place in (0, 2, 3, 4, 5)}] for row in cells[2:]] == [[clean_line(one)] for one in part]
    assert cells[0][0] == clean_line(" ".join(part), 3_000)
    assert (len(name) <= 255, name.endswith(".csv")) == (True, True)


def test_mails_arrive_with_the_words_in_every_place():
    mails = [message_from_bytes(one, policy=policy.SMTP) for one in mails_of("<b>x</b>", "1@koolle.example")]
    assert [mail["Subject"] for mail in mails] == ["<b>x</b>"] * 6
    assert mails[0]["From"].addresses[0].display_name == "<b>x</b>"
    parts = [part.get_content() for part in mails[1].walk() if not part.is_multipart()]
    assert parts[:2] == ["<b>x</b>\r\n", "<html><body><b>x</b></body></html>\r\n"]
    assert "\nCOMMENT:<b>x</b>" in parts[2].replace("\r", "")


@pytest.mark.parametrize("status, headers, page, wrong", [
    (200, {}, "<p>a</p>", []),
    (503, {}, "", ["status 503 of /people"]),
    (200, {"content-security-policy": "default-src *"}, "", ["lets scripts run: default-src *"]),
    (400, {"content-security-policy": ""}, "", ["status 400 without a policy of /people"]),
    (200, {}, "<script>ran(1)</script>", ["<script>"]),
    (200, {}, "<p onclick=ran(1)>", ["p onclick=ran(1)"]),
    (200, {}, '<a href="\tjava\tscript:ran(1)">', ["a href=\tjava\tscript:ran(1)"]),
    (200, {}, "<p hx-vals='js:{a: ran(1)}'>", ["p hx-vals=js:{a: ran(1)}"]),
    (200, {}, "<p hx-get='/people?q=js:ran(1)'>", []),
    (200, {}, "<p hx-get='javascript:ran(1)'>", ["p hx-get=javascript:ran(1)"]),
    (200, {}, '<img src="data:image/svg+xml;charset=utf-8,%3Csvg">', []),
])  # fmt: skip
def test_what_acts_in_an_answer_is_noticed(status, headers, page, wrong):
    headers = {name.lower(): value for name, value in HEADERS.items()} | {"content-type": "text/html"} | headers
    headers = {name: value for name, value in headers.items() if value}
    answer = Response(status, headers=headers, text=page, request=Request("GET", "http://testserver/people"))
    assert [*wrongs(answer)] == wrong
