"""An import is brought in or taken back while somebody else is at the same people; with real commits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import delete, select

from app.duplicates.merging import merge
from app.imports.bringing import bring_chunk
from app.imports.models import Import, ImportRow
from app.imports.undoing import undo_chunk
from app.people.models import Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def otsos(database):
    """The ids of two records of Otso, removed afterwards with what was imported."""
    with database.session() as session:
        people = [cast.person(session, "Otso Orava", f"otso{n}@rm.example", title="tarkastaja") for n in range(2)]
        session.flush()
        ids = [one.id for one in people]
    yield ids
    with database.session() as session:
        for model in (ImportRow, Import, Person):
            session.execute(delete(model))


def imported(database, state: str, **row) -> int:
    with database.session() as session:
        held = Import(kind="csv", begun_at=NOW, state=state, total=1, done=1 if state == "undoing" else 0)
        session.add(held)
        session.flush()
        session.add(ImportRow(import_id=held.id, number=1, cells=[], **row))
    return held.id


def meanwhile(database, first, then, import_id: int) -> None:
    """Let one act begin, and the import's next step before that is over."""
    begun = Event()

    def act():
        with database.session() as session:
            first(session)
            session.flush()
            begun.set()
            sleep(0.05)

    def work():
        begun.wait()
        with database.session() as session:
            then(session, session.get_one(Import, import_id), NOW)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(act), pool.submit(work)]:
            one.result()


def test_undo_leaves_whom_somebody_is_just_merging(database, otsos):
    made = imported(database, "undoing", outcome="new", person_id=otsos[0], made={"person": otsos[0]})
    meanwhile(database, lambda session: merge(session, *otsos, {}), undo_chunk, made)
    with database.session(readonly=True) as session:
        assert session.scalars(select(Person.id)).all() == [otsos[0]]


def test_what_somebody_is_just_saving_is_not_overwritten(database, otsos):
    changes = {"title": "johtaja", "changes": {"title": ["tarkastaja", "johtaja"]}, "was_organisation_id": None}
    made = imported(database, "bringing_in", outcome="changed", person_id=otsos[0], values=changes)

    def save(session):
        session.get_one(Person, otsos[0]).title = "ylijohtaja"

    meanwhile(database, save, bring_chunk, made)
    with database.session(readonly=True) as session:
        assert session.get_one(Person, otsos[0]).title == "ylijohtaja"
        assert session.scalars(select(ImportRow.outcome)).all() == ["refused"]
