"""The commands. Each brings the database to the newest shape first; what takes long to load is loaded where it is used.

Results go to standard output and everything else to standard error. Exit codes: 0 done; 1 refused or failed, nothing
was written; 2 a wrong command line or setting.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.errors import BadSetting, Invalid, NotFound, Refused
from app.output import write_together

LARGEST_ID = 2**31 - 1


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = parser_of()
    args = parser.parse_args(argv)
    if "run" not in args:
        parser.print_help()
        return 0
    try:
        args.run(args)
        sys.stdout.flush()
    except BadSetting as error:
        return complain(error, code=2)
    except Refused as error:
        return complain(error)
    except Invalid as error:
        for place, sentence in error.problems:
            print(f"{place}: {sentence}" if place else sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}" if error.filename else error)
    except KeyboardInterrupt:
        return 130
    return 0


def complain(error: Exception | str, code: int = 1) -> int:
    print("koolle:", " ".join(str(error).split()), file=sys.stderr)
    return code


def parser_of() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("koolle", description="Holds a convening once, and every paper follows.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(words: str, run, *, within=commands) -> argparse.ArgumentParser:
        name, _, text = words.partition(": ")
        made = within.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        made.set_defaults(run=run)
        return made

    for words, run in (
        ("serve: serve Koolle; its settings are the environment's KOOLLE_* variables", serve),
        ("demo: serve example events in a data folder of their own, without a mail server", demo),
    ):
        made = command(words, run)
        made.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
        made.add_argument("--port", help="port to listen at (default: PORT, else 8000)")
    made = command("import: read an event file into a new event; its id is the last line that is printed", import_)
    made.add_argument("file", type=Path, metavar="FILE")
    made = command("export: write an event as an event file", export)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="FILE", help="where to, uploaded files beside it")
    made = command("memo: write an event's memo as PDF", memo)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="FILE", required=True)
    made = command("resolve: print whom a memo goes to: name, address and by which item, tab-separated", resolve)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("field", choices=["distribution", "for_information"])
    account = commands.add_parser("account", help="keep the accounts of those who sign in")
    accounts = account.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command("add: make an account and print its first password", add_account, within=accounts)
    made.add_argument("email", metavar="EMAIL")
    made.add_argument("--name", required=True)
    made.add_argument("--language", choices=["fi", "sv", "en"], default="fi")
    command("migrate: bring the database to the newest shape and do nothing else", migrate)
    return parser


# --- serving ---


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


# --- event files and papers ---


def import_(args: argparse.Namespace) -> None:
    from app.eventfiles.importing import import_event

    content = args.file.read_bytes()
    with opened() as (database, _settings), database.session() as session:
        imported = import_event(session, content, args.file.parent, at=datetime.now(UTC))
    print(*imported.lines, imported.event_id, sep="\n")


def export(args: argparse.Namespace) -> None:
    from app.eventfiles.exporting import export_event, written

    with opened() as (database, _settings), database.session(readonly=True) as session:
        exported = export_event(session, event_of(session, args.event).id)
    text = written(exported.document)
    if args.output:
        write_together(args.output, text.encode(), exported.files)
        return
    print(text, end="")
    if exported.files:
        print("koolle: left out (--output writes them):", ", ".join(exported.files), file=sys.stderr)


def memo(args: argparse.Namespace) -> None:
    from app.memos.document import memo_pdf
    from app.pdf import PdfFailed

    with opened() as (database, _settings), database.session(readonly=True) as session:
        event, _memo = memo_of_event(session, args.event)
        try:
            content = memo_pdf(session, event)
        except PdfFailed as error:
            raise Refused(f"the memo of event {event.id} could not be made: {error}") from error
    write_together(args.output, content)


def resolve(args: argparse.Namespace) -> None:
    from app.memos.issuing import addressees_of

    with opened() as (database, _settings), database.session(readonly=True) as session:
        for one in addressees_of(session, *memo_of_event(session, args.event)):
            if one.field == args.field:
                print(one.person.name, one.person.email or "-", one.reached_by, sep="\t")


def event_of(session, event_id: int):
    from app.events.queries import event_by_id

    try:
        return event_by_id(session, event_id if 0 < event_id <= LARGEST_ID else 0)
    except NotFound:
        raise Refused(f"there is no event {event_id}") from None


def memo_of_event(session, event_id: int):
    """Return an event and its memo."""
    from app.memos.memos import memo_of

    event = event_of(session, event_id)
    found = memo_of(session, event.id)
    if found is None:
        raise Refused(f"event {event.id} has no memo yet")
    return event, found


# --- the installation ---


def add_account(args: argparse.Namespace) -> None:
    import secrets

    from sqlalchemy.exc import IntegrityError

    from app.accounts.sessions import add_account
    from app.forms import sound_address

    if not sound_address(args.email):
        raise Refused(f"{args.email!r} is not an e-mail address")
    password = secrets.token_urlsafe(12)
    with opened() as (database, _settings):
        try:
            with database.session() as session:
                add_account(session, email=args.email, name=args.name, password=password, language=args.language)
        except IntegrityError:
            raise Refused(f"{args.email} has an account already") from None
    print(f"{args.name} signs in with {args.email} and this password, which is not shown again:\n{password}")


def migrate(args: argparse.Namespace) -> None:
    with opened():
        print("The database has the newest shape.")


@contextmanager
def opened(**how) -> Iterator[tuple]:
    """Yield the database, in its newest shape, and the settings, read as `read_settings(**how)` does."""
    from sqlalchemy.exc import OperationalError

    from app.migrations import migrated
    from app.settings import read_settings

    settings = read_settings(**how)
    with migrated(settings.database_url) as database:
        try:
            yield database, settings
        except OperationalError as error:
            raise Refused(f"the database cannot be used just now: {error.orig}") from error
