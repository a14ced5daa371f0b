"""The mails to people of the secretariat about their accounts: an invitation, a link to a new password, a notice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.colleagues import Invited
from app.accounts.models import Account
from app.accounts.tokens import digest
from app.accounts.words import role_words
from app.language import speaking
from app.mail.compose import compose, new_message_id
from app.mail.outbox import Outsider, queue
from app.secretariats.models import Secretariat
from app.settings import Settings


def mail_invitation(session: Session, settings: Settings, invited: Invited, by: str, at: datetime) -> None:
    """Queue the mail that asks a colleague to join."""
    one = invited.invitation
    secretariat = session.get_one(Secretariat, one.secretariat_id)
    with speaking(one.language):
        role = role_words()[one.role]
    facts = {"by": by, "secretariat": secretariat.name, "role": role, "until": one.expires_at}
    link = f"{settings.base_url}/join/{invited.token}"
    _mail(session, settings, "invitation", Outsider(one.name, one.email), one.language, at, link=link, **facts)


def mail_reset(session: Session, settings: Settings, account: Account, token: str, at: datetime) -> None:
    """Queue the mail with the link to a new password."""
    link = f"{settings.base_url}/reset/{token}"
    _mail(session, settings, "reset", Outsider(account.name, account.email), account.language, at, link=link)


def mail_notice(session: Session, settings: Settings, account: Account, what: str, at: datetime) -> None:
    """Queue the mail that tells somebody what was changed in how they sign in: `password`, `passkey`, `passkey_gone`,
    `authenticator`, `authenticator_gone`, `organisation` or `organisation_gone`."""
    reader = Outsider(account.name, account.email)
    link = f"{settings.base_url}/account"
    _mail(session, settings, "notice", reader, account.language, at, link=link, what=what)


def _mail(
    session: Session, settings: Settings, about: str, to: Outsider, language: str, at: datetime, *, link: str,
    **facts: Any,
) -> None:  # fmt: skip
    message_id = new_message_id(settings)
    context = {"about": about, "name": to.name, "link": link, "sender": settings.mail_name, "at": at, **facts}
    message = compose(
        settings, letter="account", language=language, to_name=to.name, to_address=to.email, message_id=message_id,
        at=at, context=context, automatic=True,
    )  # fmt: skip
    key = f"account/{about}/{digest(message_id).hex()[:32]}"
    queue(session, settings, key=key, kind="account", event_id=None, person=to, message=message, at=at)
