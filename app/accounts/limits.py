"""Counts what was wrong by account and by client, in the database, so that no restart forgets it.

The keys are HMACs: the table tells neither who was tried nor from where.
"""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.models import WrongTry
from app.accounts.pacing import FORGOTTEN, QUARTER, account_free_at, address_free_at

KEPT = timedelta(days=1)
ALARM = 100  # wrong ones of everybody together, at each of which the log says so
EVERYBODY = bytes(32)
log = logging.getLogger("koolle.accounts")


@dataclass(frozen=True)
class Trier:
    """Who tries: the keys of the account that is named and of the client's address."""

    account: bytes
    address: bytes


def trier(secret: bytes, email: str, address: str, of: str = "") -> Trier:
    """Return by what tries are counted; address is a neighbourhood (an IPv6 network of 64 bits). of: what is tried,
    each of which is counted by itself, or a whole office behind one address could be kept out by asking for links."""
    return Trier(_key(secret, f"{of}account", email.strip().lower()), _key(secret, f"{of}address", address))


def _key(secret: bytes, kind: str, of: str) -> bytes:
    return hmac.digest(secret, f"koolle wrong {kind} {of}".encode(), "sha256")


def free_at(session: Session, who: Trier) -> datetime | None:
    """Return when this account may be tried next from this address; None: it was never wrong.

    PostgreSQL lets the tries of one account come one after another.
    """
    rows = {
        row.key: row
        for row in session.scalars(
            select(WrongTry)
            .where(WrongTry.key.in_([who.account, who.address]))
            .order_by(WrongTry.key)
            .with_for_update()
        )
    }
    times = []
    if account := rows.get(who.account):
        times.append(account_free_at(account.wrong, account.last_at))
    if address := rows.get(who.address):
        times.append(address_free_at(address.wrong, address.since))
    return max(times, default=None)


def note_wrong(session: Session, who: Trier, at: datetime) -> int:
    """Count a wrong try; returns how many the account has had of late. Those of yesterday are swept away."""
    session.execute(delete(WrongTry).where(WrongTry.last_at < at - KEPT))
    count(session, who.address, at, QUARTER)
    wrong = count(session, who.account, at, FORGOTTEN, since_last=True)
    if (all_of_them := count(session, EVERYBODY, at, QUARTER)) % ALARM == 0:
        log.warning("%s sign-ins went wrong within a quarter of an hour", all_of_them)
    return wrong


def count(session: Session, key: bytes, at: datetime, within: timedelta, *, since_last: bool = False) -> int:
    """Count one more under a key; returns how many there were within a time of the first, or of the last of them."""
    table = WrongTry.__table__
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
    anew = (table.c.last_at if since_last else table.c.since) <= at - within
    statement = insert.values(key=key, wrong=1, since=at, last_at=at).on_conflict_do_update(
        index_elements=["key"],
        set_={
            "wrong": case((anew, 1), else_=table.c.wrong + 1),
            "since": case((anew, at), else_=table.c.since),
            "last_at": at,
        },
    )
    return session.execute(statement.returning(table.c.wrong)).scalar_one()


def forgive(session: Session, who: Trier) -> None:
    """The right password was given: the account's wrong ones count no more; the address's do."""
    session.execute(delete(WrongTry).where(WrongTry.key == who.account))
