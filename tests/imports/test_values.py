"""What stands in a cell, and what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.forms import clean_line
from app.imports.values import GUESSED, read_values, settle
from app.imports.words import field_words, problem_words

CELLS = [
    ("doubled spaces", "family_name", " von   Essen ", "von Essen", None),
    ("a line break at the end", "family_name", "Orava\r\n", "Orava", None),
    ("a hard space and one of no width", "family_name", "Ora\u200bva\u00a0Kivi", "Orava Kivi", None),
    ("a line break in a name", "given_name", "Ot\nso", "Ot so", "line_break"),
    ("a line break in a title", "title", "johtaja\nyksikkö", "johtaja yksikkö", None),
    ("a mark that turns nothing", "family_name", "\u200eOra\u200fva", "Orava", None),
    ("letters turned round", "family_name", "Ora\u202eva", "Orava", "turned_letters"),
    ("a letter nobody sees", "title", "joh\x07taja", "johtaja", "control_letters"),
    ("a formula", "family_name", '=HYPERLINK("x")', '=HYPERLINK("x")', "formula"),
    ("a formula behind an apostrophe", "family_name", "'=1+1", "'=1+1", "formula"),
    ("a formula behind what shows nothing", "family_name", "\u200b=1+1", "=1+1", "formula"),
    ("a formula with a plus", "given_name", "+1+1", "+1+1", "formula"),
    ("a formula with an at", "organisation", "@SUM(1)", "@SUM(1)", "formula"),
    ("a formula, wide", "title", "＝1", "＝1", "formula"),
    ("too long", "family_name", "a" * 201, "a" * 201, "too_long"),
    ("an address in a name", "family_name", "otso@rm.example", "otso@rm.example", "address_in_name"),
    ("nothing", "title", "-", None, None),
    ("nothing either", "title", "#N/A", None, None),
    ("an address", "email", " Otso@RM.example ", "Otso@RM.example", None),
    ("an address of a link", "email", "mailto:otso@rm.example", "otso@rm.example", None),
    ("an address with its name", "email", "Otso Orava <otso@rm.example>;", "otso@rm.example", None),
    ("two @", "email", "otso@@rm.example", "otso@@rm.example", "two_ats"),
    ("two addresses", "email", "a@rm.example; b@rm.example", "a@rm.example; b@rm.example", "two_ats"),
    ("letters no address has", "email", "äijä@rm.example", "äijä@rm.example", "address_letters"),
    ("no address", "email", "ei ole", "ei ole", "no_address"),
    ("a line break in an address", "email", "otso@\nrm.example", "otso@ rm.example", "line_break"),
    ("an address too long", "email", "o" * 250 + "@rm.example", "o" * 250 + "@rm.example", "too_long"),
    ("a language in Finnish", "language", "Suomi", "fi", None),
    ("a language in Swedish", "language", "finska", "fi", None),
    ("a language in English", "language", "Swedish", "sv", None),
    ("a language by its code", "language", "en", "en", None),
    ("an unknown language", "language", "klingon", "klingon", "unknown_language"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "cell", "value", "code"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS])
def test_a_cell_is_cleaned_or_refused(field, cell, value, code):
    read = read_values([cell], [field])
    assert read.fields.get(field) == value
    assert [found[1] for found in read.problems] == ([code] if code else [])


NAMES = [
    ("Virtanen, Matti", "", "Matti Virtanen", False),
    ("Virtanen Matti", "matti.virtanen@vm.example", "Matti Virtanen", False),
    ("Matti Virtanen", "", "Matti Virtanen", False),
    ("von Essen Anna", "anna.vonessen@vm.example", "Anna von Essen", False),
    ("Zorba Quux", "", "Zorba Quux", True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "email", "turned", "doubtful"), NAMES, ids=[row[0] for row in NAMES])
def test_a_whole_name_is_turned_given_name_first(name, email, turned, doubtful):
    read = read_values([name, email], ["name", "email"])
    assert f"{read.fields['given_name']} {read.fields['family_name']}" == turned
    assert read.doubtful is doubtful


def test_a_list_whose_order_is_clear_decides_about_the_names_of_which_it_is_not():
    names = ["Virtanen Matti", "Korhonen Anna", "Mäkinen Pekka", "Zorba Quux"]
    rows = [read_values([name], ["name"]) for name in names]
    settle(rows)
    assert [row.fields["family_name"] for row in rows] == ["Virtanen", "Korhonen", "Mäkinen", "Zorba"]
    assert not any(row.doubtful for row in rows)


def test_what_a_person_has_mended_stands_in_place_of_the_cells_and_of_what_was_wrong_with_them():
    faults = [(None, "read:more_cells", {}), (1, "read:error_value", {"cell": "B2", "value": "#REF!"})]
    columns = ["name", "email", "title"]
    assert len(read_values(["Otso Orava", "x", "t"], columns, {}, faults).problems) == 3
    read = read_values(["Otso Orava", "x", "t"], columns, {"family_name": "Orava", "email": "o@rm.example"}, faults)
    assert (read.fields, read.problems) == ({"title": "t", "family_name": "Orava", "email": "o@rm.example"}, [])


def test_a_fault_in_a_column_that_is_not_brought_in_refuses_nobody():
    assert read_values(["Orava", "#REF!"], ["family_name", None], {}, [(1, "read:error_value", {})]).problems == []


def test_a_pasted_guess_is_doubtful_until_somebody_has_written_the_name():
    faults = [(None, GUESSED, {})]
    columns = ["given_name", "family_name"]
    assert read_values(["Zorba", "Quux"], columns, {}, faults).doubtful
    assert not read_values(["Zorba", "Quux"], columns, {"family_name": "Quux"}, faults).doubtful


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=9, max_size=9))
def test_any_cells_give_values_and_problems_that_have_words(cells):
    columns = ["given_name", "family_name", "email", "organisation", "title", "unit", "language", "group", None]
    read = read_values(cells, columns)
    assert all(value == clean_line(value, 400) for value in read.fields.values())
    for field, code, values in read.problems:
        assert field_words(field) and problem_words(code, values)
