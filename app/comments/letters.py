"""The mails of a round: the asking, one reminder, and what became of each reader's comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.comments.models import CommentReader, CommentRound
from app.comments.told import outcomes_of
from app.dates import in_zone
from app.distribution.resolving import Contact
from app.events.models import Event
from app.forms import can_be_mailed
from app.language import speaking
from app.links.links import address_of, links_of
from app.mail.compose import compose, new_message_id
from app.mail.outbox import queue
from app.memos.memos import secretariat_of
from app.people.models import Person
from app.settings import Settings

LETTERS = {"asked": "comments", "reminded": "comments/reminder", "told": "comments/told"}


def send_asked(
    session: Session, settings: Settings, event: Event, held: CommentRound, people: Sequence[Contact], *, at: datetime
) -> int:
    """Queue the mail that asks each reader to comment; returns how many were queued."""
    return _send(session, settings, event, held, "asked", dict.fromkeys(people, {}), at)


def send_reminders(
    session: Session, settings: Settings, event: Event, held: CommentRound, readers: Sequence[CommentReader], *,
    at: datetime,
) -> int:  # fmt: skip
    """Queue a reminder to some readers of a loaded round; returns how many were queued."""
    return _send(session, settings, event, held, "reminded", {reader.person: {} for reader in readers}, at)


def send_told(session: Session, settings: Settings, event: Event, held: CommentRound, *, at: datetime) -> int:
    """Queue to each reader who has commented what became of theirs; returns how many were queued."""
    told = {}
    for reader in held.readers:
        if reader.comments:
            with speaking(reader.person.language or event.language):
                told[reader.person] = {"outcomes": outcomes_of(held, reader)}
    return _send(session, settings, event, held, "told", told, at)


def _send(
    session: Session, settings: Settings, event: Event, held: CommentRound, why: str,
    own: Mapping[Contact | Person, Mapping[str, Any]], at: datetime,
) -> int:  # fmt: skip
    """own: by recipient, the words that are theirs alone. Twice for one reason queues nothing more."""
    with speaking(event.language):
        sender = secretariat_of(event)
    people = [person for person in own if can_be_mailed(person.email)]
    links = links_of(
        session, settings, event_id=event.id, person_ids=[person.id for person in people], purpose="comments",
        anew=why == "asked",
    )  # fmt: skip
    queued = 0
    for person in people:
        link = address_of(settings, links[person.id], "comments")
        facts = letter_facts(event, held, sender=sender, name=person.name, link=link)
        message = compose(
            settings, letter=LETTERS[why], language=person.language or event.language, to_name=person.name,
            to_address=person.email, message_id=new_message_id(settings), at=at, context=facts | own[person],
        )  # fmt: skip
        key = f"comments:{held.id}/{why}:{person.id}"
        queued += bool(
            queue(session, settings, key=key, kind="comments", event_id=event.id, person=person, message=message, at=at)
        )
    return queued


def letter_facts(event: Event, held: CommentRound, *, sender: str, name: str, link: str) -> dict[str, Any]:
    """What each letter of a round says."""
    return {
        "event": event, "title": held.draft["title"], "note": held.note, "sender": sender, "name": name, "link": link,
        "closes_at": in_zone(held.closes_at, event.time_zone),
    }  # fmt: skip
