"""Personal links: all renewed at once, when they may be in the wrong hands."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened


def renew(args: argparse.Namespace) -> None:
    """Derive all links and codes anew with a new key, and print how many there are."""
    with opened() as (database, settings), database.session() as session:
        print(renewed_all(session, settings, datetime.now(UTC)))


def renewed_all(session, settings, at: datetime) -> str:
    """Do it, and return what is said."""
    from sqlalchemy import func, select

    from app.links.revoking import renew_all
    from app.mail.models import OutgoingMail

    waits = OutgoingMail.state.in_(("queued", "uncertain")), OutgoingMail.event_id.is_not(None)
    mails = session.scalar(select(func.count(OutgoingMail.id)).where(*waits))
    count = renew_all(session, settings, at)
    return (
        f"{count} links are renewed: none that was sent or printed before opens anything. "
        f"{mails} mails that have not left carry old ones: hold the outbox, and send the invitations again."
    )
