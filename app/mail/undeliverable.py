"""Addresses to which no mail goes through, so that whoever sends is told before the press."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import chunks
from app.mail.models import UndeliverableAddress


def flag_address(
    session: Session, address: str, *, status: str | None, said: str | None, mail_id: int | None, at: datetime
) -> UndeliverableAddress:
    """Note that mail to an address comes back; what is known of it already stays, with the newest reason.

    status is the enhanced status code (RFC 3463, `5.1.1`), said the other server's own words.
    """
    address = address.strip().lower()
    flagged = _flagged(session, address)
    if flagged is None:
        flagged = UndeliverableAddress(address=address, since=at)
        try:
            with session.begin_nested():
                session.add(flagged)
        except IntegrityError:  # another bounce was read just now
            flagged = _flagged(session, address)
    flagged.status, flagged.said, flagged.mail_id = status, (said or "")[:500] or None, mail_id
    session.flush()
    return flagged


def unflag(session: Session, address: str) -> None:
    """Take an address for a working one again."""
    session.execute(delete(UndeliverableAddress).where(UndeliverableAddress.address == address.strip().lower()))


def undeliverable(session: Session, addresses: Iterable[str]) -> dict[str, UndeliverableAddress]:
    """Return which of the addresses are flagged, by the address in lower case."""
    wanted = sorted({address.strip().lower() for address in addresses})
    found = {}
    for some in chunks(wanted):
        rows = session.scalars(select(UndeliverableAddress).where(UndeliverableAddress.address.in_(some)))
        found |= {row.address: row for row in rows}
    return found


def _flagged(session: Session, address: str) -> UndeliverableAddress | None:
    return session.scalar(select(UndeliverableAddress).where(UndeliverableAddress.address == address))
