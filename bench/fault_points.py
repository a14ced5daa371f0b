"""Each point at which a process may die between the press and the record of a sent mail, once, on purpose.

The table is that of the outbox's design: at each point one mail is on its way, the process is killed there (SIGKILL),
another takes over, and what came is counted. Nothing in Koolle knows of these points: those of the conversation are hit
by the mail server, which kills whom it speaks to, and those beside a commit by listening to the database's connections.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from app.db import Database
from bench.cpu import free_port
from bench.posting import Installation, installed, killed

# how many of one mail never come, and how many come once more
POINTS = {
    "enqueue-before-commit": (0, 0), "enqueue-after-commit": (0, 0), "before-claim-commit": (0, 0),
    "after-claim-commit": (0, 0), "connected": (0, 0), "after-mail": (0, 0), "after-rcpt": (0, 0), "mid-data": (0, 0),
    "before-dot": (0, 0), "after-dot": (0, 1), "after-250": (0, 1), "before-sent-commit": (0, 1),
    "after-sent-commit": (0, 0),
}  # fmt: skip
# what a transaction has run when it is the one that is meant
MARKS = {"enqueue": "INSERT INTO outgoing_mails", "claim": "attempts=(outgoing_mails.attempts +", "sent": "sent_at="}
SECONDS = 60


@dataclass
class Fatal:
    """A mail server that kills whom it speaks to at a point, once; it keeps what it was given whole."""

    point: str
    victim: Callable[[], int | None]
    kept: list[bytes] = field(default_factory=list)
    spent: bool = False

    def reaches(self, point: str, connection: socket.socket, reply: bytes = b"") -> bool:
        """Kill here if this is the point; a reply is sent to one who is too late to act on it."""
        pid = self.victim()
        if self.spent or point != self.point or pid is None:
            return False
        self.spent = True
        os.killpg(pid, signal.SIGSTOP)
        if reply:
            connection.sendall(reply)
        os.killpg(pid, signal.SIGKILL)
        return True

    def converse(self, connection: socket.socket) -> None:
        with connection:
            if self.reaches("connected", connection):
                return
            connection.sendall(b"220 here\r\n")
            reader = connection.makefile("rb")
            for line in reader:
                verb = line[:4].upper().strip()
                if self.reaches(f"after-{verb.decode().lower()}", connection, b"250 ok\r\n"):
                    return
                if verb == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    if not self.receive(reader, connection):
                        return
                else:
                    connection.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")

    def receive(self, reader, connection: socket.socket) -> bool:
        content = b""
        for line in reader:
            if line == b".\r\n":
                break
            content += line
            if len(content) > 500 and self.reaches("mid-data", connection):
                return False
        if self.reaches("before-dot", connection):
            return False
        self.kept.append(content)
        if self.reaches("after-dot", connection) or self.reaches("after-250", connection, b"250 kept\r\n"):
            return False
        connection.sendall(b"250 kept\r\n")
        return True


@contextmanager
def receiving(server: Fatal, port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)) as listening:

        def accept() -> None:
            while True:
                try:
                    connection, _address = listening.accept()
                except OSError:
                    return
                threading.Thread(target=converse, args=(server, connection), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield
        listening.shutdown(socket.SHUT_RDWR)


def converse(server: Fatal, connection: socket.socket) -> None:
    try:
        server.converse(connection)
    except OSError:
        return


def die_beside_commit(point: str) -> None:
    """Let this process kill itself before or after the commit that the point names."""
    when, what = ("before", "after")["after" in point], next(name for name in MARKS if name in point)
    seen = threading.local()
    beside_what_is_its_own_transaction(MARKS[what], when)

    @event.listens_for(Engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_more):
        seen.it = getattr(seen, "it", False) or MARKS[what] in statement

    @event.listens_for(Engine, "commit")
    def commit(_connection):
        seen.now = getattr(seen, "it", False)
        if seen.now and when == "before":
            os.killpg(os.getpgid(0), signal.SIGKILL)

    @event.listens_for(Pool, "checkin")  # the connection comes back, what it did is committed
    def committed(_connection, _record):
        if getattr(seen, "now", False) and when == "after":
            os.killpg(os.getpgid(0), signal.SIGKILL)


def beside_what_is_its_own_transaction(mark: str, when: str) -> None:
    run_alone = Database.run_alone

    def run(self: Database, statement: str, values) -> object:
        if mark in statement and when == "before":
            os.killpg(os.getpgid(0), signal.SIGKILL)
        row = run_alone(self, statement, values)
        if mark in statement:
            os.killpg(os.getpgid(0), signal.SIGKILL)
        return row

    Database.run_alone = run


def enqueue(installation: Installation | None, environ: dict[str, str], event_id: int, point: str) -> None:
    """Invite one, in a process of its own that may not come to the end of it."""
    from app.settings import read_settings

    read = read_settings(environ)
    database = Database(read.database_url)
    if point.startswith("enqueue"):
        die_beside_commit(point)
    Installation(environ, read, database, event_id).invite(0, 1)


def send(words: tuple[str, ...], point: str) -> None:
    from app.cli import main

    if "commit" in point and not point.startswith("enqueue"):
        die_beside_commit(point)
    main(list(words))


def lost_and_again(installation: Installation, words: tuple[str, ...], point: str, port: int) -> tuple[int, int]:
    """Have one mail sent, with a death at the point; returns how many of it were lost and how many came once more."""
    before = installation.message_ids()
    victim: list[int] = []
    server = Fatal(point, lambda: victim[0] if victim else None)
    with receiving(server, port):
        pressing = installation.start(act=partial(enqueue, None, installation.environ, installation.event_id, point))
        pressing.join(SECONDS)
        wanted = installation.message_ids() - before
        first = installation.start(act=partial(send, words, point))
        victim.append(first.pid)
        if wanted and not point.startswith("enqueue"):
            first.join(SECONDS)
            if first.exitcode != -signal.SIGKILL:
                raise AssertionError(f"nobody died at {point}")
        killed(first)
        second = installation.start(act=partial(send, words, ""))
        until = time.monotonic() + SECONDS
        while installation.open() and time.monotonic() < until:
            time.sleep(0.05)
        killed(second)
    came = [content for content in server.kept for one in wanted if one.encode() in content]
    if bool(wanted) == (point == "enqueue-before-commit"):
        raise AssertionError(f"{len(wanted)} mails were queued with a death at {point}")
    return len(wanted) - len(set(came)), len(came) - len(set(came))


def run_fault_points(which: str, url: Callable[[], str] | None) -> bool:
    """Print for each point what was lost and what came once more; returns whether all is as it has to be."""
    port, sound = free_port(), True
    words = ("worker",) if url else ("serve", "--port", str(free_port()))
    print(f"{which}, a death at each point (lost/duplicates, and what has to be):")
    for point, allowed in POINTS.items():
        with installed(url() if url else None, smtp_url=f"smtp://127.0.0.1:{port}") as installation:
            installation.convene(30)
            found = lost_and_again(installation, words, point, port)
        sound &= found == allowed
        print(f"  {point:24}{found[0]}/{found[1]}  ({allowed[0]}/{allowed[1]})", flush=True)
    return sound
