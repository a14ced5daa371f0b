"""Otso has answered, the time changes, and he is asked anew: wherever his answer is read, he is silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.attendance.expecting import expected
from app.attendance.history import events_of_person
from app.desk.figures import figures_of
from app.distribution.resolving import convened
from app.eventfiles.exporting.invitees import invitee_entries
from app.invitees.answering import ask_again, respond, unask
from app.invitees.queries import responses_of
from tests import cast
from tests.conftest import NOW, counting

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def scene(session):
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    places = [cast.invitee(session, event, cast.person(session, f"{name} Oksa")) for name in ("Otso", "Pilvi", "Lumi")]
    respond(session, places[0], choice="accepted", mode="remote", comment="Junasta", source="link", at=NOW)
    respond(session, places[1], choice="waiting", source="link", at=NOW)
    return event, places


def read(session, event, place) -> dict:
    there = convened(session, [event.id])[event.id]
    [entry] = [one for one in invitee_entries(session, event.id) if one["person"].id == place.person_id]
    figures = figures_of(session, event.id)
    return {
        "standing": str(events_of_person(session, place.person_id)[0].standing),
        "unanswered": place.person_id in there.unanswered,
        "expected": [person.id for person, _mode in expected(session, event)],
        "file": (entry["answer"], entry.get("mode")),
        "figures": (figures.answered, figures.coming, figures.waiting),
    }


def test_who_is_asked_anew_is_silent_wherever_it_is_read(session, scene):
    event, [otso, *_others] = scene
    before = {
        "standing": "online", "unanswered": False, "expected": [otso.person_id], "file": ("accepted", "remote"),
        "figures": (2, 1, 1),
    }  # fmt: skip
    assert read(session, event, otso) == before
    assert ask_again(session, [place.id for place in scene[1]], at=LATER) == 2, "Lumi is silent"
    assert read(session, event, otso) == {
        "standing": "silent", "unanswered": True, "expected": [], "file": ("none", None), "figures": (0, 0, 0),
    }  # fmt: skip
    assert [one.choice for one in responses_of(session, otso.id)] == ["asked", "accepted"]
    assert unask(session, [place.id for place in scene[1]], LATER) == 2
    assert read(session, event, otso) == before


def test_who_waits_has_answered_and_does_not_come(session, scene):
    event, [otso, pilvi, _lumi] = scene
    shown = read(session, event, pilvi)
    assert (shown["standing"], shown["unanswered"], shown["file"]) == ("waiting", False, ("none", None))
    assert shown["expected"] == [otso.person_id]


def test_any_number_is_asked_anew_in_two_statements(session, connection, scene):
    event, places = scene
    with counting(connection) as statements:
        ask_again(session, [place.id for place in places], at=LATER)
    assert len(statements) == 2
