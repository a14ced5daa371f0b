"""Serving: for real use, and the demo."""

from __future__ import annotations

import argparse
import os
import sys

from app.commands.opening import opened
from app.errors import BadSetting


def serve(args: argparse.Namespace) -> None:
    from app.serving import listener, serve_until_stopped

    port = port_of(args)
    with listener(args.host, port) as held, opened(port=port) as (database, settings):
        serve_until_stopped(held, settings, database, lambda: print(welcome(database, settings), flush=True))


def welcome(database, settings) -> str:
    from sqlalchemy import select

    from app.accounts.models import Account

    with database.session(readonly=True) as session:
        somebody = session.scalar(select(Account.id).limit(1))
    lines = [f"Koolle is at {settings.base_url}"]
    if settings.smtp_url and any(host.startswith(("127.0.0.1", "localhost")) for host in settings.hosts):
        lines.append("Links in mails lead to this machine only. KOOLLE_BASE_URL is the address that invitees can open.")
    make_one = f"Nobody can sign in yet. Make the first account: {sys.argv[0]} account add EMAIL --name NAME"
    return "\n".join(lines if somebody else [*lines, make_one])


def demo(args: argparse.Namespace) -> None:
    from app.demo.playing import play, welcome
    from app.serving import listener, serve_until_stopped

    port = port_of(args)
    with listener(args.host, port) as held, opened(port=port, demo=True) as (database, settings):
        play(database, settings)
        serve_until_stopped(held, settings, database, lambda: print(welcome(settings), flush=True))


def port_of(args: argparse.Namespace) -> int:
    """The port of the command line, else of PORT, else 8000; raises BadSetting."""
    given = args.port or os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65536):
        raise BadSetting("PORT", f"must be a number from 1 to 65535, not {given!r}")
    return int(given)
