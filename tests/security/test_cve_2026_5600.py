"""pretix CVE-2026-5600: one address gave the data of all events of an organiser, not only of those one may see.

Here two secretariats keep their own: no list, no file of a list and no search of one holds a row of the other.
"""

from __future__ import annotations

import re

import pytest

from app.secretariats.policy import LINK, OPEN, OWN, POLICY
from tests.test_query_counts import gives_files, routes

FIRSTS = re.compile(
    r"Orava|n verkosto|Sijainen|Siltayksikkö|Siltaväki|Iltapäivät|iltapäivä|Mallitapaus|Junalla|sillat\.csv"
)
SEARCHED = {"search": "?q=o", "search_at_once": "?q=o", "people": "?q=o", "groups": "?q=o"}
ASKS = ("suggested", "new_")


def listing() -> list[str]:
    """Every list: an address without a key in it, as a page, searched, and as files."""
    found = []
    for route in routes():
        if "{" in route.path_format or POLICY[route.path_format].look in (OPEN, LINK, OWN):
            continue
        found += [route.path_format, route.path_format + SEARCHED.get(route.name, "?q=o")]
        if gives_files(route):
            found += [f"{route.path_format}?as=csv", f"{route.path_format}?as=xlsx"]
    return found


@pytest.mark.long
def test_no_list_of_one_secretariat_holds_a_row_of_another(browser, signed_in, client, world):
    other = browser(name="Kaino Kivi")
    lists = [path for path in listing() if not path.startswith(("/mailbox", "/organisations"))]
    assert len(lists) > 40
    told = {path: other.get(path) for path in lists}
    assert {path: answer.status_code for path, answer in told.items() if answer.status_code != 200} == {}
    assert [path for path, answer in told.items() if FIRSTS.search(answer.text)] == []
    assert FIRSTS.search(signed_in.get("/people?as=csv").text)  # there is something that could be found
