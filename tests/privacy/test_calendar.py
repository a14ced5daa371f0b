"""What will be erased when, held back, erased now; and that it goes on where it was broken off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.sessions import sign_in
from app.audit.models import AuditEntry
from app.audit.trail import note
from app.controller import DAYS
from app.events.models import Event
from app.invitees.models import Invitee, Response
from app.memos.models import Memo
from app.people.models import Person
from app.privacy.calendar import calendar, coming_of, soon
from app.privacy.erasing import due_of_events, due_of_rows, erase_due, held_of_events
from app.privacy.models import Erasure
from app.privacy.nightly import Eraser
from app.privacy.retention import due_on
from app.privacy.unneeded import mark_unneeded, unneeded
from tests import cast
from tests.conftest import NOW, PASSWORD, RolledBack
from tests.worlds import World

YEAR_LATER = datetime(2028, 3, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "held_until", "due"),
    [
        ("needs", None, date(2026, 9, 15)),
        ("needs", date(2027, 1, 1), date(2026, 9, 15)),
        ("event", None, date(2027, 9, 1)),
        ("event", date(2027, 1, 1), date(2027, 9, 1)),
        ("event", date(2028, 1, 1), date(2028, 1, 1)),
        ("mail_alone", None, date(2027, 9, 1)),
    ],
)
def test_due(rule, held_until, due):
    assert due_on(rule, date(2026, 9, 1), DAYS, held_until) == due


@pytest.fixture
def past(session) -> Event:
    """An event of long ago with one answer."""
    event = cast.event(session, cast.group(session, "Siltaneuvosto"), starts_at=datetime(2025, 9, 10, 13), ends_at=None)
    invitee = cast.invitee(session, event, cast.person(session, "Otso Oja"))
    session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
    session.commit()
    return event


def test_the_calendar_names_events_by_month_and_what_is_overdue(signed_in, session, settings, past):
    later = cast.event(session, cast.group(session, "Kaivoneuvosto"), title="Kaivopäivä")
    cast.invitee(session, later, cast.person(session, "Pilvi Puro"))
    session.commit()
    planned = calendar(session, settings, date(2026, 9, 11))
    assert [(one.event.title, one.rule, one.held) for one in planned.overdue] == [("Verkostojen iltapäivä", "event", 1)]
    months = [(month, [(one.event.title, one.due_on, one.held) for one in rows]) for month, rows in planned.months]
    assert months == [(date(2027, 9, 1), [("Kaivopäivä", date(2027, 9, 10), 1)])]
    page = signed_in.get("/privacy").text
    assert ">Syyskuu 2027</h2>" in page and "Kaivopäivä" in page and "kutsutut, vastaukset" in page
    assert [soon(session, settings, day) for day in (date(2026, 8, 26), date(2026, 8, 27))] == [0, 1]
    assert "tulossa poistettaviksi" in signed_in.get("/").text


def test_one_events_page_counts_that_event_alone(session, settings, past):
    later = cast.event(session, cast.group(session, "Kaivoneuvosto"), title="Kaivopäivä")
    for name in ("Pilvi Puro", "Lumi Laine"):
        cast.invitee(session, later, cast.person(session, name))
    session.flush()
    each = {
        event.id: [
            (one.event.id, one.rule, one.due_on, one.held, one.overdue)
            for one in coming_of(session, settings, date(2026, 9, 11), event.id)
        ]
        for event in (past, later)
    }
    assert each == {
        past.id: [(past.id, "event", date(2026, 9, 10), 1, True)],
        later.id: [(later.id, "event", date(2027, 9, 10), 2, False)],
    }
    assert held_of_events(session, later.id) == {(later.id, "event"): 2}


def test_holding_back_asks_why_and_until_when(signed_in, session, settings, past):
    here = f"/privacy/events/{past.id}"
    assert signed_in.post(here, data={"act": "hold", "held_until": "2026-01-01"}).status_code == 422
    assert (
        signed_in.post(here, data={"act": "hold", "held_until": "2027-01-01", "held_because": "valitus"}).status_code
        == 303
    )
    session.expire_all()
    assert (past.held_until, past.held_because) == (date(2027, 1, 1), "valitus")
    assert due_of_events(session, settings, date(2026, 12, 31)) == []
    assert "valitus" in signed_in.get("/privacy").text
    signed_in.post(here, data={"act": "let_go"})
    session.expire_all()
    assert (past.held_until, [one.rule for one in due_of_events(session, settings, NOW.date())]) == (None, [])
    assert [one.rule for one in due_of_events(session, settings, date(2026, 9, 10))] == ["event"]


def test_erasing_now_names_what_is_lost_and_asks(signed_in, session, past):
    here = f"/privacy/events/{past.id}"
    assert "kutsutut, vastaukset, kyselyvastaukset ja henkilökohtaiset linkit: 1 rivi" in signed_in.get(here).text
    assert signed_in.post(here, data={"act": "erase"}).status_code == 422
    assert session.scalar(select(func.count(Invitee.id))) == 1
    assert signed_in.post(here, data={"act": "erase", "sure": "on"}).status_code == 303
    session.expire_all()
    assert (session.scalar(select(func.count(Invitee.id))), past.erased_at) == (0, NOW)
    acts = session.execute(select(Erasure.rule, Erasure.event_id, Erasure.erased)).all()
    assert [tuple(act) for act in acts] == [("event", past.id, 1)]
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert (entry.act, entry.about) == (
        "/privacy/events/{event_id}",
        {"event_id": past.id, "action": "erase", "secretariat": 1},
    )


def test_an_event_that_is_not_over_is_not_erased(signed_in, session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    cast.invitee(session, event, cast.person(session, "Otso Oja"))
    session.commit()
    assert signed_in.post(f"/privacy/events/{event.id}", data={"act": "erase", "sure": "on"}).status_code == 422
    assert session.scalar(select(func.count(Invitee.id))) == 1


@pytest.mark.parametrize(
    ("role", "looks", "changes"), [("secretary", 200, 303), ("viewer", 200, 403), ("auditor", 200, 403)]
)
def test_who_looks_and_who_changes(client, session, past, role, looks, changes):
    account = cast.account(session, role=role)
    session.flush()
    client.cookies.set("session", sign_in(session, account.email, PASSWORD, NOW)[1])
    session.commit()
    here = f"/privacy/events/{past.id}"
    assert (client.get("/privacy").status_code, client.get(here).status_code) == (looks, looks)
    assert client.post(here, data={"act": "let_go"}).status_code == changes


def test_erasing_goes_on_where_it_was_broken_off_and_notes_counts(connection, session, settings):
    world = World(session, settings)
    memo = session.scalars(select(Memo)).first()
    database = RolledBack(connection)
    due = due_of_events(session, settings, YEAR_LATER.date())
    turns = erase_due(database, settings, YEAR_LATER)
    first = next(turns)
    turns.close()
    assert (first.event_id, first.rule) == (due[0].event_id, due[0].rule)
    rest = due_of_events(session, settings, YEAR_LATER.date())
    assert [(one.event_id, one.rule) for one in rest] == [(one.event_id, one.rule) for one in due[1:]]
    list(erase_due(database, settings, YEAR_LATER))
    waiting = [one.rule for one in due_of_events(session, settings, YEAR_LATER.date())]
    assert (waiting, due_of_rows(session, settings, YEAR_LATER.date())) == ([], [])
    session.expire_all()
    assert session.get(Event, world.ids["event_id"]).erased_at == YEAR_LATER
    assert session.get(Memo, memo.id) is not None
    acts = session.execute(select(AuditEntry.actor, AuditEntry.actor_id, AuditEntry.act).distinct()).all()
    assert [tuple(act) for act in acts] == [("command", "erase", "erase")]
    noted = [entry.about["erased"] for entry in session.scalars(select(AuditEntry)) if entry.about["rule"] != "files"]
    assert sum(noted) == session.scalar(select(func.sum(Erasure.erased)).where(Erasure.erased_at == YEAR_LATER))


def test_the_worker_erases_at_its_start_and_then_once_a_night(connection, session, settings, past):
    times = [datetime(2026, 9, 9, 10, tzinfo=UTC)]
    eraser = Eraser(RolledBack(connection), settings, lambda: times[0])
    for hours, left in ((0, 1), (10, 1), (30, 0)):
        times[0] = datetime(2026, 9, 9, 10, tzinfo=UTC) + timedelta(hours=hours)
        eraser.turn()
        assert session.scalar(select(func.count(Invitee.id))) == left


@pytest.mark.parametrize(("days", "left"), [(30, 0), (32, 1)])
def test_a_clock_that_may_not_be_set_yet_erases_nothing_before_the_night(
    connection, session, settings, past, days, left
):
    at = datetime(2026, 9, 10, 16, tzinfo=UTC)
    who = {"actor": "nobody", "actor_id": None, "address": None}
    note(session, settings.secret, at=at - timedelta(days=days), act="/sign-in", about={}, **who)
    session.commit()
    eraser = Eraser(RolledBack(connection), settings, lambda: at)
    eraser.turn()
    assert session.scalar(select(func.count(Invitee.id))) == left
    eraser.clock = lambda: at + timedelta(days=1)
    eraser.turn()
    assert session.scalar(select(func.count(Invitee.id))) == 0


def test_people_whom_nothing_needs_are_proposed_after_a_time_and_never_deleted(signed_in, session, settings):
    cast.group(session, "Siltaneuvosto", member=[cast.person(session, "Otso Oja")])
    alone = cast.person(session, "Kaino Kivi")
    session.flush()
    mark_unneeded(session, date(2024, 1, 1))
    session.expire_all()
    assert [one.unneeded_since for one in session.scalars(select(Person).order_by(Person.id))] == [
        None,
        date(2024, 1, 1),
    ]
    proposed = [unneeded(session, settings.keeps, day) for day in (date(2025, 12, 30), date(2025, 12, 31))]
    assert proposed == [[], [alone]]
    session.commit()
    assert "Kaino Kivi" in signed_in.get("/privacy").text
    cast.group(session, "Kaivoneuvosto", member=[alone])
    mark_unneeded(session, date(2026, 1, 1))
    session.expire_all()
    assert alone.unneeded_since is None
