"""Helmi looks at a series: its events, what is open, and who came how often."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.attendance.models import Attendance
from app.follow_ups.models import FollowUp
from app.invitees.models import Response
from app.series.queries import all_series, attenders_of, series_of
from tests import cast
from tests.conftest import NOW
from tests.test_exports import rows_of_csv


@pytest.fixture
def series(session):
    ministry = cast.organisation(session)
    people = [cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Otso Orava", "Pilvi Puro")]
    board = cast.group(session, "Siltaneuvosto", chair=people[:1])
    about = {"series": "Neuvosto", "ends_at": None}
    days = [datetime(2026, 6 + n, 3, 9) for n in range(3)]
    events = [cast.event(session, board, title=f"Kokous {n}", starts_at=day, **about) for n, day in enumerate(days)]
    cast.event(session, board, title="Muu kokous", starts_at=datetime(2026, 7, 1, 9), ends_at=None)
    kept = cast.event(session, board, title="Mallikokous", series="Neuvosto", template="Malli")
    aarne, otso, pilvi = people
    for event in (*events, kept):
        sender = cast.invitee(session, event, otso)
        cast.invitee(session, event, aarne, position=1)
        instead = cast.invitee(session, event, pilvi, position=2, substitute_for_id=sender.id)
    # at the last one Otso comes himself after all
    session.add(Response(invitee_id=sender.id, choice="accepted", source="link", responded_at=NOW, substitute_id=None))
    assert instead.substitute_for_id == sender.id
    marks = [
        (0, aarne, "in_person"),
        (0, otso, "excused"),
        (0, pilvi, "remote"),
        (1, aarne, "in_person"),
        (1, otso, "absent"),
    ]
    for n, person, mode in marks:
        session.add(Attendance(event_id=events[n].id, position=person.id, person_id=person.id, mode=mode))
    session.add(Attendance(event_id=events[1].id, position=99, given_name="Vieras", family_name="Vaara"))
    session.add(FollowUp(event_id=events[0].id, position=0, text="Maalataan silta.", due=date(2026, 8, 1)))
    session.commit()
    return events


def test_who_came_how_often(session, series):
    found = [
        (it.person.given_name, it.invited, it.came, it.excused, it.last_at) for it in attenders_of(session, series)
    ]
    june, july = datetime(2026, 6, 3, 9), datetime(2026, 7, 3, 9)
    assert found == [("Aarne", 3, 2, 0, july), ("Pilvi", 3, 1, 0, june), ("Otso", 3, 0, 1, None)]


def test_a_series_by_any_of_its_events(signed_in, session, series):
    [one] = all_series(session)
    assert (one.name, one.events, one.last.title) == ("Neuvosto", 3, "Kokous 2")
    for event in series:
        assert [it.id for it in series_of(session, event.id)] == [it.id for it in series]
        assert signed_in.get(f"/series/{event.id}").status_code == 200
    page = signed_in.get(f"/series/{series[0].id}").text
    assert f"/events/{series[2].id}/copy" in page and "Maalataan silta." in page and "Mallikokous" not in page
    rows = rows_of_csv(signed_in.get(f"/series/{series[0].id}?as=csv"))
    assert [row[0] for row in rows[1:]] == ["Kokous 0", "Kokous 1", "Kokous 2"]
    assert [row[3] for row in rows[1:]] == ["2", "2", "0"]
    people = rows_of_csv(signed_in.get(f"/series/{series[0].id}?as=csv&of=people"))
    assert [row[0] for row in people[1:]] == ["Aarne Aho", "Pilvi Puro", "Otso Orava"]


def test_an_event_of_no_series_has_no_page_of_one(signed_in, session, series):
    assert signed_in.get("/series/999999").status_code == 404
    series[0].series = None
    session.commit()
    assert signed_in.get(f"/series/{series[0].id}").status_code == 404
