"""The door: found by whatever is known of somebody, forty at a time, whoever comes in somebody's place, the room."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.attendance.marking import mark
from app.attendance.models import Attendance, Mark, PresentFor
from app.attendance.noting import item_options
from app.invitees.models import Response
from tests import cast
from tests.attendance.test_routes import ENGLISH, HTMX, shown
from tests.conftest import NOW


@pytest.fixture
def event(session):
    made = cast.event(session, cast.group(session, "Rakennusneuvosto"))
    session.commit()
    return made


@pytest.fixture
def network(session):
    return cast.group(session, "Tietoverkosto")


@pytest.fixture
def otso(session, event, network):
    person = cast.person(session, "Otso Ojala", of=cast.organisation(session))
    invitee = cast.invitee(session, event, person, network)
    session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
    session.commit()
    return person


def path(event, more=""):
    return f"/events/{event.id}/day{more}"


def test_a_long_list_is_shown_forty_at_a_time_and_nobody_is_passed_over(signed_in, session, event):
    people = [cast.person(session, f"Otso Ovi{n:03}") for n in range(95)]
    for person in people:
        cast.invitee(session, event, person)
    session.commit()
    seen, query = [], ""
    while True:
        page = signed_in.get(path(event, query), headers=ENGLISH)
        seen.append(shown(page))
        # whoever is marked leaves the list of those who are not: the next part begins where this one ended all the same
        mark(session, event, people[len(seen) - 1], "in_person")
        session.commit()
        following = re.search(r'<a href="([^"]*)" rel="next"', page.text)
        if not following:
            break
        assert len(seen) > 1 or ("55 more" in page.text and "after" not in query)
        query = following[1].replace("&amp;", "&")
    assert [len(part) for part in seen] == [40, 40, 15]
    assert [name for part in seen for name in part] == [person.name for person in people]
    waiting = shown(signed_in.get(path(event, "?show=waiting&after=i999999")))
    assert waiting[0] == "Otso Ovi003"


@pytest.mark.parametrize("query", ["oj", "OJALA ot", "tietov", "rm ojala", "otso tieto rakenne"])
def test_words_in_any_order_find_by_name_organisation_and_group(signed_in, event, otso, query):
    assert shown(signed_in.get(path(event), params={"q": query})) == ["Otso Ojala"]


@pytest.mark.parametrize("query", ["%", "_", "ojala xyz", "/", "o_j"])
def test_what_nobody_is_called_finds_nobody_and_can_be_added(signed_in, event, otso, query):
    page = signed_in.get(path(event), params={"q": query}, headers=ENGLISH)
    assert shown(page) == []
    assert "data-walk-in" in page.text.partition('id="presence"')[2].partition("</aside")[0]


def test_whoever_is_named_by_an_invitee_is_found_by_them_and_who_is_no_longer_needed_is_not(
    signed_in, session, event, otso
):
    pilvi, saima = cast.person(session, "Pilvi Pelto"), cast.person(session, "Saima Suo")
    sender = cast.invitee(session, event, cast.person(session, "Veikko Vaara"), position=3)
    sent = cast.invitee(session, event, pilvi, substitute_for_id=sender.id)
    cast.invitee(session, event, saima, substitute_for_id=sender.id)
    declined = {"choice": "declined", "substitute_id": sent.id, "source": "link", "responded_at": NOW}
    session.add(Response(invitee_id=sender.id, **declined))
    session.commit()
    page = signed_in.get(path(event), params={"q": "vaara"}, headers=HTMX | ENGLISH)
    assert shown(page) == ["Pilvi Pelto", "Veikko Vaara"]
    assert "in place of Veikko Vaara" in page.text
    assert shown(signed_in.get(path(event))) == ["Otso Ojala", "Pilvi Pelto", "Veikko Vaara"]


def test_somebody_comes_in_an_invitees_place_for_whom_they_were_to_represent(signed_in, session, event, otso, network):
    form = {"name": "Kaino Outo, Rantakylä ry", "key": "k" * 20}
    for _twice in range(2):
        answer = signed_in.post(path(event, f"/people/{otso.id}/deputy"), data=form)
    line = session.scalars(select(Attendance)).one()
    assert answer.headers["location"] == path(event, f"#line-{line.id}")
    assert (line.name, line.mode, line.role, line.deputy_for_id) == ("Kaino Outo", "in_person", "deputy", otso.id)
    assert session.scalars(select(PresentFor.group_id)).all() == [network.id]
    page = signed_in.get(path(event), params={"q": "ojala"}, headers=HTMX | ENGLISH)
    assert shown(page) == ["Otso Ojala", "Kaino Outo"]
    assert "in place of Otso Ojala" in page.text and "Kaino Outo came in their place" in page.text
    own = signed_in.post(path(event, f"/people/{otso.id}/deputy"), data={"name": "otso.ojala@rm.example"})
    assert own.status_code == 422 and 'id="field-name-error"' in own.text
    session.expire_all()
    assert session.scalar(select(Attendance).where(Attendance.person_id == otso.id)) is None


def test_presses_that_waited_come_together(signed_in, session, event, otso):
    pilvi = cast.person(session, "Pilvi Pelto")
    session.commit()
    sent = {"press": [f"{otso.id}:in_person:5000", f"{pilvi.id}:remote:4000", "999999:absent:0", f"{otso.id}:absent:0"]}
    for _twice in range(2):
        page = signed_in.post(path(event, "/people"), data=sent, headers=HTMX | ENGLISH)
    assert sorted(shown(page)) == ["Otso Ojala", "Pilvi Pelto"]
    assert 'id="day-count"' in page.text
    marks = session.execute(select(Mark.person_id, Mark.mode, Mark.pressed_by).order_by(Mark.person_id)).all()
    assert [tuple(mark) for mark in marks] == [
        (otso.id, "absent", "Helmi Hakala"),
        (pilvi.id, "remote", "Helmi Hakala"),
    ]


def test_coming_and_leaving_now_are_noted_by_the_events_clock(signed_in, session, app, event, otso):
    event.starts_at, event.ends_at = datetime(2026, 9, 1, 12), None
    session.commit()
    app.state.clock = lambda: NOW.replace(minute=4, second=30)
    page = signed_in.get(path(event, f"/people/{otso.id}"), headers=ENGLISH)
    assert "Came now, 12:04" in page.text
    assert session.scalars(select(Attendance)).all() == []
    signed_in.post(path(event, f"/people/{otso.id}/clock"), data={"age": "240000"})
    line = session.scalars(select(Attendance)).one()
    signed_in.post(path(event, f"/lines/{line.id}/clock"), data={"which": "left"})
    session.refresh(line)
    assert (line.mode, line.arrived_at, line.left_at) == (
        "in_person", datetime(2026, 9, 1, 12, 0), datetime(2026, 9, 1, 12, 4),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "stored"),
    [("", "", (None, None)), ("4", "", (4, 6)), ("", "5", (4, 5)), ("5", "5", (5, 5)), ("6", "4", None),
     ("9", "", None)],
)  # fmt: skip
def test_present_for_items_of_the_agenda(signed_in, session, event, otso, first, last, stored):
    event.first_number = 4
    for place, kind in enumerate(("item", "break", "item", "section", "item")):
        session.add(AgendaItem(event_id=event.id, position=place, kind=kind, title=f"Asia {place}"))
    line = mark(session, event, otso, "in_person")
    session.commit()
    answer = signed_in.post(path(event, f"/lines/{line.id}"), data={"first_item": first, "last_item": last})
    assert answer.status_code == (303 if stored else 422)
    session.refresh(line)
    assert (line.first_item, line.last_item) == (stored or (None, None))


@pytest.mark.parametrize(
    ("pattern", "first", "own", "offered"),
    [
        ("{n} §", None, ("5 §", None, None), ["5", "6", "7"]),
        ("§ {n}", None, ("§ 14", None, None), ["14", "15", "16"]),
        ("{n} §", 0, (None, None, None), ["0", "1", "2"]),
        (None, None, (None, "1", None), ["1", "3"]),
        (None, None, (None, None, None), ["1", "2", "3"]),
        (None, 4, (None, None, None), ["4", "5", "6"]),
    ],
)
def test_items_are_offered_by_the_numbers_that_the_agenda_prints(session, event, pattern, first, own, offered):
    event.numbering, event.first_number = pattern, first
    for place, number in enumerate(own):
        session.add(AgendaItem(event_id=event.id, position=place, kind="item", title=f"Asia {place}", number=number))
    session.flush()
    assert [number for number, _words in item_options(session, event)] == offered


def test_the_room_sees_figures_and_no_names(signed_in, session, event, otso):
    mark(session, event, cast.person(session, "Pilvi Pelto"), "remote")
    session.commit()
    page = signed_in.get(path(event, "/room"), headers=HTMX | ENGLISH)
    figures = dict(re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", page.text))
    assert figures == {"have come": "1", "of them online": "1", "still expected": "1", "invited in all": "1"}
    assert "Pilvi" not in page.text and "Otso" not in page.text


def test_the_whole_list_comes_in_parts(signed_in, session, event, otso):
    mark(session, event, otso, "remote")
    session.commit()
    assert signed_in.get(path(event, "/list.json")).json() == {
        "after": None,
        "lines": [
            {"key": f"person-{otso.id}", "person": otso.id, "name": "Otso Ojala", "organisation": "RM",
             "represents": "Tietoverkosto", "in_place_of": "", "mode": "remote"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "after"),
    [("http://testserver/events/1/day", "/events/1/day"), ("", "/"), ("http://testserver//elsewhere.example", "/")],
)
def test_who_is_asked_to_sign_in_within_a_page_comes_back_to_the_page(client, event, page, after):
    answer = client.get(path(event, "/count"), headers=HTMX | {"HX-Current-URL": page})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/sign-in?next={after}")
