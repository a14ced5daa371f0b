"""Papers, exports and packages are made sixty times a minute for one account or link, and no oftener."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.access import signed_in as signs_in
from app.dear import MOST, is_dear
from app.guests.opening import opened as opens
from app.links.links import personal_link
from app.rooms import ROUTERS
from app.spreadsheet import _wanted
from tests import cast
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("path", "asked", "dear"),
    [
        ("/people", set(), False),
        ("/people", {"page", "q"}, False),
        ("/people", {"q", "as"}, True),
        ("/events/{event_id}/archive.zip", set(), True),
        ("/m/{public_id}/papers.zip", set(), True),
        ("/m/{public_id}/past/{event_id}/papers.zip", set(), True),
        ("/m/{public_id}/memo.pdf", set(), True),
        ("/events/{event_id}/issues/{version}.docx", set(), True),
        ("/m/{public_id}/memo", set(), False),
        ("/m/{public_id}/calendar.ics", set(), False),
    ],
)
def test_what_is_dear(path, asked, dear):
    assert is_dear(path, asked) == dear


def calls(dependant: Dependant) -> set:
    return {dependant.call}.union(*(calls(one) for one in dependant.dependencies))


def test_whoever_asks_for_what_is_dear_is_counted():
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    dear = [route for route in routes if is_dear(route.path_format, set()) or _wanted in calls(route.dependant)]
    assert len(dear) > 20
    assert [route.path for route in dear if not calls(route.dependant) & {signs_in, opens}] == []


def used_up(client, key: str) -> None:
    for _time in range(MOST):
        assert not client.app.state.dear.wrong(key, NOW)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Liian monta asiakirjaa ja tiedostoa minuutissa"),
        ("sv", "För många dokument och filer på en minut"),
        ("en", "Too many papers and files within a minute"),
    ],
)
def test_the_sixty_first_within_a_minute_is_told_to_wait(signed_in, helmi, language, said):
    signed_in.cookies.set("language", language)
    used_up(signed_in, f"account {helmi.id}")
    answer = signed_in.get("/people?as=csv")
    assert (answer.status_code, answer.headers["retry-after"], said in answer.text) == (429, "60", True)
    assert signed_in.get("/people").status_code == 200
    signed_in.app.state.clock = lambda: NOW + timedelta(minutes=1)
    assert signed_in.get("/people?as=csv").status_code == 200


def test_others_are_counted_apart(signed_in, helmi):
    used_up(signed_in, f"account {helmi.id + 1}")
    assert signed_in.get("/people?as=csv").status_code == 200


def test_a_link_is_counted_too(client, session, settings):
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    otso = cast.invitee(session, event, cast.person(session, "Otso Oksanen", "otso@rm.example"))
    link = personal_link(session, settings, event_id=event.id, person_id=otso.person_id, purpose="invitation")
    session.commit()
    page = client.get(urlsplit(link).path).headers["location"]
    used_up(client, f"link {page.rpartition('/')[2]}")
    assert client.get(f"{page}/memo.pdf").status_code == 429
    assert client.get(f"{page}/calendar.ics").status_code == 200
