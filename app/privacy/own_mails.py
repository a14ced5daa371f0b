"""Of a mail that came, what is one person's: all of what they sent, else only what it says of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, or_, update
from sqlalchemy.orm import Session

from app.inbox.masking import whole_text, without_links
from app.inbox.models import IncomingMail
from app.mail.sealing import unseal
from app.sealing import Unreadable
from app.settings import Settings

WHICH = ("id", "kind", "arrived_at", "event_id")
# what a mail that somebody else sent says of one: who answers by a calendar, who shall come instead
SAID_OF = {
    "attendee": ("attendee", "status", "given_at", "proposed_start", "proposed_end"),
    "delegated_to": ("delegated_to", "delegate_name"),
}
# what goes with it where one is erased; whom they handed it on to is what they said
LOST_WITH = {
    "attendee": (
        "attendee", "status", "comment", "delegated_to", "delegate_name", "proposed_start", "proposed_end",
    ),
    "delegated_to": SAID_OF["delegated_to"],
}  # fmt: skip
ALONE = {"synchronize_session": False}


def own_mail(settings: Settings, row: dict[str, Any], email: str) -> dict[str, Any]:
    """Return of a mail's row what is given to whom an address belongs: no link, and nothing that others wrote."""
    if _is(row["sender"], email):
        words = {name: without_links(value) if isinstance(value, str) else value for name, value in row.items()}
        return words | {"content": _opened(settings, row)}
    names = {name for column, said in SAID_OF.items() if _is(row[column], email) for name in said}
    return {name: value for name, value in row.items() if name in names or name in WHICH}


def forget_mails(session: Session, email: str, secretariat_id: int) -> int:
    """Erase what a secretariat's mails have of an address; returns how many they were. Those that others sent stay
    without it, and without the mail itself, whose bytes name it."""
    kept = IncomingMail.kept_by(secretariat_id)
    sent = delete(IncomingMail).where(_has(IncomingMail.sender, email), kept)
    erased = session.execute(sent, execution_options=ALONE).rowcount
    named = or_(*(_has(getattr(IncomingMail, column), email) for column in SAID_OF))
    words = {name: _unless_written(getattr(IncomingMail, name), email) for name in ("subject", "comment")}
    change = update(IncomingMail).where(named, kept).values(content=b"", **words)
    erased += session.execute(change, execution_options=ALONE).rowcount
    for column, names in LOST_WITH.items():
        lost = update(IncomingMail).where(_has(getattr(IncomingMail, column), email), kept)
        session.execute(lost.values(dict.fromkeys(names)), execution_options=ALONE)
    return erased


def _opened(settings: Settings, row: dict[str, Any]) -> str | None:
    try:
        return whole_text(unseal(settings.secret, row["content"], row["digest"]))
    except Unreadable:
        return None


def _is(address: str | None, email: str) -> bool:
    return (address or "").lower() == email.lower()


def _unless_written(column, email: str) -> ColumnElement:
    return case((func.lower(column).contains(email.lower(), autoescape=True), None), else_=column)


def _has(column, email: str) -> ColumnElement[bool]:
    return func.lower(column) == email.lower()
