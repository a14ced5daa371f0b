"""Helmi takes a list away as a file, as she has narrowed it down."""

from __future__ import annotations

import csv
import io

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.stories import invited, take_a_seat


def test_what_is_shown_is_what_is_downloaded(small_house, sit_down):
    invited(small_house)
    helmi = sit_down(small_house)
    take_a_seat(small_house, helmi)
    helmi.go("/people")
    helmi.page.get_by_role("searchbox", name="Show only").press_sequentially("orava")
    expect(helmi.page.locator("#found [data-row]")).to_have_count(1)
    row = ["Orava Otso", "RM", None, "otso.orava@rm.example", "English"]
    headings = ["Name", "Organisation", "Title", "E-mail", "Language"]

    with helmi.page.expect_download() as taken:
        helmi.press("Excel (People)")
    assert taken.value.suggested_filename == "People.xlsx"
    sheet = load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [headings, row]

    with helmi.page.expect_download() as taken:
        helmi.press("CSV (People)")
    assert taken.value.suggested_filename == "People.csv"
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [headings, [cell or "" for cell in row]]
    helmi.look()
