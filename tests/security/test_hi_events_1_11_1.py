"""Hi.Events 1.11.1: cells of an export ran as formulas, and an order that was sent twice at once counted twice.

Here every cell of a workbook is typed as text, a field of a CSV that a spreadsheet would run gets an apostrophe, and
fifty equal presses at the same moment have one effect.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.accounts.sessions import sign_in
from app.db import Database
from app.main import state_of
from app.people.models import DistributionList
from app.spreadsheet import ALIVE, Table, as_csv, as_workbook
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, PASSWORD
from tests.migrated import new_file
from tests.security.corpora import FORMULAS

TIMES = 50


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_csv_is_text(text):
    file = as_csv([text], [[text]]).decode("utf-8-sig")
    for [cell] in csv.reader(io.StringIO(file), delimiter=";"):
        assert cell.startswith("'") or not ALIVE.match(cell)
    assert all(line.startswith('"') and line.endswith('"') for line in file.split("\r\n")[:-1])


def test_a_formula_in_a_workbook_is_text():
    content = as_workbook(Table("=7731", [("=A", str), ("b", str)], FORMULAS))
    for formulas in (True, False):
        sheet = load_workbook(io.BytesIO(content), data_only=not formulas).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"} and len(cells) == 2 * len(FORMULAS) + 2
        assert all(cell.quotePrefix for row in sheet.iter_rows(min_row=2) for cell in row if ALIVE.match(cell.value))


def test_fifty_equal_presses_have_one_effect(app, settings, portal, tmp_path):
    database = Database(new_file(tmp_path / "koolle.db"))
    with database.session() as session:
        cast.account(session)
        _account, token = sign_in(session, "helmi@koolle.example", PASSWORD, NOW)
    app.state = state_of(settings, database, lambda: NOW)
    barrier = Barrier(TIMES)

    def press(_window: int) -> int:
        window = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
        window.cookies.set("session", token)
        barrier.wait()
        return window.post("/lists", data={"name": "Siltaväki"}).status_code

    with ThreadPoolExecutor(TIMES) as windows:
        told = Counter(windows.map(press, range(TIMES)))
    with database.session(readonly=True) as session:
        assert session.scalar(select(func.count()).select_from(DistributionList)) == 1
    database.close()
    assert told[303] == 1 and set(told) <= {303, 409, 422}
