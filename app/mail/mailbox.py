"""Which of the sent mails the demo's mailbox shows to whom."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.mail.models import OutgoingMail
from app.secretariats.keeping import is_oldest
from app.secretariats.policy import GOVERN, may
from app.secretariats.scope import see_all

# Who reads one of these signs in, or opens or undoes something, in another's name.
PERSONAL = ("account", "code", "changed")


def shown_to(session: Session, role: str | None, secretariat_id: int | None) -> Select[tuple[OutgoingMail]]:
    """Return the query of the sent mails that somebody may read; role: theirs, None for who is not signed in.

    PERSONAL ones are an owner's alone. Those about no event, which no secretariat keeps, are the oldest one's."""
    sent = select(OutgoingMail).where(OutgoingMail.state == "sent")
    if role is None or not may(role, GOVERN):
        return sent.where(OutgoingMail.kind.not_in(PERSONAL))
    if secretariat_id is not None and is_oldest(session, secretariat_id):
        see_all(session)
        return sent.where(or_(OutgoingMail.event_id.is_(None), OutgoingMail.kept_by(secretariat_id)))
    return sent
