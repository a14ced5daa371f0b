"""What all mails of one mailing share, frozen when it is sent: the letters, the event's facts, and the words that are
the same for everybody, in each language that somebody reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.change_words import changes_words
from app.invitations.changes import Change, asks_anew, told_of
from app.invitations.facts import deadline_words, general_values, programme_lines
from app.invitations.letters import Letter
from app.language import gettext as _
from app.language import speaking, spoken
from app.mail.models import Mailing
from app.people.words import body_name
from app.settings import Settings

METHODS = {"invitation": "REQUEST", "update": "REQUEST", "cancellation": "CANCEL"}


@dataclass(frozen=True)
class Purpose:
    """Why a mailing is sent: its kind (app/mail/models.py), the letter in each language, what has changed where it
    tells so, the words of its
    button, and what it tells beside the event's own facts."""

    kind: str
    letters: Mapping[str, Letter]
    button: str = ""
    changes: tuple[Change, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)


def freeze_mailing(
    session: Session, settings: Settings, event: Event, purpose: Purpose, contacts: Sequence[tuple[str, str]], *,
    at: datetime, by: str | None = None,
) -> Mailing:  # fmt: skip
    """Store a mailing, without its mails, and return it."""
    frozen: dict[str, Any] = {
        "method": METHODS.get(purpose.kind),
        "organiser": [settings.mail_name, settings.mail_from],
        "reply_to": list(contacts[0]),
        "event": told_of(event, programme_lines(session, event)) | purpose.told,
        "event_id": event.id,
        "changes": [change.what for change in purpose.changes],
        "asks_anew": asks_anew(purpose.changes),
        "letters": {language: [letter.subject, letter.body] for language, letter in purpose.letters.items()},
        "words": {},
    }
    for language in purpose.letters:
        with speaking(language):
            frozen["words"][language] = general_words(event, purpose, contacts)
    mailing = Mailing(event_id=event.id, kind=purpose.kind, made_at=at, made_by=by, frozen=frozen)
    session.add(mailing)
    session.flush()
    return mailing


def general_words(event: Event, purpose: Purpose, contacts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What is the same for everybody who reads this language: what fills placeholders, and what stands beside the
    letter.

    `description` is the calendar entry's, with {group} and {link} still to be filled in.
    """
    convener, deadline = body_name(event.convener, spoken()), deadline_words(event)
    called_off = purpose.kind == "cancellation"
    description = [
        _("Convened by: %(convener)s") % {"convener": convener},
        _("You represent: {group}"),
        _("Online: %(url)s") % {"url": event.online_url} if event.online_url else "",
        _("Please answer by %(deadline)s.") % {"deadline": deadline} if deadline else "",
        _("Your answer, the programme and the papers: {link}"),
    ]
    return {
        **general_values(event, contacts),
        "changes": changes_words(purpose.changes, event.time_zone),
        "button": _(purpose.button) if purpose.button else "",
        "description": _("This entry is cancelled.") if called_off else "\n".join(filter(None, description)),
    }
