"""Serving: for real use, and the demo."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from functools import partial

from app.commands.opening import opened
from app.errors import BadSetting, Refused


def serve(args: argparse.Namespace) -> None:
    from app.serving import listener, serve_until_stopped

    port = port_of(args)
    with listener(args.host, port) as held, opened(port=port) as (database, settings):
        if not args.worker and database.url.startswith("sqlite"):
            raise Refused("with SQLite no other process sends mails, so this one has to; leave --no-worker away")
        note_start(database, settings)
        say_welcome = partial(print, welcome(database, settings), flush=True)
        serve_until_stopped(held, settings, database, say_welcome, sends=args.worker)


def work(args: argparse.Namespace) -> None:
    """Send mails until a signal ends the process, which then ends with the mail in hand."""
    import signal

    with opened() as (database, settings):
        if database.url.startswith("sqlite"):
            raise Refused(
                "a SQLite database is a file of one machine, whose server sends its mails itself (koolle serve);"
                " more workers need PostgreSQL: set KOOLLE_DATABASE_URL to postgresql://…"
            )
        from app.mail.outbox import opens
        from app.main import mail_worker
        from app.serving import log_discreetly

        log_discreetly()
        with database.session(readonly=True) as session:
            if not opens(session, settings.secret):
                raise Refused(
                    "the mails that wait were sealed with another secret than this machine's: give it the KOOLLE_SECRET"
                    " or the data folder's file `secret` of the machine that serves"
                )
        note_start(database, settings)
        worker = mail_worker(database, settings)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: worker.stop())
        worker.start()
        sends = "sends" if settings.smtp_url else "writes, and without KOOLLE_SMTP_URL sends no"
        print(f"This worker {sends} mails until it is stopped", flush=True)
        worker.join()


def note_start(database, settings) -> None:
    """Note that a process which may send starts; on a restored database, mails are held from here on."""
    from app.mail.holding import mark_start, write_mark

    with database.session() as session:
        starts = mark_start(session, settings, datetime.now(UTC))
    write_mark(settings, starts)


def welcome(database, settings) -> str:
    from sqlalchemy import select

    from app.accounts.models import Account
    from app.mail.models import Outbox

    with database.session(readonly=True) as session:
        somebody = session.scalar(select(Account.id).limit(1))
        held = session.scalar(select(Outbox.held_at))
    lines = [f"Koolle is at {settings.base_url}"]
    if settings.smtp_url and any(host.startswith(("127.0.0.1", "localhost")) for host in settings.hosts):
        lines.append("Links in mails lead to this machine only. KOOLLE_BASE_URL is the address that invitees can open.")
    if held:
        lines.append(f"Mails are held, none leaves: {settings.base_url}/outbox says why (koolle outbox release)")
    if missing := settings.controller.missing:
        lines.append(f"The privacy notice is not whole: set {', '.join(missing)}")
    make_one = f"Nobody can sign in yet. Make the first account: {sys.argv[0]} account add EMAIL --name NAME"
    return "\n".join(lines if somebody else [*lines, make_one])


def demo(args: argparse.Namespace) -> None:
    from app.demo.playing import play, welcome
    from app.serving import listener, serve_until_stopped

    port = port_of(args)
    with listener(args.host, port) as held, opened(port=port, demo=True, host=args.host) as (database, settings):
        play(database, settings)
        serve_until_stopped(held, settings, database, lambda: print(welcome(settings), flush=True))


def port_of(args: argparse.Namespace) -> int:
    """The port of the command line, else of PORT, else 8000; raises BadSetting."""
    given = args.port or os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise BadSetting("PORT", f"must be a number from 1 to 65535, not {given!r}")
    return int(given)
