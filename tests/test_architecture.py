"""The shape of the code: sizes, names, and templates that keep the content policy."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted((ROOT / "app").rglob("*.py"))
TEMPLATES = sorted(file for file in (ROOT / "templates").rglob("*") if file.suffix in (".html", ".txt", ".css"))
PAGES = [file for file in TEMPLATES if file.suffix == ".html" and file.parts[-3:-1] and "mail" not in file.parts]

FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "service", "services", "manager", "managers"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_module_is_named_for_nothing():
    assert [name_of(file) for file in CODE if file.stem in FORBIDDEN_NAMES or file.parent.name in FORBIDDEN_NAMES] == []


def test_what_calls_itself_pure_is_held_to_it():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [held] = [it["source_modules"] for it in contracts if it["name"].startswith("Pure rules")]
    calling = [file for file in CODE if re.match(r'"""[^"]*\bPure\.', file.read_text())]
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in calling]
    assert [it for it in modules if not any(f"{it}.".startswith(f"{module}.") for module in held)] == []


def test_no_file_outgrows_its_room():
    long = [name_of(file) for file in CODE if len(file.read_text().splitlines()) > 250]
    assert long + [name_of(file) for file in TEMPLATES if len(file.read_text().splitlines()) > 150] == []


def statements_of(file: Path) -> Iterator[tuple[str, int]]:
    """Yield each route of a file, with the lines from its first statement to its last."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(map(is_route, node.decorator_list)):
            body = node.body[bool(ast.get_docstring(node)) :]
            yield node.name, body[-1].end_lineno - body[0].lineno + 1


def is_route(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in ("get", "post", "api_route")


def test_a_route_is_read_at_a_glance():
    found = [(name_of(file), name, lines) for file in CODE for name, lines in statements_of(file)]
    assert len(found) > 300
    assert [one for one in found if one[2] >= 15] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline script", r"<script(?![^>]*\bsrc=)[^>]*>"),
        ("inline style", r"<style|\sstyle="),
        ("event attribute", r"\son[a-z]+="),
        ("htmx that evaluates", r"hx-on|hx-vals=.?js:"),
        ("trusted text", r"\|\s*safe\b"),
        ("link made of text", r"\|\s*urlize"),
    ],
)
def test_pages_keep_the_content_policy(what, pattern):
    papers = ("papers", "paper.html")
    pages = [file for file in PAGES if not any(part in papers for part in file.parts)]
    assert [name_of(file) for file in pages if re.search(pattern, file.read_text())] == []


def test_no_page_and_no_mail_takes_in_plain_text_in_which_nothing_is_escaped():
    taken = re.compile(r"{%-?\s*(?:include|import|from|extends)[^%]*\.txt")
    html = [file for file in TEMPLATES if file.suffix == ".html"]
    assert [name_of(file) for file in html if taken.search(file.read_text())] == []


def test_a_block_that_htmx_asks_for_is_the_id_of_its_element():
    """render(..., block="answers") swaps the element with id="answers" of that template or of what it includes."""
    wanted = set()
    for file in CODE:
        wanted |= set(re.findall(r"render\([^)]*?\"([\w/]+\.html)\"[^)]*?block=\"(\w+)\"", file.read_text(), re.DOTALL))
    missing = []
    for template, block in sorted(wanted):
        text = (ROOT / "templates" / template).read_text()
        parts = [
            text,
            *((ROOT / "templates" / name).read_text() for name in re.findall(r'include "([\w/]+\.html)"', text)),
        ]
        if f"block {block}" not in text or not any(f'id="{block}"' in part for part in parts):
            missing.append((template, block))
    assert missing == []


def test_no_path_of_one_machine_stands_in_the_tree():
    texts = [*CODE, *TEMPLATES, *(ROOT / "tests").rglob("*.py")]
    here = re.compile(r"(?<![\w.])/(?:work|root)/")
    assert [name_of(file) for file in texts if here.search(file.read_text())] == []
