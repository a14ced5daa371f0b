"""CIVI-SA-2021-01: a file of contacts that somebody uploaded held scripts, which ran when it was looked at.

Here what was pasted or sent is text where it is refused, where it is mended, and in the file of refused rows.
"""

from __future__ import annotations

import csv
import io

from tests.security.corpora import FORMULAS, MARK, SCRIPTS
from tests.security.served import acts, locked


def test_what_was_pasted_is_text_where_it_is_refused(signed_in):
    text = "\n".join([*SCRIPTS, *(f"Otso Oksa {script}" for script in SCRIPTS), "Otso Oksa <otso@rm.example>"])
    answer = signed_in.post("/imports", data={"text": text})
    page = answer if answer.status_code == 422 else signed_in.get(answer.headers["location"])
    assert acts(page.text) == [] and locked(page) and MARK in page.text


def test_refused_rows_come_back_as_text(signed_in):
    rows = [["Nimi", "Sähköposti"], *([f"Otso {place}", f"{cell}@"] for place, cell in enumerate(FORMULAS))]
    text = "\n".join("\t".join(cell.replace("\t", " ").replace("\r", " ") for cell in row) for row in rows)
    at = signed_in.post("/imports", data={"text": text}).headers["location"]
    page = signed_in.get(at)
    at = page.headers.get("location", at)
    if at.endswith("/columns"):
        at = at.removesuffix("/columns")
    file = signed_in.get(f"{at}?as=csv")
    cells = [cell for row in csv.reader(io.StringIO(file.text.removeprefix("\ufeff")), delimiter=";") for cell in row]
    assert file.headers["content-disposition"].startswith("attachment;")
    assert [
        cell for cell in cells if cell.lstrip(" \"'")[:1] in tuple("=+-@|\uff1d") and not cell.startswith("'")
    ] == []
