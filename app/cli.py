"""The commands as they are typed. Those that use the database bring it to its newest shape first.

Results go to standard output and everything else to standard error. Exit codes: 0 done; 1 refused or failed, nothing
was written; 2 a wrong command line or setting.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from app.commands.audit import show as show_trail
from app.commands.audit import verify
from app.commands.backups import backup, drill, restore
from app.commands.events import export, import_, memo, resolve
from app.commands.inbox import read_mail
from app.commands.installation import add_account, migrate
from app.commands.links import renew
from app.commands.mails import mails
from app.commands.outbox import hold, release, show
from app.commands.papers import papers
from app.commands.pasted import parse_addresses
from app.commands.privacy import erase, person_data
from app.commands.secretariats import add as add_secretariat
from app.commands.secretariats import list_ as list_secretariats
from app.commands.serving import demo, serve, work
from app.errors import BadSetting, Invalid, Refused

ROLES = ("owner", "secretary", "viewer", "auditor")  # as app/secretariats/policy.py, which is not loaded for `--help`


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
        if run is serve:
            made.add_argument(
                "--no-worker", action="store_false", dest="worker",
                help="send no mails in this process: `koolle worker` processes do (PostgreSQL)",
            )  # fmt: skip
    command("worker: send mails in a process of its own, one more on any machine (PostgreSQL)", work)
    made = command("import: read an event file into a new event; its id is the last line that is printed", import_)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--secretariat", metavar="NAME", help="whose event it is (default: the oldest)")
    made = command("export: write an event as an event file", export)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="FILE", help="where to, uploaded files beside it")
    made.add_argument(
        "--archive", action="store_true", help="for the archive: papers, attachments and metadata in one ZIP"
    )  # fmt: skip
    made = command("memo: write an event's memo as PDF, or for Word where the file's name ends in .docx", memo)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="FILE", required=True)
    made = command(
        "papers: write every paper of an event as PDF, its uploaded files too, and print their names", papers
    )
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="DIR", required=True, help="a folder; it is made where missing")
    made.add_argument("--language", choices=["fi", "sv", "en"], help="another language than the event's own")
    made = command("resolve: print whom a memo goes to: name, address and by which way, tab-separated", resolve)
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("field", choices=["distribution", "for_information"])
    links = commands.add_parser("links", help="personal links").add_subparsers(metavar="WHAT", required=True)
    command("renew-all: let no link or code that was sent or printed until now open anything", renew, within=links)
    command(
        "parse-addresses: read text pasted from an address field on standard input; print a JSON object a line"
        " (given_name, family_name, email, organisation, problem)",
        parse_addresses,
    )
    made = command(
        "mails: write each mail of an event as it left or will leave (RFC 5322), and print the files' names", mails
    )
    made.add_argument("event", type=int, metavar="EVENT")
    made.add_argument("--output", type=Path, metavar="DIR", required=True, help="a folder; it is made where missing")
    made = command(
        "read-mail: take mails as if they had arrived in the mailbox; print a JSON object a file (kind, uid, attendee,"
        " status, comment, verdict, reason)",
        read_mail,
    )
    made.add_argument("files", type=Path, metavar="FILE", nargs="+", help="a mail as it arrives (RFC 5322)")
    made.add_argument("--dry-run", action="store_true", help="judge them, and change nothing")
    account = commands.add_parser("account", help="keep the accounts of those who sign in")
    accounts = account.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command("add: make an account and print its first password", add_account, within=accounts)
    made.add_argument("email", metavar="EMAIL")
    made.add_argument("--name", required=True)
    made.add_argument("--language", choices=["fi", "sv", "en"], default="fi")
    made.add_argument("--secretariat", metavar="NAME", help="where they have a role (default: the oldest)")
    made.add_argument("--role", choices=ROLES, default="owner", help="what they may there (default: %(default)s)")
    secretariat = commands.add_parser("secretariat", help="the secretariats, each with an address book of its own")
    acts = secretariat.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command("add: make a secretariat that keeps nothing yet; print its id", add_secretariat, within=acts)
    made.add_argument("name", metavar="NAME")
    command("list: print each secretariat's id, name and how many work there", list_secretariats, within=acts)
    outbox = commands.add_parser("outbox", help="hold mails back, let them leave, and show how the outbox stands")
    acts = outbox.add_subparsers(title="commands", metavar="COMMAND", required=True)
    command("hold: let no mail leave until release", hold, within=acts)
    command("release: let mails leave again", release, within=acts)
    command("show: print whether mails leave, how many wait and since when, and which workers send", show, within=acts)
    made = command("backup: write the whole database, sealed, into one file, and print its name", backup)
    made.add_argument("--output", type=Path, metavar="DIR", help="a folder (default: that of KOOLLE_BACKUPS)")
    made = command("restore: put a backup in the database's place, hold all mails, and print what lives again", restore)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--before", metavar="URL", help="the PostgreSQL database in use until now, which is only read")
    made = command("drill: restore a backup to a scratch place, check it, render a memo, open a link", drill)
    made.add_argument("file", type=Path, metavar="FILE", nargs="?", help="a backup (default: the newest)")
    made.add_argument("--scratch", metavar="URL", help="an empty PostgreSQL database to restore a backup of one to")
    audit = commands.add_parser("audit", help="the trail of who did what: verify it, print it")
    acts = audit.add_subparsers(title="commands", metavar="COMMAND", required=True)
    made = command("verify: see whether the trail is what was written, and print its anchor", verify, within=acts)
    made.add_argument("--anchor", action="append", default=[], metavar="ANCHOR", help="one that was kept elsewhere")
    command("show: print the trail, a JSON object a line", show_trail, within=acts)
    made = command("erase: erase the personal data that are due, as every night, and print what", erase)
    made.add_argument("--dry-run", action="store_true", help="print what is due, and erase nothing")
    made = command("person-data: write all that is held of a person into one ZIP, to be given to them", person_data)
    made.add_argument("address", metavar="ADDRESS", help="their e-mail address")
    made.add_argument("--output", type=Path, metavar="FILE", required=True)
    made.add_argument("--language", choices=["fi", "sv", "en"], help="of the page to read (default: the person's)")
    command("migrate: bring the database to the newest shape and do nothing else", migrate)
    return parser
