"""LimeSurvey CVE-2026-92730: the page that told what came of an uploaded list of participants ran what stood in it.

Here cells of a list are text on every page of an import: its columns, its rows, what is refused and why.
"""

from __future__ import annotations

import csv
import io

import pytest

from tests.imports.test_flow import columns
from tests.security.corpora import MARK, SCRIPTS
from tests.security.served import acts, locked

HEADINGS = ["Etunimi", "Sukunimi", "Sähköposti", "Organisaatio", "Tehtävä"]


@pytest.fixture
def sent(signed_in):
    """Send a list, choose its columns, and return the address of what came of it."""

    def send(name: str, headings: list[str], rows: list[list[str]]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([headings, *rows])
        answer = signed_in.post("/imports", files={"file": (name, text.getvalue().encode())}, data={"text": ""})
        assert answer.status_code == 303
        return answer.headers["location"]

    return send


def test_cells_are_text_on_every_page_of_an_import(signed_in, sent):
    rows = [[script, f"Oksa {place}", f"o{place}@rm.example", script, script] for place, script in enumerate(SCRIPTS)]
    rows += [["Otso", "Oksa", script, "", ""] for script in SCRIPTS]  # addresses that are none are refused by name
    at = sent('"><svg onload=alert(7731)>.csv', HEADINGS, rows)
    chosen = signed_in.get(at + "/columns")
    columns(signed_in, at)
    for page in (chosen, signed_in.get(at), signed_in.get("/imports")):
        assert (page.status_code, acts(page.text), locked(page)) == (200, [], True)
    shown = signed_in.get(at).text
    assert shown.count(MARK) > len(SCRIPTS)
    brought = signed_in.post(at + "/bring-in")
    assert brought.status_code == 303
    for path in (at, at + "/undo", "/people"):
        page = signed_in.get(path)
        assert acts(page.text) == [] and (MARK in page.text or path.endswith("undo"))
