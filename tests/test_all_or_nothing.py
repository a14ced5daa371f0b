"""A form leaves all that it does or nothing: what breaks in the midst of it, at whichever row, leaves no trace.

ASVS 5.0 2.3.3. Every form of every page is sent as it stands there, and is interrupted at the last row that it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import Connection, event

from app.rooms import ROUTERS
from tests.security.pages_forms import forms_in
from tests.snapshots import differing, snapshot
from tests.taken_back import taken_back
from tests.test_query_counts import addresses
from tests.worlds import World

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
POSTS = [route for router in ROUTERS for route in router.routes if "POST" in route.methods]


class Interrupted(Exception):
    """What nobody expects."""


@contextmanager
def interrupting(connection: Connection, after: int = 0) -> Iterator[list[str]]:
    """Yield the statements that wrote something; the one of that number, from 1, is interrupted."""
    wrote: list[str] = []

    def note(_connection, cursor, statement, *_more):
        if WRITES.match(statement) and cursor.rowcount:
            wrote.append(statement)
            if len(wrote) == after:
                raise Interrupted

    event.listen(connection, "after_cursor_execute", note)
    with suppress(Interrupted):
        yield wrote
    event.remove(connection, "after_cursor_execute", note)


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_interrupted_leaves_nothing(signed_in, connection, session, settings):
    ids = World(session, settings).ids
    session.commit()
    urls = [url for url, status in addresses(ids) if status == 200 and "as=" not in url]
    forms = forms_in((url, signed_in.get(url).text) for url in urls)
    before, complete = snapshot(connection), 0
    for path, found in forms.items():
        if found.files or not any(route.path_regex.match(path) for route in POSTS):
            continue
        fields = {name: values[0] if values else "" for name, values in found.fields.items()}
        with taken_back(connection), interrupting(connection) as wrote:
            signed_in.request("POST", path, data=fields)
        if wrote:
            complete += 1
            with interrupting(connection, len(wrote)):  # all but the last thing it does is done then
                signed_in.request("POST", path, data=fields)
    assert complete > 100
    assert differing(before, snapshot(connection), before) == {}
