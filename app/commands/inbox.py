"""Mails taken as if they had arrived in the mailbox."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from app.commands.opening import opened
from app.errors import Refused


def read_mail(args: argparse.Namespace) -> None:
    """Print a JSON object for each file: what kind of mail it is, what it says, and what becomes of it and why."""
    missing = []
    with opened() as (database, settings):
        for file in args.files:
            try:
                content = file.read_bytes()
            except OSError as error:
                missing.append(f"{file}: {error.strerror}")
                continue
            print(
                json.dumps({"file": str(file), **taken(database, settings, content, args.dry_run)}, ensure_ascii=False),
                flush=True,
            )
    if missing:
        raise Refused("; ".join(missing))


def taken(database, settings, content: bytes, dry_run: bool) -> dict:
    """Take one mail; a mail that was kept before is judged once more, and changes nothing."""
    from app.audit.noting import note_command
    from app.inbox.keeping import keep
    from app.inbox.taking import judged, take_in

    at = datetime.now(UTC)
    with database.session(readonly=dry_run) as session:
        row = None if dry_run else keep(session, settings, content, arrived_at=at)
        if row is None:
            mail, verdict, _place = judged(session, settings, content, at)
        else:
            mail, verdict = take_in(session, settings, row, at)
            note_command(session, settings.secret, "read-mail", at, event_id=row.event_id)
    return {
        "kind": mail.kind, "uid": mail.uid, "attendee": mail.attendee.address if mail.attendee else None,
        "status": mail.report.status if mail.report else mail.status, "comment": mail.said or None,
        "verdict": verdict.code, "reason": verdict.reason,
    }  # fmt: skip
