"""LimeSurvey CVE-2020-25798: the name of a participant's attribute, a column of the list, held a script that ran.

Here the headings of a list, its file's name and the names of its sheets are text where columns are chosen.
"""

from __future__ import annotations

import pytest

from tests.imports.workbooks import text_cell, workbook
from tests.security.corpora import MARK, SCRIPTS
from tests.security.served import acts, locked


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def letters(place: int) -> str:
    return chr(ord("A") + place)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_headings_are_text_where_columns_are_chosen(signed_in, kind):
    headings = ["Nimi", *SCRIPTS]
    if kind == "csv":
        line = ";".join('"' + one.replace('"', '""') + '"' for one in headings)
        content = f"{line}\nOtso Oksa{';x' * len(SCRIPTS)}\n".encode()
    else:
        top = "".join(text_cell(f"{letters(place)}1", escaped(one)) for place, one in enumerate(headings))
        row = "".join(text_cell(f"{letters(place)}2", "Otso Oksa") for place, _one in enumerate(headings))
        content = workbook(f'<row r="1">{top}</row><row r="2">{row}</row>')
    answer = signed_in.post("/imports", files={"file": (f"{SCRIPTS[0]}.{kind}", content)}, data={"text": ""})
    assert answer.status_code == 303, answer.text
    page = signed_in.get(answer.headers["location"] + "/columns")
    assert (page.status_code, acts(page.text), locked(page)) == (200, [], True)
    assert page.text.count(MARK) >= len(SCRIPTS)
