"""docs/security.md names tests that exist, and every named test stands in it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TEXT = (TESTS.parent / "docs" / "security.md").read_text()
NAMED, ROWS = TEXT.split("## ASVS 5.0, level 2")
ID = re.compile(
    r"CVE-\d{4}-\d+|GHSA(?:-\w{4}){3}|PYSEC-\d{4}-\d+|CIVI-SA-\d{4}-\d+|(?:Indico|pretalx|Hi\.Events) [\d.]+\d"
)
HELD = re.compile(r"(?<![\w/`])((?:\w+/)?test_\w+)(?:::(\w+))?")
OTHERS = {"test_bill", "test_crawling", "test_floors", "test_headers", "test_mutations", "test_named"}
NOT_OURS = {  # of the fuzzers, which try many at once, and of who attacked
    "test_hostile_files", "test_parsers", "test_fuzzing", "test_addresses_by_search", "test_outbox_of_another",
    "test_trail_forged",
}  # fmt: skip


def file_of(published: str) -> str:
    return "test_" + re.sub(r"\W", "_", published.lower())


@cache
def names_in(file: str) -> set[str]:
    tree = ast.parse((TESTS / f"{file}.py").read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_published_id_has_its_file_and_each_file_its_id():
    published = {file_of(one) for one in ID.findall(NAMED)}
    there = {file.stem for file in (TESTS / "security").glob("test_*.py")} - OTHERS - NOT_OURS
    assert there - published == set()
    assert {one for one in published if not (TESTS / "security" / f"{one}.py").exists()} == set()
    assert len(published) >= 63


def test_each_says_in_its_first_lines_what_happened_and_what_holds():
    for published in ID.findall(NAMED):
        text = (TESTS / "security" / f"{file_of(published)}.py").read_text()
        said = ast.get_docstring(ast.parse(text))
        assert published in said.replace("\n", " ") and "Here " in said, published


@pytest.mark.parametrize(
    "row", [line for line in ROWS.splitlines() if re.match(r"\| \d", line)], ids=lambda row: row.split()[1]
)
def test_each_row_is_held_by_tests_that_exist_or_says_why_not(row):
    held = HELD.findall(row.rsplit(" | ", 1)[1])
    assert held or "not met: " in row
    for file, name in held:
        assert (TESTS / f"{file}.py").exists(), file
        assert not name or name in names_in(file), f"{file}::{name}"


def test_there_are_fifty_four_rows():
    assert len(re.findall(r"^\| \d", ROWS, re.MULTILINE)) >= 54
