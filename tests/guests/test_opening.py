"""A link opens one person's page, writes nothing, and tells a stranger nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.db import Base
from app.guests.guessing import MOST
from app.invitees.queries import current_responses
from app.links.models import PersonalLink
from app.main import create_app
from app.people.models import Person
from tests import cast
from tests.conftest import NOW, RolledBack, counting


def everything(session) -> dict[str, list]:
    """All rows of all tables."""
    session.expire_all()
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in Base.metadata.sorted_tables}


def test_the_link_leaves_the_address_bar_and_its_cookie_stays_its_own(client, stage, public_id):
    opened = client.get(stage.otso_link)
    page = f"/m/{public_id(stage.otso)}"
    assert (opened.status_code, opened.headers["location"]) == (303, page)
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith(f"g_{public_id(stage.otso)}={stage.otso_link.removeprefix('/i/')};")
    assert {"httponly", "path=/", "samesite=lax"} <= set(cookie.lower().split("; "))
    shown = client.get(page)
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in shown.headers["x-robots-tag"]


@pytest.mark.long
def test_the_cookie_is_bound_to_the_host_where_the_connection_is_secure(connection, settings, stage, public_id):
    secure = replace(settings, base_url="https://testserver")
    browser = TestClient(
        create_app(secure, RolledBack(connection), post=False), base_url="https://testserver", follow_redirects=False
    )
    cookie = browser.get(stage.otso_link).headers["set-cookie"]
    assert cookie.startswith(f"__Host-g_{public_id(stage.otso)}=")
    assert {"secure", "path=/"} <= set(cookie.lower().split("; "))


def test_reading_changes_nothing(client, session, stage, opened):
    before = everything(session)
    for path in (stage.otso_link, stage.elle_link):
        client.head(path)
        page = opened(path)
        for place in ("", "/calendar.ics", "/memo.pdf", "/attachments/1"):
            client.get(page + place)
            client.head(page + place)
    assert everything(session) == before


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: t + "0", lambda t: "x"]
)
def test_kaino_s_altered_link_shows_the_one_page_that_says_nothing(client, stage, change):
    altered = client.get("/i/" + change(stage.otso_link.removeprefix("/i/")))
    unknown = client.get("/i/" + "0" * 32)
    assert (altered.status_code, unknown.status_code) == (404, 404)
    assert altered.text == unknown.text
    assert "set-cookie" not in altered.headers


def test_a_revoked_link_is_as_if_it_had_never_been(client, session, stage, opened):
    page = opened(stage.otso_link)
    session.query(PersonalLink).filter_by(person_id=stage.otso.person_id).update({"revoked_at": NOW})
    session.commit()
    unknown = client.get("/i/" + "0" * 32).text
    for path in (stage.otso_link, page):
        gone = client.get(path)
        assert (gone.status_code, gone.text) == (404, unknown)


def test_without_its_cookie_a_page_does_not_open(client, stage, public_id):
    assert client.get(f"/m/{public_id(stage.otso)}").status_code == 404


def test_two_people_s_links_in_one_browser_never_mix(client, session, stage, opened, answer):
    otso, elle = opened(stage.otso_link), opened(stage.elle_link)
    assert "Otso Oksanen" in client.get(otso).text and "Elle Ek" in client.get(elle).text
    assert "Elle Ek" not in client.get(otso).text
    answer(otso, answer="coming")
    answer(elle, answer="declined")
    stands = current_responses(session, stage.event.id)
    assert [stands[one.id].choice for one in (stage.otso, stage.elle)] == ["accepted", "declined"]


def test_another_link_s_cookie_or_form_changes_nothing(client, session, stage, opened, public_id):
    otso, elle = opened(stage.otso_link), opened(stage.elle_link)
    before = everything(session)
    mixed = client.post(f"{otso}/answer", data={"public_id": public_id(stage.elle), "answer": "coming"})
    assert mixed.status_code == 409
    client.cookies.clear()
    client.cookies.set(f"g_{public_id(stage.otso)}", stage.elle_link.removeprefix("/i/"))
    assert client.get(otso).status_code == 404
    assert (
        client.post(f"{otso}/answer", data={"public_id": public_id(stage.otso), "answer": "coming"}).status_code == 409
    )
    assert everything(session) == before
    assert opened(stage.elle_link) == elle


def test_many_wrong_links_are_too_many_and_a_right_one_still_opens(client, stage):
    answers = [client.get("/i/" + "0" * 32).status_code for _ in range(MOST + 1)]
    assert answers == [404] * MOST + [429]
    assert client.get(stage.otso_link).status_code == 303
    client.app.state.clock = lambda: NOW + timedelta(seconds=61)
    assert client.get("/i/" + "0" * 32).status_code == 404


def test_the_letter_is_in_the_language_of_the_one_who_reads_it(client, session, stage, opened):
    page = opened(stage.otso_link)
    assert '<html lang="fi">' in client.get(page).text  # the event's
    session.query(Person).filter_by(id=stage.otso.person_id).update({"language": "sv"})
    session.commit()
    assert '<html lang="sv">' in client.get(page).text  # the person's
    client.post("/language", data={"language": "en", "next": page})
    assert '<html lang="en">' in client.get(page).text  # the one chosen on the page


def test_a_page_costs_the_same_for_one_invitee_and_for_thirty(client, session, stage, opened, connection):
    page = opened(stage.otso_link)
    with counting(connection) as few:
        client.get(page)
    for number in range(30):
        cast.invitee(session, stage.event, cast.person(session, f"Vieras {number}", ""), position=number + 2)
    session.commit()
    with counting(connection) as many:
        client.get(page)
    assert len(many) == len(few)
    assert session.scalar(select(func.count()).select_from(PersonalLink)) == 2
