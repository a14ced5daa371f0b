"""The mails in which an issued memo goes out: each to one person, in their language, with a link or with the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.events.models import Event
from app.files.names import safe_name
from app.files.words import size_words
from app.forms import can_be_mailed
from app.invitations.inviting import STAYS_FOR
from app.language import gettext as _
from app.language import speaking
from app.links.links import personal_link
from app.mail.compose import compose, new_message_id
from app.mail.outbox import queue
from app.memos.addressees import Addressee
from app.memos.memos import secretariat_of
from app.memos.models import Issue
from app.settings import Settings

LARGEST = 8_000_000
LARGEST_IN_ALL = 100_000_000


def refuse_large(size: int, copies: int) -> None:
    """Raise Invalid where a file of this size is too large to travel in a mail, or in so many of them."""
    words = {"size": size_words(size), "most": size_words(LARGEST)}
    if size > LARGEST:
        said = _("The PDF is %(size)s, and many mail servers take no more than %(most)s. Send the link.") % words
        raise Invalid([("carries", said)])
    if size * copies > LARGEST_IN_ALL:
        words = {"num": copies, "size": size_words(size * copies)}
        raise Invalid([("carries", _("The file would go out %(num)s times, %(size)s in all. Send the link.") % words)])


def send_copies(
    session: Session, settings: Settings, event: Event, issue: Issue, addressees: Sequence[Addressee], pdf: bytes,
    *, at: datetime,
) -> int:  # fmt: skip
    """Queue the mail of each addressee who has an address; returns how many were queued. Twice queues nothing more.

    They stay for a minute, in which `app.memos.taking_back` gets them all.
    """
    queued = 0
    with speaking(event.language):
        sender = secretariat_of(event)
    files = [(safe_name(f"{issue.title}.pdf"), "application/pdf", pdf)] if issue.carries == "file" else []
    for one in addressees:
        if not can_be_mailed(one.person.email):
            continue
        language = one.person.language or event.language
        link = personal_link(session, settings, event_id=event.id, person_id=one.person.id, purpose="papers", anew=True)
        message = compose(
            settings, letter="memo", language=language, to_name=one.person.name, to_address=one.person.email,
            message_id=new_message_id(settings), at=at, attachments=files,
            context={
                "event": event, "issue": issue, "field": one.field, "reached_by": one.reached_by, "link": link,
                "name": one.person.name, "sender": sender,
            },
        )  # fmt: skip
        sent = queue(
            session, settings, key=f"{keys_of(issue)}{one.person.id}", kind="memo", event_id=event.id,
            person=one.person, message=message, at=at, due_at=at + STAYS_FOR,
        )  # fmt: skip
        queued += sent is not None
    return queued


def keys_of(issue: Issue) -> str:
    """What the keys of an issue's mails begin with."""
    return f"memo:{issue.id}:"
