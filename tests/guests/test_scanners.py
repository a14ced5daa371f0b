"""Link scanners open every link of every mail, again and again, before anybody reads it: nothing may come of it.

KOOLLE_GETS=100 opens each link a hundred times both ways (`make open-links`); without it one of them is ten times, and
the others once.
"""

from __future__ import annotations

import os
import re

import pytest
from sqlalchemy import select

from app.demo.playing import play
from app.models import Base
from tests.asking import Client
from tests.conftest import NOW, RolledBack
from tests.posted import opened, posted

LINK = re.compile(r"https?://[^\s\"<>]+")


@pytest.fixture
def links(session, connection, settings) -> list[str]:
    """Every link of ours in every mail of the demo: letters, calendars, notices, memos."""
    play(RolledBack(connection), settings, NOW)
    session.expire_all()
    found: dict[str, None] = {}
    for mail in posted(session, settings):
        for part in opened(settings, mail).walk():
            if not part.is_multipart():
                text = part.get_payload(decode=True).decode().replace("\r\n ", "")
                found |= dict.fromkeys(one for one in LINK.findall(text) if one.startswith(settings.base_url))
    session.commit()
    return list(found)


def everything(session) -> dict[str, list]:
    session.expire_all()
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(map(repr, session.execute(select(*table.c)).all())) for table in tables}


# that reading changes nothing on either database is seen in test_opening.py; here it is done at length
@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_looks_at_every_link_change_nothing(session, client, links):
    purposes = {link.rpartition("/")[0] for link in links}
    assert len(links) > 20 and purposes == {"http://testserver/i"}
    before = everything(session)
    looks = int(os.environ.get("KOOLLE_GETS", "1"))
    for place, link in enumerate(links):
        scanner = Client(client.app, client.portal, follow_redirects=True)
        for _look in range(max(looks, 10) if place == 0 else looks):
            assert scanner.head(link).status_code == scanner.get(link).status_code == 200
    assert everything(session) == before
