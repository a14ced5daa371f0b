"""Does again, in a database that was put back, what was done since the backup and is safe to do whatever the reason of
the restore: what it takes away can be given again in a moment, and nobody reads meanwhile what was not for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from sqlalchemy import text

from app.audit.noting import note_command
from app.backups.since import EVENTS, Undone, rows_of, who
from app.db import Database

IDENTITIES = (
    "SELECT i.id, i.account_id, i.issuer, i.subject, a.name, a.email FROM identities i"
    " JOIN accounts a ON a.id = i.account_id ORDER BY a.name"
)
UNLINK = text("DELETE FROM identities WHERE id = :id")
MARK = text("UPDATE events SET confidentiality = :confidentiality WHERE id = :id")
PUBLIC = "public"


def done_again(before: str, now: str, secret: bytes, at: datetime) -> Iterator[Undone]:
    """By the database that was used until now, take away the links with the organisation's sign-in that were removed
    since, and mark events not public that were marked so; yield each kind with what was done. Raises ValueError where
    one of the two cannot be read, and nothing is done then."""
    linked = {(one.account_id, one.issuer, one.subject) for one in rows_of(before, IDENTITIES)}
    marked = {one.id: one.confidentiality for one in rows_of(before, EVENTS) if one.confidentiality != PUBLIC}
    gone = [one for one in rows_of(now, IDENTITIES) if (one.account_id, one.issuer, one.subject) not in linked]
    public = [one for one in rows_of(now, EVENTS) if one.confidentiality == PUBLIC and one.id in marked]
    with closing(Database(now)) as database, database.session() as session:
        for one in gone:
            session.execute(UNLINK, {"id": one.id})
        for one in public:
            session.execute(MARK, {"id": one.id, "confidentiality": marked[one.id]})
        if gone or public:
            note_command(session, secret, "restore", at, unlinked=len(gone), marked=[one.id for one in public])
    kinds = [
        ("Links with the organisation's sign-in that were removed", [who(one) for one in gone], "removed again"),
        (
            "Events that were marked not public",
            [f"/events/{one.id} {one.title}: {marked[one.id]}" for one in public],
            "marked so again: nothing of them is mailed",
        ),
    ]
    yield from (Undone(*one) for one in kinds if one[1])
