"""What is too much for a request goes on behind it, chunk by chunk, whoever dies in between; with real commits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import delete, func, select

from app.accounts.models import Account
from app.errors import NotFound
from app.imports import bringing, checking, starting, undoing, working
from app.imports.bringing import begin_bringing
from app.imports.models import Import, ImportRow
from app.imports.queries import import_by_id
from app.imports.reading import Row
from app.imports.undoing import begin_undoing
from app.imports.working import advance, is_ours, step
from app.people.models import Group, Membership, Organisation, Person
from tests.cast import HELMI
from tests.conftest import NOW

MANY = 25
PASTED = "; ".join(f"Otso Orava <otso{number}@rm.example>" for number in range(MANY))


@pytest.fixture
def waiting(database, monkeypatch):
    """The id of an import that waits to be read, ten rows at a time; all of it is deleted in the end."""
    for room in (bringing, checking, undoing):
        monkeypatch.setattr(room, "CHUNK", 10)
    monkeypatch.setattr(working, "READ_AT_ONCE", 10)
    with database.session() as session:
        account = Account(**HELMI)
        session.add(account)
        session.flush()
        held = starting.begin_import(session, kind="pasted", name=None, account_id=account.id, at=NOW)
        held.source = PASTED.encode()
    yield held.id
    with database.session() as session:
        for model in (Membership, ImportRow, Import, Person, Organisation, Group, Account):
            session.execute(delete(model))


def state(database, import_id) -> tuple[str, int, int]:
    with database.session(readonly=True) as session:
        held = session.get_one(Import, import_id)
        return held.state, held.done, session.scalar(select(func.count()).select_from(Person))


def begin(database, import_id, how) -> bool:
    with database.session() as session:
        return how(session, session.get_one(Import, import_id))


def test_each_step_is_kept_and_the_next_goes_on_from_there(database, waiting):
    seen = []
    while advance(database, NOW):
        seen.append(state(database, waiting))
    assert seen == [("checking", 0, 0), ("checking", 10, 0), ("checking", 20, 0), ("checked", 25, 0)]
    begin(database, waiting, begin_bringing)
    seen = []
    while advance(database, NOW):
        seen.append(state(database, waiting))
    assert seen == [("bringing_in", 10, 10), ("bringing_in", 20, 20), ("done", 25, 25)]
    begin(database, waiting, begin_undoing)
    seen = []
    while advance(database, NOW):
        seen.append(state(database, waiting))
    assert seen == [("undoing", 15, 15), ("undoing", 5, 5), ("undone", 0, 0)]


def test_who_dies_within_a_step_leaves_what_was_before_it(database, waiting, monkeypatch):
    while advance(database, NOW):
        pass
    begin(database, waiting, begin_bringing)
    advance(database, NOW)

    def dies(session, held, at):
        step(session, held, at)
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(working, "step", dies)
        with pytest.raises(KeyboardInterrupt):
            advance(database, NOW)
    assert state(database, waiting) == ("bringing_in", 10, 10)
    while advance(database, NOW):
        pass
    assert state(database, waiting) == ("done", 25, 25)


def test_a_source_whose_reading_was_cut_off_is_read_on(database, waiting, monkeypatch):
    taken = []

    def dies(session, held, rows):
        if len(taken) == 1:
            raise KeyboardInterrupt
        taken.append(starting.take_down(session, held, rows))

    with monkeypatch.context() as dying:
        dying.setattr(working, "take_down", dies)
        with pytest.raises(KeyboardInterrupt):
            advance(database, NOW)
    assert state(database, waiting) == ("reading", 10, 0)
    advance(database, NOW)
    with database.session(readonly=True) as session:
        assert session.scalars(select(ImportRow.number).order_by(ImportRow.number)).all() == list(range(1, MANY + 1))


def test_long_rows_are_taken_down_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(working, "LETTERS_AT_ONCE", 100)
    rows = iter([Row(number, ["x" * 60], []) for number in range(1, 6)])
    batches = iter(lambda: working.next_rows(rows), [])
    assert [[row.number for row in batch] for batch in batches] == [[1, 2], [3, 4], [5]]


def test_a_source_that_turns_out_to_be_broken_leaves_nothing_but_why(database, waiting):
    with database.session() as session:
        held = session.get_one(Import, waiting)
        held.kind, held.name, held.source = "csv", "a.csv", b'Nimi;Email\n"Otso;otso@rm.example\n'
    advance(database, NOW)
    with database.session(readonly=True) as session:
        held = session.get_one(Import, waiting)
        assert (held.state, held.problem[0], held.source) == ("failed", "read:open_quote", None)
        assert session.scalars(select(ImportRow.id)).all() == []


def test_two_who_press_at_the_same_moment_bring_in_once(database, waiting):
    while advance(database, NOW):
        pass
    won = []
    pressing = [Thread(target=lambda: won.append(begin(database, waiting, begin_bringing))) for _press in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert sorted(won) == [False, True]


def test_a_long_import_never_holds_up_an_answer_for_long(database, waiting):
    """Between two steps the worker rests, holding nothing, so that whoever waits to write comes in."""
    worker = working.Worker(database, now=lambda: NOW)
    assert worker.turn() == working.LETS_OTHERS_IN
    while worker.turn() == working.LETS_OTHERS_IN:
        pass
    assert worker.turn() == working.LOOKS_EVERY


def test_who_presses_while_it_is_discarded_is_told_that_it_is_gone(database, waiting):
    begun = Event()

    def discard():
        with database.session() as session:
            session.delete(import_by_id(session, waiting, changing=True))
            session.flush()
            begun.set()
            sleep(0.05)  # the other begins, and waits

    def press():
        begun.wait()
        with pytest.raises(NotFound), database.session() as session:
            import_by_id(session, waiting, changing=True)

    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(discard), pool.submit(press)]:
            act.result()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_of_two_servers_on_one_database_only_one_reads_a_source(database, waiting):
    with database.session() as one, database.session() as other:
        assert is_ours(one, waiting)
        assert not is_ours(other, waiting)
        assert not advance(database, NOW)
        assert state(database, waiting)[:2] == ("reading", 0)
    advance(database, NOW)
    assert state(database, waiting)[0] == "checking"
