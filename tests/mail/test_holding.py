"""A database that was put back from a copy is told from one that ran on, before anything leaves."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from app.commands.serving import note_start, welcome
from app.db import Database
from app.mail.holding import let_go, read_mark
from app.mail.models import Outbox, OutgoingMail
from tests.conftest import NOW, settings_in
from tests.migrated import new_database, new_file


class Station:
    """An installation on a SQLite file, started and put back as it is in life."""

    def __init__(self, folder):
        self.file, self.copy = folder / "koolle.db", folder / "backup.db"
        self.settings = replace(settings_in(folder), database_url=new_file(self.file))

    def open(self):
        return Opened(self.settings.database_url)

    def start(self) -> str | None:
        """Start the server and end it; returns why mails are held."""
        with self.open() as database:
            note_start(database, self.settings)
            with database.session(readonly=True) as session:
                return session.scalar(select(Outbox.held_because))

    def mail(self, state: str = "queued") -> None:
        with self.open() as database, database.session() as session:
            session.add(
                OutgoingMail(
                    key="Otso", kind="notice", to_name="Otso", to_address="otso@rm.example", domain="rm.example",
                    subject="Kutsu", message_id="<1@koolle.example>", written=True, state=state, due_at=NOW,
                    queued_at=NOW,
                )
            )  # fmt: skip

    def send(self) -> None:
        with self.open() as database, database.session() as session:
            session.execute(update(OutgoingMail).values(state="sent", sent_at=NOW))

    def back_up(self) -> None:
        shutil.copy(self.file, self.copy)


class Opened(Database):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


@pytest.fixture
def station(tmp_path) -> Station:
    return Station(tmp_path)


def copied_over(station: Station) -> None:
    """`cp backup.db koolle.db`: the file stays, its content is the copy's."""
    shutil.copy(station.copy, station.file)


def moved_in(station: Station) -> None:
    """`mv backup.db koolle.db`: another file under the same name."""
    station.copy.rename(station.file)


def test_one_that_ran_on_is_not_held(station):
    station.mail()
    assert [station.start() for _again in range(3)] == [None, None, None]


@pytest.mark.long
@pytest.mark.parametrize("put_back", [copied_over, moved_in])
def test_an_older_copy_with_mails_that_wait_is_held_until_somebody_lets_go(station, put_back):
    station.start()
    station.mail()
    station.back_up()
    station.start()
    station.send()
    put_back(station)
    assert station.start() == "restored"
    assert station.start() == "restored"
    with station.open() as database:
        assert "Mails are held" in welcome(database, station.settings)
        with database.session() as session:
            let_go(session)
    assert station.start() is None


@pytest.mark.long
@pytest.mark.parametrize("put_back", [copied_over, moved_in])
def test_a_copy_in_which_nothing_waits_is_not_held(station, put_back):
    station.start()
    station.mail("sent")
    station.back_up()
    station.start()
    put_back(station)
    assert station.start() is None


def test_one_that_is_put_back_twice_is_held_twice(station):
    station.start()
    station.mail()
    station.back_up()
    for _again in range(2):
        station.start()
        copied_over(station)
        assert station.start() == "restored"


def test_on_postgresql_the_count_of_starts_tells(postgres_url, tmp_path):
    settings = replace(settings_in(tmp_path), database_url=new_database(postgres_url))
    with Opened(settings.database_url) as database:
        note_start(database, settings)
        with database.session() as session:
            assert session.scalar(select(Outbox.starts)) == read_mark(settings)
            session.execute(update(Outbox).values(starts=0))
        note_start(database, settings)
        with database.session() as session:
            assert session.scalar(select(Outbox.held_at)) is None  # nothing waits
            session.execute(update(Outbox).values(starts=0))
