"""Whatever is written into the survey comes back as text."""

from __future__ import annotations

import re
import time
from io import BytesIO

import pytest
from starlette.datastructures import FormData, UploadFile

from app.guests.filling import _clean
from app.surveys.sheets import sheet_of
from tests.guests.every_kind import by_key, q

NASTY = [
    "\U0001f469\u200d\U0001f692\U0001f600" * 20, "עברית ועוד", "\u202eRTL\u202c",
    "\u2067x\u2069", '=HYPERLINK("http://x.example")', "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "**ei** [linkki](javascript:alert(1))", "{{ 7*7 }}", "a\x00b", "%s %(x)s",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_written_comes_back_as_text(client, session, stage, survey, page, write, text):
    assert write({q(survey, "wish"): text}).status_code == 200
    [stored] = sheet_of(session, survey, stage.otso.person_id).values()
    gone = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    assert stored == text.translate(gone)
    html = client.get(page).text
    assert "<script>alert" not in html and "<img src=x" not in html and "<strong>ei" not in html


def test_a_hundred_kilobytes_are_kept_whole(session, stage, survey, write):
    text = "sana " * 19_999 + "sanat"
    assert write({q(survey, "wish"): text}).status_code == 200
    assert list(sheet_of(session, survey, stage.otso.person_id).values()) == [text]


@pytest.mark.long
@pytest.mark.parametrize("number", ["123456,789", "3,14159265", "0,00001", "999999,5", "-0,0000001", "123456789012345"])
def test_a_number_comes_back_as_it_was_written(client, session, stage, survey, page, write, send, number):
    """The form that is sent again as it came must not round what it shows."""
    client.cookies.set("language", "fi")
    hours = by_key(survey, "hours")
    hours.minimum = hours.maximum = None
    session.commit()
    assert write({q(survey, "hours"): number}).status_code == 200
    [shown] = re.findall(rf'name="{q(survey, "hours")}"[^>]* value="([^"]*)"', client.get(page).text)
    assert shown == number
    send({q(survey, "hours"): shown}, act="keep")
    assert sheet_of(session, survey, stage.otso.person_id)[hours.id] == float(number.replace(",", "."))


@pytest.mark.usefixtures("uncollected")
def test_a_form_of_thousands_of_fields_is_read_once_through():
    """It took over half a second of the server for each, and anybody with a link may send many."""
    began = time.process_time()
    assert len(_clean(FormData([(f"q{place}", " x ") for place in range(5_000)]))) == 5_000
    assert time.process_time() - began < 0.15
    file = UploadFile(BytesIO(b"x"), filename="x.txt")
    assert _clean(FormData([("q1", "a"), ("q2", "b\x00"), ("q1", " c"), ("q3", file)])) == {
        "q1": ["a", "c"],
        "q2": ["b"],
    }
