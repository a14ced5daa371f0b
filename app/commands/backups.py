"""Backups: made, put back, tried."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened
from app.errors import Refused


def backup(args: argparse.Namespace) -> None:
    from app.backups.taking import take

    with opened() as (database, settings):
        print(take(database, settings, args.output or settings.backups, datetime.now(UTC)))


def restore(args: argparse.Namespace) -> None:
    """Put a backup in the database's place; the database is not opened before, for it may be damaged."""
    from app.audit.noting import note_command
    from app.backups.restoring import restore, unpacked
    from app.migrations import migrated
    from app.settings import read_settings

    settings = read_settings()
    with unpacked(args.file, settings.secret, settings.data) as backup:
        aside = restore(backup, settings.database_url, datetime.now(UTC))
    with migrated(settings.database_url) as database, database.session() as session:
        note_command(session, settings.secret, "restore", datetime.now(UTC), made_at=backup.manifest["made_at"])
    print(f"The database is as it was at {backup.manifest['made_at']}.")
    if aside:
        print(f"What was there before is in {aside}")
    print("Mails are held until somebody has looked at them: koolle outbox release")
    print("Nobody is signed in, and no reset of a password or invitation to join that was sent opens: send them anew.")
    tell_undone(args.before or (f"sqlite:///{aside}" if aside else None), settings.database_url, settings.secret)


def tell_undone(before: str | None, now: str, secret: bytes) -> None:
    """Do again what is safe to, and print that and what ended since the backup and lives again, by the database that
    was in use until now."""
    from app.backups.again import done_again
    from app.backups.since import undone

    try:
        living = [*undone(before, now)] if before else None  # all is read before anything is done
        found = [*done_again(before, now, secret, datetime.now(UTC)), *living] if before else None
    except ValueError:
        found = None
    if found is None:
        print(
            "What ended after the backup lives again: access, roles, links, people, also those who were erased. The"
            " database of before, which knows them, was not read: go through /accounts, and if links were revoked:"
            " koolle links renew-all"
        )
    for one in found or ():
        print(f"{one.what} ({one.do}):", *one.which, sep="\n  ")


def drill(args: argparse.Namespace) -> None:
    """Print one fact a line, its name and its value tab-separated."""
    from app.backups.drilling import drill
    from app.backups.scratch import DRILL, scratch
    from app.backups.taking import backups_in
    from app.settings import read_settings

    settings = read_settings()
    there = backups_in(settings.backups)
    file = args.file or (there[max(there)] if there else None)
    if file is None:
        raise Refused(f"{settings.backups}: there is no backup yet (koolle backup)")
    if not settings.database_url.startswith("sqlite") and not args.scratch:
        raise Refused("name an empty PostgreSQL database to restore to: --scratch postgresql://…")
    with scratch(settings.data, DRILL) as folder:
        for name, value in drill(file, settings, folder, args.scratch, datetime.now(UTC)):
            print(name, value, sep="\t", flush=True)
    print("The backup is sound.")
