"""A backup of a world is put back as it was, on both databases; nothing else is put in its place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountSession, AccountToken
from app.backups.drilling import drill
from app.backups.keeping import named as named_backup
from app.backups.nightly import Nightly
from app.backups.restoring import GAP, check_file, restore, unpacked
from app.backups.since import OPENERS
from app.backups.taking import backups_in, tables_of, take
from app.db import Database
from app.errors import Refused
from app.links.models import LinkCode, PersonalLink
from app.mail.models import Outbox
from app.people.models import Person
from app.settings import Settings
from tests import cast
from tests.backups.loading import lacking
from tests.conftest import NOW
from tests.migrated import name_of, named, new_database, new_file, run
from tests.worlds import World


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request, tmp_path, settings) -> Iterator[tuple[Database, Settings]]:
    """A database of its own with one of everything in it."""
    if request.param == "sqlite":
        url = new_file(tmp_path / "live.db")
    else:
        url = new_database(request.getfixturevalue("postgres_url"))
    database = Database(url)
    settings = replace(settings, database_url=url, backups=tmp_path / "backups")
    with Session(database.writer, expire_on_commit=False) as session:
        World(session, settings)
        add_openers(session)
        session.commit()
    yield database, settings
    database.close()
    if request.param == "postgresql":
        run(request.getfixturevalue("postgres_url"), f"DROP DATABASE {name_of(url)}")


def add_openers(session: Session) -> None:
    """What opens something by itself."""
    account = session.scalar(select(Account.id).limit(1))
    link = session.scalar(select(PersonalLink.id).limit(1))
    till = {"expires_at": NOW + timedelta(hours=1)}
    session.add_all(
        [
            AccountSession(token_hash=b"1" * 32, account_id=account, began_at=NOW, seen_at=NOW, **till),
            AccountToken(token_hash=b"1" * 32, account_id=account, purpose="reset", **till),
            LinkCode(link_id=link, browser_hash=b"1" * 32, code_hash=b"1" * 32, sent_at=NOW, used_at=NOW),
        ]
    )


@pytest.fixture
def elsewhere(filled, request, tmp_path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    database, _settings = filled
    if database.url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'koolle.db'}"
        return
    server, name = request.getfixturevalue("postgres_url"), f"elsewhere_{name_of(database.url)}"
    run(server, f"CREATE DATABASE {name}")
    yield named(server, name)
    run(server, f"DROP DATABASE {name}")


def rows_in(url: str) -> dict[str, list]:
    """All rows of all tables, as the database has them; whether mails are held is not among them."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))  # noqa: S608, our own names
            for name in tables_of(connection)
            if name != "outbox"
        }
    engine.dispose()
    return found


def put_back(file: Path, settings: Settings, url: str) -> Path | None:
    with unpacked(file, settings.secret, settings.data) as backup:
        return restore(backup, url, NOW)


@pytest.mark.long
def test_a_world_comes_back_as_it_was_with_its_mails_held(filled, elsewhere):
    database, settings = filled
    file = take(database, settings, settings.backups, NOW)
    before = rows_in(database.url)
    assert all(before[table] for table in OPENERS)
    assert put_back(file, settings, elsewhere) is None
    assert rows_in(elsewhere) == before | dict.fromkeys(OPENERS, [])
    assert len(before["people"]) > 3
    there = Database(elsewhere)
    with there.session(readonly=True) as session:
        assert session.scalar(select(Outbox.held_because)) == "restored"
    there.close()


def test_new_rows_get_new_keys_after_a_restore(filled, elsewhere):
    database, settings = filled
    put_back(take(database, settings, settings.backups, NOW), settings, elsewhere)
    there = Database(elsewhere)
    with there.session() as session:
        last = session.scalar(text("SELECT max(id) FROM people"))
        one = Person(given_name="Uusi", family_name="Tulija")
        session.add(one)
        session.flush()
        assert one.id == last + GAP + 1  # none that was given since the backup
    there.close()


def test_nothing_that_was_written_before_a_backup_is_missing_in_it(filled, request, tmp_path):
    database, settings = filled
    if database.url.startswith("sqlite"):
        target = f"sqlite:///{tmp_path}/restored-{{}}.db"
    else:
        server = request.getfixturevalue("postgres_url")
        name = f"load_{name_of(database.url)}"
        for number in range(2):
            run(server, f"CREATE DATABASE {name}_{number}")
        target = named(server, f"{name}_XX").replace("XX", "{}")
    assert lacking(database, settings, target, settings.backups, 2, 1) == [0, 0]


def test_the_database_that_was_there_is_moved_aside(tmp_path, settings):
    url = new_file(tmp_path / "live.db")
    database = Database(url)
    file = take(database, settings, tmp_path / "backups", NOW)
    database.close()
    with open(tmp_path / "live.db", "ab") as live:
        live.write(b"damaged")
    aside = put_back(file, settings, url)
    assert aside.name == f"live.db.before-restore-{NOW:%Y%m%dT%H%M%SZ}"
    assert aside.read_bytes().endswith(b"damaged")
    assert (tmp_path / "live.db").stat().st_mode & 0o777 == 0o600


def test_what_a_lost_database_had_still_to_write_is_not_written_into_the_restored_one(tmp_path, settings):
    url = new_file(live := tmp_path / "live.db")
    database = Database(url)
    file = take(database, settings, tmp_path / "backups", NOW)
    with database.session() as session:
        cast.organisation(session, "Siltavirasto")
    rest = Path(f"{live}-wal").read_bytes()
    database.close()
    live.unlink()
    Path(f"{live}-wal").write_bytes(rest)  # as a server leaves it that was killed
    assert put_back(file, settings, url) is None
    check_file(live)
    assert rows_in(url)["organisations"] == []
    assert Path(f"{live}.before-restore-{NOW:%Y%m%dT%H%M%SZ}-wal").read_bytes() == rest


def test_no_backup_is_put_under_a_server_that_runs(tmp_path, settings):
    url = new_file(tmp_path / "live.db")
    running = Database(url)
    with running.session(readonly=True) as session:
        session.execute(text("SELECT 1 FROM people"))
    file = take(running, settings, tmp_path / "backups", NOW)
    with pytest.raises(Refused, match="stop Koolle first"):
        put_back(file, settings, url)
    running.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda data: b"SQLite format 3\0" + data, "no backup"),
        (lambda data: data[:-20], "damaged|another secret"),
        (lambda data: data[:2000] + b"\0" + data[2001:], "damaged|another secret"),
    ],
)
def test_what_is_not_a_whole_backup_changes_nothing(tmp_path, settings, harm, says):
    url = new_file(tmp_path / "live.db")
    database = Database(url)
    file = take(database, settings, tmp_path / "backups", NOW)
    database.close()
    before = (tmp_path / "live.db").read_bytes()
    file.write_bytes(harm(file.read_bytes()))
    with pytest.raises(Refused, match=says):
        put_back(file, settings, url)
    with pytest.raises(Refused, match="another secret"):
        put_back(take(Database(url), settings, tmp_path / "other", NOW), replace(settings, secret=b"1" * 32), url)
    assert (tmp_path / "live.db").read_bytes()[:4096] == before[:4096]
    assert [one.name for one in tmp_path.iterdir() if "before-restore" in one.name] == []


def test_a_full_postgresql_is_not_restored_over(filled):
    database, settings = filled
    if database.url.startswith("sqlite"):
        other = replace(settings, database_url="postgresql+psycopg://nowhere/x")
        with pytest.raises(Refused, match="KOOLLE_DATABASE_URL names postgresql"):
            put_back(take(database, settings, settings.backups, NOW), settings, other.database_url)
    else:
        with pytest.raises(Refused, match="not empty"):
            put_back(take(database, settings, settings.backups, NOW), settings, database.url)


@pytest.mark.long
def test_a_drill_uses_the_backup_as_a_secretary_would(filled, elsewhere, tmp_path):
    database, settings = filled
    file = take(database, settings, settings.backups, NOW)
    scratch = tmp_path / "drill"
    scratch.mkdir()
    url = None if database.url.startswith("sqlite") else elsewhere
    facts = dict(drill(file, settings, scratch, url, NOW))
    assert list(facts) == ["made", "database", "rows", "mails", "a memo", "a link", "seconds"]
    assert (facts["mails"], facts["a link"]) == ("held", "opened")
    assert facts["a memo"].startswith("rendered, ")


@pytest.mark.long
def test_the_night_makes_a_backup_and_lets_old_ones_go(tmp_path, settings):
    database = Database(new_file(tmp_path / "live.db"))
    settings = replace(settings, backups=tmp_path / "backups")
    times = iter(NOW + timedelta(hours=12 * n) for n in range(60))
    nightly = Nightly(database, settings, lambda: next(times))
    for _half_day in range(60):
        assert nightly.turn() == 600
    there = sorted(backups_in(settings.backups))
    database.close()
    assert len(there) <= 7 + 4 + 12
    assert there[-1].replace(tzinfo=UTC) == NOW + timedelta(hours=12 * 58)
    assert [file.name for file in settings.backups.iterdir() if not file.name.endswith(".backup")] == []


@pytest.mark.long
def test_a_backup_of_a_clock_that_was_ahead_stops_no_other(tmp_path, settings):
    database = Database(new_file(tmp_path / "live.db"))
    settings = replace(settings, backups=tmp_path / "backups")
    settings.backups.mkdir()
    ahead = NOW + timedelta(days=300)
    (settings.backups / named_backup(ahead)).write_bytes(b"")
    Nightly(database, settings, lambda: NOW).turn()
    Nightly(database, settings, lambda: NOW + timedelta(minutes=10)).turn()
    database.close()
    assert sorted(backups_in(settings.backups)) == [NOW.replace(tzinfo=None), ahead.replace(tzinfo=None)]


def test_a_full_disk_leaves_no_half_backup(tmp_path, settings):
    """The kernel refuses more than a hundred kilobytes, in a process of its own."""
    new_file(tmp_path / "live.db")
    program = (
        "import resource, signal, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from app.db import Database; from app.backups.taking import take; from tests.conftest import settings_in\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "database = Database('sqlite:///' + sys.argv[1] + '/live.db')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "take(database, settings_in(Path(sys.argv[1])), Path(sys.argv[1]) / 'backups', datetime.now(UTC))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_oldest_moment_is_in_the_name(tmp_path, settings):
    database = Database(new_file(tmp_path / "live.db"))
    file = take(database, settings, tmp_path / "backups", datetime(2026, 9, 1, 12, 0, tzinfo=NOW.tzinfo))
    database.close()
    assert file.name == "koolle-20260901T120000Z.backup"
    assert file.stat().st_mode & 0o777 == 0o600
