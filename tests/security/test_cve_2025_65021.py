"""Rallly CVE-2025-65021: who knew the number of somebody else's poll could close it.

Here a personal link opens one person's page of one event: it changes nothing under another link's address, another
event's, or the secretariat's own.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.db import Base
from app.invitees.models import Response
from app.links.links import link_of, token_of
from app.links.models import PersonalLink
from app.secretariats.policy import LINK, OPEN, POLICY
from tests.security.test_cve_2025_59034 import ROUTES, Anything

NOT_COUNTED = {"account_sessions", "audit_entries"}


def everything(session) -> dict[str, list]:
    session.expire_all()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in NOT_COUNTED]
    return {table.name: session.execute(select(*[c for c in table.c if c.name != "content"])).all() for table in tables}


@pytest.fixture
def guest(client, world):
    client.get(f"/i/{world.ids['token']}")
    assert client.get(f"/m/{world.ids['public_id']}").status_code == 200
    return client


def test_a_guest_changes_nothing_of_the_secretariats(guest, session, world):
    before = everything(session)
    for route, method in ROUTES:
        if method == "POST" and POLICY[route.path_format].change not in (OPEN, LINK):
            path = route.path_format.format_map(Anything(world.ids))
            answer = guest.post(path, data={"action": "remove", "name": "x", "title": "x"})
            assert (path, answer.status_code, answer.headers.get("location", "")[:8]) == (path, 303, "/sign-in")
    assert everything(session) == before


def test_a_guest_changes_nothing_of_another_guests(guest, session, settings, world):
    other = link_of(session, settings, event_id=world.ids["event_id"], person_id=world.deputy.id, purpose="invitation")
    session.commit()
    theirs, mine = other.public_id, world.ids["public_id"]
    cookie, token = f"g_{mine}", guest.cookies[f"g_{mine}"]
    before = session.scalars(select(Response.id)).all()
    for path in ("answer", "survey", "survey/answers", "comments"):
        for public_id in (theirs, mine):
            answer = guest.post(f"/m/{theirs}/{path}", data={"public_id": public_id, "answer": "declined"})
            assert answer.status_code == 404
    form = guest.post(f"/m/{mine}/answer", data={"public_id": theirs, "answer": "declined"})
    assert form.status_code == 409
    guest.cookies.clear()
    guest.cookies.set(f"g_{theirs}", token)  # my token under their name
    assert guest.post(f"/m/{theirs}/answer", data={"public_id": theirs, "answer": "declined"}).status_code == 409
    assert guest.get(f"/m/{theirs}").status_code == 404
    assert session.scalars(select(Response.id)).all() == before and cookie != f"g_{theirs}"


def test_a_link_to_papers_takes_no_answer(client, session, settings, world):
    link = link_of(session, settings, event_id=world.ids["event_id"], person_id=world.person.id, purpose="papers")
    session.commit()
    client.get(f"/i/{token_of(settings, link)}")
    answer = client.post(f"/m/{link.public_id}/answer", data={"public_id": link.public_id, "answer": "declined"})
    assert answer.status_code == 404
    assert session.get_one(PersonalLink, link.id).purpose == "papers"
