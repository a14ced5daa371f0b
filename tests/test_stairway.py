"""Each migration down and up again over a database in which everything is there: what it does not drop, it keeps."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import BadSetting
from app.files.store import store
from app.memos.models import IssueFile
from app.migrations import SCRIPTS, migrate, migrated, unguarded
from tests import cast
from tests.migrated import new_database, new_file
from tests.snapshots import differing, snapshot
from tests.test_migrations import configured
from tests.worlds import World

# rows that the older shape has no word for, and that a way down gives up: links of comment rounds; templates of events
# with what stands in them; templates of surveys; letters in a second language; who waits for a seat. Nothing else is
# lost, and of these tables nothing is changed.
GIVEN_UP = {
    "0013": {"personal_links"}, "0012": {"events", "follow_ups"}, "0011": {"choices", "surveys", "questions"},
    "0007": {"invitation_letters"}, "0004": {"responses"},
}  # fmt: skip


@contextmanager
def at(database: Database):
    with unguarded(database.writer) as connection:
        yield connection, configured(connection)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_each_migration_goes_down_and_up_over_filled_tables_and_loses_nothing(request, tmp_path, settings, kind):
    sqlite = kind == "sqlite"
    url = new_file(tmp_path / "koolle.db") if sqlite else new_database(request.getfixturevalue("postgres_url"))
    database = Database(url)
    with Session(database.writer, expire_on_commit=False) as session:
        World(session, settings)
    script = ScriptDirectory(str(SCRIPTS))
    lost = {}
    for revision in [one.revision for one in script.walk_revisions()][:-1]:
        with at(database) as (connection, config):
            before = snapshot(connection)
            command.downgrade(config, script.get_revision(revision).down_revision)
        with at(database) as (connection, config):
            below = snapshot(connection)
            command.upgrade(config, revision)
        with at(database) as (connection, config):
            found = differing(before, snapshot(connection), below)
            given_up = {table for table, (_gone, come) in found.items() if not come} & GIVEN_UP.get(revision, set())
            lost |= {(revision, table): rows for table, rows in found.items() if table not in given_up}
            command.downgrade(config, script.get_revision(revision).down_revision)
    database.close()
    assert lost == {}


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_files_of_memos_that_were_issued_before_are_held(request, tmp_path, settings, kind):
    """But for such as are gone: until then the nights erased what was named in an issue's fields only."""
    sqlite = kind == "sqlite"
    url = new_file(tmp_path / "koolle.db") if sqlite else new_database(request.getfixturevalue("postgres_url"))
    database = Database(url)
    with Session(database.writer, expire_on_commit=False) as session:
        issue = World(session, settings).issue
        word, map_ = store(session, b"PK"), store(session, b"kartta")
        named = [{"sha256": map_}, {"sha256": map_}, {"sha256": "0" * 64}]
        issue.fields = issue.fields | {"docx": {"sha256": word, "size": 2}, "attachments": named}
        session.commit()
    with at(database) as (_connection, config):
        command.downgrade(config, "0019")
        command.upgrade(config, "0020")
    with database.session(readonly=True) as session:
        held = session.execute(select(IssueFile.issue_id, IssueFile.sha256)).all()
    database.close()
    assert sorted(map(tuple, held)) == sorted([(issue.id, word), (issue.id, map_)])


@pytest.mark.long
def test_tables_that_are_made_anew_keep_everything_and_leave_out_keys(tmp_path, settings):
    database = Database(new_file(tmp_path / "koolle.db"))
    with at(database) as (connection, config):
        command.downgrade(config, "base")
        command.upgrade(config, "0020")
        for name in ("people", "accounts"):
            assert "AUTOINCREMENT" not in made_by(connection, name)
    with Session(database.writer, expire_on_commit=False) as session:
        World(session, settings)
    with at(database) as (connection, config):
        before, indexes = snapshot(connection), indexes_of(connection)
        last = connection.scalar(text("SELECT max(id) FROM people"))
        command.upgrade(config, "0021")
        assert differing(before, snapshot(connection), before) == {}
        assert indexes_of(connection) == indexes
        assert "PRIMARY KEY AUTOINCREMENT" in made_by(connection, "people")
    with database.session() as session:
        assert cast.person(session, "Kaino Uusi").id == last + 100_001
    database.close()


def made_by(connection, name: str) -> str:
    return connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name})


def indexes_of(connection) -> set[tuple[str, str]]:
    query = "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    return set(map(tuple, connection.execute(text(query)).all()))


@pytest.mark.parametrize(("room", "does"), [(4, True), (3, False)])
def test_a_database_is_changed_only_where_it_has_the_room(tmp_path, monkeypatch, room, does):
    url = new_file(file := tmp_path / "koolle.db")
    database = Database(url)
    with at(database) as (_connection, config):
        command.downgrade(config, "0020")
    with database.writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    usage = type("Usage", (), {"free": room * file.stat().st_size})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    asked = []
    try:
        migrate(database, asked.append)
    except BadSetting as refused:
        assert "Nothing was changed" in str(refused)
    with database.reader.connect() as connection:
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    database.close()
    assert (asked, revision) == (([database], "0021") if does else ([], "0020"))


def test_an_older_koolle_refuses_a_newer_database(tmp_path):
    url = new_file(tmp_path / "koolle.db")
    database = Database(url)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(BadSetting, match="made by a newer Koolle"), migrated(url):
        raise AssertionError("it was opened")
