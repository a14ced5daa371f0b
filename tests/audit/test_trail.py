"""Whatever is done leaves an entry in the same transaction; the database lets nobody change one."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.audit.anchoring import anchors_in, drop_anchor
from app.audit.chain import faults, key_of
from app.audit.models import AuditEntry
from app.audit.noting import NOT_NOTED
from app.audit.trail import entries, head_of, note
from app.links.links import personal_link
from app.rooms import ROUTERS
from tests import cast
from tests.conftest import NOW, PASSWORD

SECRET = b"0" * 32


def told(session) -> list[tuple]:
    query = select(AuditEntry.actor, AuditEntry.actor_id, AuditEntry.act, AuditEntry.about, AuditEntry.address)
    return [tuple(row) for row in session.execute(query.order_by(AuditEntry.number))]


@pytest.fixture
def event(session):
    group = cast.group(session, "Siltaneuvosto")
    event = cast.event(session, group)
    session.commit()
    return event


def test_a_day_of_the_secretariat_is_told(client, session, helmi, settings, event):
    client.post("/sign-in", data={"email": helmi.email, "password": "väärä salasana"})
    client.post("/sign-in", data={"email": helmi.email, "password": PASSWORD})
    client.get("/")
    client.post("/people/new", data={"given_name": "", "family_name": ""})
    client.post(f"/events/{event.id}/memo")
    client.post("/events/99999/memo")
    client.post("/sign-out")
    assert told(session) == [
        ("account", helmi.email, "/sign-in", {"secretariat": 1}, "testclient"),
        ("account", helmi.email, "/events/{event_id}/memo", {"event_id": event.id, "secretariat": 1}, "testclient"),
        ("account", helmi.email, "/sign-out", {"secretariat": 1}, "testclient"),
    ]
    assert list(faults(entries(session), key_of(SECRET))) == []


def test_of_what_goes_to_many_it_is_told_to_how_many(signed_in, session, event):
    for place, name in enumerate(("Otso Oja", "Pilvi Puro", "Lumi Lehtonen")):
        cast.invitee(session, event, cast.person(session, name, "" if place == 2 else None), position=place)
    session.commit()
    here = f"/events/{event.id}"
    invitations = ("invitation/send", "invitation/take-back", "invitation/send", "invitation/printed")
    for under in (*invitations, "reminders/now", "reminders/now", "update", "cancel"):
        assert signed_in.post(f"{here}/{under}", data={"about": "answer"}).status_code == 303
    assert [(act.rpartition("event_id}/")[2], about["count"]) for _who, _id, act, about, _from in told(session)] == [
        ("invitation/send", 2), ("invitation/take-back", 2), ("invitation/send", 2), ("invitation/printed", 1),
        ("reminders/now", 2), ("reminders/now", 0), ("update", 0), ("cancel", 0),
    ]  # fmt: skip


def test_a_guests_answer_is_told_by_its_link_alone(client, session, settings, event):
    otso = cast.person(session, "Otso Oja", "otso@rm.example")
    cast.invitee(session, event, otso)
    url = personal_link(session, settings, event_id=event.id, person_id=otso.id, purpose="invitation")
    session.commit()
    page = client.get(client.get(url).headers["location"]).url.path
    public_id = page.rpartition("/")[2]
    answered = client.post(f"{page}/answer", data={"public_id": public_id, "answer": "coming"})
    assert answered.status_code == 303
    assert told(session) == [
        ("link", public_id, "/m/{public_id}/answer", {"public_id": public_id, "secretariat": 1}, "testclient")
    ]


def test_what_is_not_noted_is_there_to_be_posted_to():
    posted = {route.path_format for router in ROUTERS for route in router.routes if "POST" in route.methods}
    assert NOT_NOTED - posted == set()


@pytest.mark.parametrize("harm", [update(AuditEntry).values(act="nothing"), delete(AuditEntry)])
def test_the_database_refuses_to_change_the_trail(session, harm):
    about = {"event_id": "1"}
    note(session, SECRET, at=NOW, actor="account", actor_id="h", act="sent", about=about, address=None)
    session.commit()
    with pytest.raises(DBAPIError, match="never changed"), session.begin_nested():
        session.execute(harm)
    assert told(session) == [("account", "h", "sent", about, None)]


def test_numbers_go_on_without_gaps_after_what_was_rolled_back(session):
    def one(act: str):
        return note(session, SECRET, at=NOW, actor="nobody", actor_id=None, act=act, about={}, address=None)

    one("first")
    with pytest.raises(RuntimeError), session.begin_nested():
        one("never")
        raise RuntimeError
    one("second")
    assert session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)).all() == [1, 2]
    assert list(faults(entries(session), key_of(SECRET), [head_of(session)])) == []


def test_anchors_stand_beside_the_database_once_each(session, tmp_path):
    assert anchors_in(tmp_path) == []
    heads = []
    for act in ("first", "second"):
        note(session, SECRET, at=NOW, actor="nobody", actor_id=None, act=act, about={}, address=None)
        heads.append(head_of(session))
        drop_anchor(tmp_path, heads[-1])
        drop_anchor(tmp_path, heads[-1])
    assert anchors_in(tmp_path) == heads
    assert [fault.kind for fault in faults([], key_of(SECRET), anchors_in(tmp_path))] == ["cut", "cut"]


def test_a_tampered_row_is_found_in_the_database_itself(session, database):
    if database.url.startswith("sqlite"):
        session.execute(text("DROP TRIGGER audit_entries_no_update"))
    else:
        session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
    for act in ("first", "second", "third"):
        note(session, SECRET, at=NOW, actor="nobody", actor_id=None, act=act, about={}, address=None)
    session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(act="another"))
    assert [(fault.number, fault.kind) for fault in faults(entries(session), key_of(SECRET))] == [(2, "changed")]
