"""What the migrations make is what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Integer, create_engine, text

from app.db import Database
from app.migrations import SCRIPTS
from app.models import Base
from tests import cast
from tests.conftest import NOW

JOBS, CONTENTS = "0009", "0010"

INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
}


def test_every_index_of_the_models_is_in_the_database(session):
    """By name: indexes of expressions are left out by Alembic's own comparison, and with them what they keep unique."""
    names = set(session.scalars(text(INDEXES[session.get_bind().dialect.name])))
    wanted = {index.name for table in Base.metadata.sorted_tables for index in table.indexes}
    assert wanted - names == set()


def test_no_key_is_given_twice(session):
    """What keeps the key of a row that is gone (the trail, a mail's return address, an import) means no other one."""
    first = cast.person(session, "Otso Oja")
    session.delete(first)
    session.flush()
    assert cast.person(session, "Kaino Kivi").id > first.id


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_table_with_a_key_of_its_own_is_told_so(session):
    """A migration that makes a table, or makes one anew, has to say sqlite_autoincrement."""
    made_by = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    keyed = {table.name for table in Base.metadata.sorted_tables if list(table.primary_key.columns.keys()) == ["id"]}
    whole = {name for name in keyed if isinstance(Base.metadata.tables[name].c.id.type, Integer)}
    assert set(session.scalars(made_by)) == whole


@pytest.fixture
def empty(postgres_url) -> Iterator[Engine]:
    """A PostgreSQL database in which nothing is yet."""
    first = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with first.connect() as connection:
        connection.execute(text("CREATE DATABASE migrated"))
    engine = create_engine(first.url.set(database="migrated"))
    yield engine
    engine.dispose()
    with first.connect() as connection:
        connection.execute(text("DROP DATABASE migrated"))
    first.dispose()


def configured(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def test_jobs_come_to_postgresql_and_go_without_a_trace(empty):
    """procrastinate's tables, functions and types, of which our models say nothing."""
    left = text(
        "SELECT relname FROM pg_class WHERE relname LIKE '%procrastinate%'"
        " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%'"
        " UNION SELECT typname FROM pg_type WHERE typname LIKE '%procrastinate%'"
    )
    with empty.begin() as connection:
        config = configured(connection)
        command.upgrade(config, JOBS)
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar() == 0
        command.downgrade(config, f"{JOBS}-1")
        assert connection.scalars(left).all() == []
        command.upgrade(config, JOBS)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path) -> Iterator[Engine]:
    """A database of either kind in which nothing is yet, with the connections that the application has."""
    if request.param == "postgresql":
        yield request.getfixturevalue("empty")
        return
    database = Database(f"sqlite:///{tmp_path}/migrated.db")
    yield database.writer
    database.close()


@pytest.mark.long
def test_mails_keep_their_bytes_when_these_get_a_table_of_their_own_and_go_back(bare):
    add = text(
        "INSERT INTO outgoing_mails (key, kind, to_name, to_address, domain, subject, message_id, state, attempts,"
        " due_at, queued_at, content)"
        " VALUES (:name, 'notice', 'x', 'x', 'x', 'x', :name, 'queued', 0, :at, :at, :content)"
    )
    before = [("Otso", b"\x00sealed"), ("Pilvi", None), ("Lumi", b"")]
    rows = [{"name": name, "content": content, "at": NOW.replace(tzinfo=None)} for name, content in before]
    within = text("SELECT key, content FROM outgoing_mails ORDER BY id")
    apart = text("SELECT key, written, sealed FROM outgoing_mails LEFT JOIN mail_contents ON mail_id = id ORDER BY id")
    with bare.begin() as connection:
        config = configured(connection)
        command.upgrade(config, JOBS)
        connection.execute(add, rows)
        for _time in range(2):
            command.upgrade(config, CONTENTS)
            assert connection.execute(apart).all() == [(name, it is not None, it) for name, it in before]
            command.downgrade(config, JOBS)
            assert connection.execute(within).all() == before
        command.upgrade(config, CONTENTS)
        connection.execute(text("DELETE FROM outgoing_mails"))
        assert connection.execute(text("SELECT count(*) FROM mail_contents")).scalar() == 0


@pytest.mark.parametrize(
    ("kind", "value", "back"),
    [
        ("text", "", ""),
        ("scale", 3.0, 3),
        ("number", 1e15, 10**15),
        ("single_choice", 999, 999),  # a choice that is no more
        ("multiple_choice", [4, 3, 4], [4, 3]),
        ("multiple_choice", [], None),
        ("ranking", [8, 6, 8], [8, 6]),
        ("date", "2026-01-01", "2026-01-01"),
    ],
)
def test_an_answer_is_taken_into_parts_and_put_together_again(kind, value, back):
    parts = ScriptDirectory(str(SCRIPTS)).get_revision("0011").module
    rows = parts.parts_of(kind, {"sheet_id": "a" * 32, "question_id": 1, "value": value})
    assert len({row["part"] for row in rows}) == len(rows)  # which is their key
    assert (parts.value_of(kind, rows) if rows else None) == back


@pytest.mark.parametrize("kind", ["text", "scale", "number"])
def test_a_part_that_says_nothing_is_no_answer_before_there_were_parts(kind):
    parts = ScriptDirectory(str(SCRIPTS)).get_revision("0011").module
    assert parts.value_of(kind, [{"part": 0, "number": None, "text": None}]) is None
