"""An anonymous survey, answered by twelve in an order by chance, while others answer the invitation and the silent are
reminded: with the whole database and the whole log in hand, no answer can be tied to a person."""

from __future__ import annotations

import logging
import random

import pytest
from sqlalchemy import literal_column, select

from app.db import Base
from app.events.queries import event_by_id
from app.invitations.models import Reminder
from app.invitations.reminding import remind
from tests.conftest import NOW
from tests.guests.crowds import Crowd, One, crowd, its_survey
from tests.guests.every_kind import answers, q

SHEETS = ("sheets", "answers", "drafts")
ACTS = ("come", "look", "write", "write", "send", "change")


@pytest.fixture
def twelve(database, settings):
    with crowd(database, settings, 12, anonymous=True, background="group", least=5) as held:
        yield held


def live(database, settings, held: Crowd, by_chance: random.Random) -> dict[int, str]:
    """Let everybody do everything, in an order by chance; returns whose is which text, which nobody else may learn."""
    with database.session() as session:
        survey = its_survey(session, held)
        whole, wish = answers(survey), q(survey, "wish")
    todo = {one.person_id: list(ACTS) for one in held.people}
    turns = [one for one in held.people for _act in ACTS]
    by_chance.shuffle(turns)
    secrets = {one.person_id: f"Salaisuus {by_chance.getrandbits(64):016x}" for one in held.people}
    for place, one in enumerate(turns):
        act(one, todo[one.person_id].pop(0), secrets[one.person_id], whole, wish)
        if place == len(turns) // 2:
            with database.session() as session:
                reminder = Reminder(event_id=held.event_id, about="survey", days_before=None)
                session.add(reminder)
                remind(session, settings, event_by_id(session, held.event_id), reminder, at=NOW, due_at=NOW)
    return secrets


def act(one: One, what: str, secret: str, whole: dict, wish: str) -> None:
    if what == "come":
        assert one.post("answer", {"answer": "coming"}).status_code == 303
    elif what == "look":
        one.get()
    elif what == "send":
        sent = one.post("survey", whole | one.stamps() | {wish: secret, "act": "send"})
        assert sent.status_code == 303
    else:
        text = f"{secret} {what}" if what == "write" else f"{secret} muutos"
        mark = one.stamps()[f"{wish}-stamp"]
        assert one.post("survey/answers", {wish: text, f"{wish}-stamp": mark}).status_code == 200


def dump(session) -> dict[str, list[list]]:
    """Every row of every table, with what PostgreSQL keeps of each beside it."""
    hidden = ("xmin", "xmax", "ctid") if session.get_bind().dialect.name == "postgresql" else ()
    found = {}
    for table in Base.metadata.sorted_tables:
        more = [literal_column(f"{table.name}.{name}::text").label(name) for name in hidden]
        rows = session.execute(select(table, *more)).mappings()
        found[table.name] = [{name: plain(value) for name, value in row.items()} for row in rows]
    return found


def plain(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


@pytest.mark.long
def test_no_answer_can_be_tied_to_a_person(database, settings, twelve, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = live(database, settings, twelve, random.Random(12))
    with database.session() as session:
        tables = dump(session)
        theirs = {row["sheet_id"]: row["text"] for row in tables["answers"] if str(row["text"]).startswith("Salaisuus")}
        wrote = {id: next(who for who, secret in secrets.items() if secret in text) for id, text in theirs.items()}
    assert sorted(wrote.values()) == sorted(
        one.person_id for one in twelve.people
    )  # the truth, which follows from nothing
    shares_nothing(tables, twelve, theirs)
    has_one_trace(tables)
    says_nothing(
        [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")], twelve, secrets
    )
    assert tables["drafts"] == []


def shares_nothing(tables: dict, held: Crowd, theirs: dict[str, str]) -> None:
    """No value of a sheet but those that all sheets share is found anywhere else, nor any value of a person in it."""
    assert {(row["person_id"], row["sent"], row["background"][:6], row["survey_id"]) for row in tables["sheets"]} == {
        (None, True, "group:", tables["surveys"][0]["id"])
    }
    assert len({row["background"] for row in tables["sheets"]}) == 1
    elsewhere = "\n".join(repr(row) for name, rows in tables.items() if name not in SHEETS for row in rows)
    for id, text in theirs.items():
        assert id not in elsewhere and text[:26] not in elsewhere
    of_sheets = "\n".join(repr(row) for name in SHEETS for row in tables[name])
    for one in held.people:
        keys = [value for name, value in one.cookies.items() if name.startswith("s_")]
        for known in (one.public_id, one.token, f"joukko{held.people.index(one)}@", *keys):
            assert known not in of_sheets
        assert all(key not in elsewhere for key in keys)
    others = {"sheets", "answers", "drafts", "quotes", "themed_answers"}
    refers = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "sheets"
    }
    assert refers <= others


def has_one_trace(tables: dict) -> None:
    """PostgreSQL: all that anybody has sent was written and locked by the same transaction."""
    for name in ("sheets", "answers", "survey_participations"):
        assert len({(row.get("xmin"), row.get("xmax")) for row in tables[name]}) == 1


def says_nothing(log: list[str], held: Crowd, secrets: dict[int, str]) -> None:
    """The log, but for what the tests' own browsers write, names no page, no key and no answer."""
    for one in held.people:
        for known in (
            one.public_id,
            one.token,
            secrets[one.person_id],
            *(value for name, value in one.cookies.items() if name.startswith("s_")),
        ):
            assert [line for line in log if known in line] == []


@pytest.mark.long
def test_what_is_not_sent_yet_is_read_by_nobody(database, twelve):
    with database.session() as session:
        wish = q(its_survey(session, twelve), "wish")
    for one in twelve.people[:3]:
        one.get()
        one.post("survey/answers", {wish: f"Salaisuus {one.person_id}", f"{wish}-stamp": ""})
    with database.session() as session:
        tables = dump(session)
    assert (len(tables["drafts"]), tables["sheets"], tables["answers"]) == (3, [], [])
    assert "Salaisuus" not in repr(tables)
    assert f"Salaisuus {twelve.people[0].person_id}" in twelve.people[0].get()
