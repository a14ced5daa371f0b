"""Starlette CVE-2026-48710: a Host with a path in it changed the address by which others decided who may enter.

Here such a Host is turned away, and who may do what is decided by the route that was found, never by an address.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.security.corpora import FOREIGN_HOSTS

ROOT = Path(__file__).parents[2]
# where the address of a request is read: to come back to it, and to write links to the page one is on
READS = {
    "app/main.py", "app/memos/paper_answer.py", "app/guests/paper_routes.py",
    "app/people/map_routes.py",
}  # fmt: skip
HOSTS = [
    *FOREIGN_HOSTS,
    "a/?x=",
    "testserver/sign-in?",
    "testserver#",
    "testserver?",
    "testserver/",
    "testserver\t",
    "a" * 9_000,
]


@pytest.mark.long
@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_more_than_ours_is_turned_away(signed_in, world, host):
    """uvicorn itself takes spaces off the ends of a header's value; whatever arrives here with one is another host."""
    answer = signed_in.get(f"/people/{world.ids['person_id']}", headers={"Host": host})
    assert answer.status_code == 400 and "Orava" not in answer.text


def test_nobody_else_reads_the_address_of_a_request():
    found = set()
    for file in (ROOT / "app").rglob("*.py"):
        text = file.read_text()
        if "request" in text:
            for node in ast.walk(ast.parse(text)):
                if (
                    isinstance(node, ast.Attribute)
                    and node.attr in ("url", "base_url")
                    and ast.unparse(node.value).endswith("request")
                ):
                    found.add(file.relative_to(ROOT).as_posix())
    assert found == READS
    for file in ("app/access.py", "app/guard.py", "app/guests/opening.py", "app/secretariats/policy.py"):
        assert "request.url" not in (ROOT / file).read_text() and "base_url" not in (ROOT / file).read_text().replace(
            "settings.base_url", ""
        )
