"""The outbox: held, released, shown."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened


def hold(args: argparse.Namespace) -> None:
    from app.audit.noting import note_command
    from app.mail.holding import hold

    at = datetime.now(UTC)
    with opened() as (database, settings), database.session() as session:
        hold(session, "by_hand", at)
        note_command(session, settings.secret, "outbox hold", at)
    print("No mail leaves until: koolle outbox release")


def release(args: argparse.Namespace) -> None:
    from app.audit.noting import note_command
    from app.mail.holding import let_go

    with opened() as (database, settings), database.session() as session:
        let_go(session)
        note_command(session, settings.secret, "outbox release", datetime.now(UTC))
    print("Mails leave again.")


def show(args: argparse.Namespace) -> None:
    """Print one fact a line, its name and its value tab-separated; times in UTC (ISO 8601)."""
    from app.mail.outbox import can_send
    from app.mail.standing import standing_of

    at = datetime.now(UTC)
    with opened() as (database, settings), database.session(readonly=True) as session:
        stands = standing_of(session, at)
        stops = "no mail server" if not can_send(settings) else stands.stopped
        facts = {
            "leaving": f"no: {stops}" if stops else "yes",
            "waiting": stands.backlog.count,
            "oldest due": stands.backlog.oldest.isoformat(timespec="seconds") if stands.backlog.oldest else "-",
            "perhaps sent": stands.backlog.uncertain,
            "failed": stands.failed,
        }
        facts |= {
            f"worker {one.id}": f"{one.host} {one.process}, {one.sent} sent, lives at {one.beat_at:%Y-%m-%dT%H:%M:%S%z}"
            for one in stands.workers
        }
        slowed = {f"slowed {one.domain}": f"one mail in {one.every:g} s" for one in stands.slowed}
    for name, value in (facts | slowed).items():
        print(name, value, sep="\t")
