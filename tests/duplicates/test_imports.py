"""An import that made one of the Otsos, or both, is taken back after they were merged."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.duplicates.merging import merge
from app.imports.models import Import, ImportRow
from app.imports.undoing import undo_rows
from app.people.models import Membership, Person
from tests import cast
from tests.conftest import NOW


def imported(session, *people: Person, **made) -> list[ImportRow]:
    """An import that has made these people."""
    held = Import(kind="csv", begun_at=NOW, state="done")
    session.add(held)
    session.flush()
    rows = [
        ImportRow(import_id=held.id, number=number, cells=[], outcome="new", person_id=it.id,
                  made={"person": it.id} | made)
        for number, it in enumerate(people)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return rows


@pytest.mark.parametrize("made", ["older", "newer"])
def test_whom_it_did_not_make_alone_stays(session, otsos, made):
    rows = imported(session, getattr(otsos, made))
    merge(session, otsos.older.id, otsos.newer.id, {})
    undo_rows(session, rows)
    assert session.scalars(select(Person.id)).all() == [otsos.older.id]


def test_whom_it_made_twice_goes(session, otsos):
    rows = imported(session, otsos.older, otsos.newer)
    merge(session, otsos.older.id, otsos.newer.id, {})
    undo_rows(session, rows)
    assert session.scalars(select(Person.id)).all() == []


def test_a_place_that_the_other_record_had_stays(session, otsos):
    board = cast.group(session, "Neuvottelukunta", member=[otsos.older, otsos.newer])
    places = session.scalars(select(Membership.id).where(Membership.person_id == otsos.older.id)).all()
    rows = imported(session, otsos.older, memberships=places)
    merge(session, otsos.older.id, otsos.newer.id, {})
    undo_rows(session, rows)
    assert session.execute(select(Membership.group_id, Membership.person_id)).all() == [(board.id, otsos.older.id)]
