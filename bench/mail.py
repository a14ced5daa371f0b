"""make bench-mail: invite by the real route, write, and send to a mail server of this machine that keeps nothing.

Sending is compared with plain smtplib: the same messages over one connection to the same server, before and after ours.
Each mail is recorded by a commit of its own, so beside it stands how many commits of the same rows, and how many bare
fsyncs, the disk takes in a second, with nothing else to do.
"""

from __future__ import annotations

import os
import smtplib
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from re import search
from statistics import median

import httpx2
from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.invitations.stencils import write_with
from app.mail.models import OutgoingMail
from app.mail.returning import envelope_sender
from app.mail.sealing import unseal
from app.mail.writing import write_some
from bench.cpu import cpu, free_port
from bench.posting import HELMI, Installation, installed, postgresql
from bench.sink import Sinking, sinking

SIZES = (1_000, 10_000)
AIMS = {1_000: 1.0, 10_000: 5.0}
MAILS = int(os.environ.get("MAILS", "5000"))
COMMITS = 500
LONGEST = 900


def invited(installation: Installation, people: int) -> tuple[float, float, float]:
    """Press the button that invites so many; returns the seconds of the request, and the server's MB before and at its
    peak, once it has written all of them."""
    installation.convene(people)
    port = free_port()
    server = installation.start("serve", "--port", str(port))
    origin = f"http://127.0.0.1:{port}"
    with httpx2.Client(base_url=origin, headers={"Origin": origin}, timeout=120) as browser:
        signed_in(browser)
        path = f"/events/{installation.event_id}/invitation"
        browser.get(path)
        before = memory(server.pid, "VmRSS")
        began = time.perf_counter()
        answer = browser.post(f"{path}/send")
        taken = time.perf_counter() - began
    if answer.status_code != 303 or installation.open() != people:
        raise AssertionError(f"{answer.status_code}, {installation.open()} mails queued")
    wait(lambda: unwritten(installation) == 0)
    peak = memory(server.pid, "VmHWM")
    installation.kill(server)
    return taken, before, peak


def signed_in(browser: httpx2.Client) -> None:
    def answers() -> bool:
        try:
            return browser.post("/sign-in", data=HELMI).status_code == 303
        except httpx2.TransportError:
            return False

    wait(answers)


def memory(pid: int, what: str) -> float:
    """MB of a process: VmRSS now, VmHWM at its peak."""
    found = search(rf"{what}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def unwritten(installation: Installation) -> int:
    with installation.database.session(readonly=True) as session:
        return len(session.scalars(select(OutgoingMail.id).where(~OutgoingMail.written).limit(1)).all())


def wait(until: Callable[[], bool]) -> None:
    last = time.monotonic() + LONGEST
    while not until():
        if time.monotonic() > last:
            raise TimeoutError
        time.sleep(0.05)


def written(installation: Installation) -> tuple[float, float]:
    """Write every mail as a worker does; returns milliseconds a mail, of the clock and of this process's CPU."""
    write, secret = write_with(installation.settings), installation.settings.secret
    began, spent, count = time.perf_counter(), time.process_time(), 0
    while True:
        with installation.database.session() as session:
            some = write_some(session, secret, write)
        count += some
        if not some:
            return (time.perf_counter() - began) * 1000 / count, (time.process_time() - spent) * 1000 / count


def drained(installation: Installation, sink: Sinking, *words: str, processes: int) -> tuple[float, float]:
    """Send what waits; returns mails a second between the first and the last that came, and milliseconds of CPU of the
    processes that send a mail."""
    before = sink.count()
    held = [installation.start(*words) for _each in range(processes)]
    wait(lambda: sink.count() > before)
    began, first = time.perf_counter(), sink.count()
    spent = sum(cpu(one.pid) for one in held)
    wait(lambda: sink.count() >= before + MAILS)
    seconds, spent = time.perf_counter() - began, sum(cpu(one.pid) for one in held) - spent
    wait(lambda: installation.open() == 0)
    for one in held:
        installation.kill(one)
    return (before + MAILS - first) / seconds, spent * 1000 / (before + MAILS - first)


def plain(installation: Installation, sink: Sinking, messages: list[tuple[str, str, bytes]]) -> float:
    """Mails a second of smtplib with the same messages, over one connection."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", int(sink.url.rpartition(":")[2])) as smtp:
        for sender, recipient, content in messages:
            smtp.sendmail(sender, [recipient], content)
    return len(messages) / (time.perf_counter() - began)


def messages_of(installation: Installation) -> list[tuple[str, str, bytes]]:
    settings = installation.settings
    with installation.database.session(readonly=True) as session:
        query = select(OutgoingMail).options(undefer(OutgoingMail.content)).order_by(OutgoingMail.id)
        return [
            (
                envelope_sender(settings, mail.id),
                mail.to_address,
                unseal(settings.secret, mail.content, mail.message_id),
            )
            for mail in session.scalars(query)
        ]


def commits_a_second(installation: Installation) -> float:
    """How many commits SQLite makes of a mail's record, with nothing else to do; the rows are as they were after."""
    connection = sqlite3.connect(installation.settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    ids = [row[0] for row in connection.execute("SELECT id FROM outgoing_mails LIMIT ?", (COMMITS,))]
    began = time.perf_counter()
    for mail_id in ids:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE outgoing_mails SET reply = '250 2.0.0 received' WHERE id = ?", (mail_id,))
        connection.execute("COMMIT")
    taken = time.perf_counter() - began
    connection.close()
    return len(ids) / taken


def fsyncs_a_second(folder: Path) -> float:
    with (folder / "synced").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _each in range(COMMITS):
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
        return COMMITS / (time.perf_counter() - began)


def show_inviting(which: str, new: Callable[[], str] | None) -> None:
    for people in SIZES:
        with installed(new() if new else None, smtp_url="smtp://127.0.0.1:9") as installation:
            taken, before, peak = invited(installation, people)
        print(
            f"{which}: invite {people:,}: the request returns in {taken:.2f} s (aim: {AIMS[people]:g} s);"
            f" the server's memory {before:.0f} MB before, {peak:.0f} MB at its peak",
            flush=True,
        )


@contextmanager
def ready(url: str | None) -> Iterator[tuple[Installation, Sinking]]:
    """Yield an installation with all mails queued, and a sink."""
    with sinking() as sink, installed(url, smtp_url=sink.url) as installation:
        installation.convene(MAILS)
        installation.invite()
        yield installation, sink


def show_sending(which: str, url: str | None, processes: int) -> None:
    words = ("worker",) if url else ("serve", "--port", str(free_port()))
    with ready(url) as (installation, sink):
        wall, spent = written(installation)
        messages = messages_of(installation)
        bounds = ["" if url else f"{commits_a_second(installation):.0f} bare commits of the same rows"]
        bounds.append(f"{fsyncs_a_second(installation.settings.data):.0f} fsyncs")
        before = plain(installation, sink, messages)
        ours, ms = drained(installation, sink, *words, processes=processes)
        after = plain(installation, sink, messages)
    ratio = ours / median((before, after))
    print(f"{which}: written in {wall:.1f} ms a mail, {spent:.1f} ms of CPU")
    print(
        f"{which}: {ours:.0f} mails/s of {len(messages[0][2]) / 1000:.1f} kB, {ms:.2f} ms of CPU each; smtplib"
        f" {before:.0f} and {after:.0f}/s: ratio {ratio:.2f} (aim: 0.8); the disk takes"
        f" {' and '.join(filter(None, bounds))} a second",
        flush=True,
    )


def main() -> None:
    which = sys.argv[1:] or ["inviting", "sending"]
    with postgresql() as new:
        if "inviting" in which:
            show_inviting("SQLite", None)
            show_inviting("PostgreSQL", new)
        if "sending" in which:
            print(f"{MAILS:,} mails, each recorded by a commit of its own")
            show_sending("SQLite, the server", None, 1)
            show_sending("PostgreSQL, 1 worker", new(), 1)
            show_sending("PostgreSQL, 4 workers", new(), 4)


if __name__ == "__main__":
    main()
