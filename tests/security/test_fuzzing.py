"""What `make fuzz-api` and `make crawl-xss` go by: that they notice what they are to notice."""

from __future__ import annotations

import random

import pytest

from tests.security.fuzz_api import complaint_about, mixed, request_of
from tests.security.in_process import HEADERS, Answer
from tests.security.pages_forms import forms_in
from tests.security.payloads import PAYLOADS, rounds

SOUND = {b"x-request-id": b"1", **HEADERS}


@pytest.mark.parametrize("answer, complaint", [
    (Answer(200, SOUND, b"", None), None),
    (Answer(404, SOUND, b"", None), None),
    (Answer(503, SOUND, b"", None), "status 503"),
    (Answer(200, SOUND | {b"x-content-type-options": b""}, b"", None), "lacks x-content-type-options"),
    (Answer(400, {}, b"", None), None),
    (Answer(500, SOUND, b"", KeyError("a")), "KeyError: 'a' ()"),
])  # fmt: skip
def test_what_is_wrong_with_an_answer_is_noticed(answer, complaint):
    assert complaint_about(answer) == complaint


def test_cases_are_mixed_of_those_that_were_made():
    made = [{"path": {"id": n}, "query": {}, "headers": {}, "body": {"a": n}, "media": "x"} for n in range(3)]
    cases = [*mixed(made, {"id": 7}, 50, random.Random(1))]
    assert (len(cases), cases[:3]) == (50, made)
    assert {case["path"]["id"] for case in cases} == {0, 1, 2, 7}


def test_a_case_is_asked_as_a_browser_would():
    case = {"path": {"id": "ä/"}, "query": {"q": "\ue0ff"}, "headers": {"HX-Request": "true"}, "body": {"a": [1, "ö"]}}
    asked = request_of("/x/{id}", "post", case | {"media": "application/x-www-form-urlencoded"}, random.Random(1))
    headers = {"hx-request": "true", "content-type": "application/x-www-form-urlencoded"}
    assert asked == ("post", "/x/%C3%A4%2F", "q=%ED%A0%80%FF", headers, b"a=1&a=%C3%B6")


def test_forms_are_read_from_pages():
    page = """<form action="/a" id="f"><input name="x" value="1"><select name="y"><option value="2"><option value="3">
      </select><input type="file" name="z"></form><button form="f" name="act" value="go" formaction="/b?k=v">
      <input hx-get="/c" name="q">"""
    found = {path: ({**one.fields}, one.files) for path, one in forms_in([("/here", page)]).items()}
    fields = {"x": ["1"], "y": ["2", "3"], "act": ["go"]}
    assert found == {"/a": (fields, {"z"}), "/b": (fields | {"k": ["v"]}, {"z"}), "/c": ({}, set())}


def test_there_are_sixty_payloads_and_each_is_in_one_round():
    assert len({*PAYLOADS}) == len(PAYLOADS) == 60
    assert sorted(one for part in rounds(12) for one in part) == sorted(PAYLOADS)
