"""The daily mail with the anchor of the trail, to whoever keeps it outside."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.audit.chain import Anchor
from app.dates import HOME_ZONE
from app.language import preferred
from app.mail.compose import compose, new_message_id
from app.mail.models import OutgoingMail
from app.mail.outbox import Outsider, queue
from app.settings import Settings


def mail_anchor(session: Session, settings: Settings, head: Anchor, at: datetime) -> None:
    """Queue the mail of a day, by our own calendar, to where the installation says; one, however often it is asked."""
    key = f"anchor/{dates.in_zone(at, HOME_ZONE).date().isoformat()}"
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None:
        return
    keeper = Outsider(settings.mail_name, settings.audit_mail or "")
    message = compose(
        settings, letter="anchor", language=preferred(None, ""), to_name="", to_address=keeper.email,
        message_id=new_message_id(settings), at=at, automatic=True,
        context={"anchor": head.words(), "number": head.number, "at": at, "address": settings.base_url},
    )  # fmt: skip
    queue(session, settings, key=key, kind="account", event_id=None, person=keeper, message=message, at=at)
