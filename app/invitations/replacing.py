"""What a substitute and the one who sent them are told when the other answers otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.notices import named, needed_again_words, not_needed_words, send_notice, substitute_declined_words
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitee_by_id
from app.invitees.seating import end_offers
from app.invitees.substitutes import no_longer_needed
from app.settings import Settings


def withdraw_substitutes(
    session: Session, settings: Settings, event: Event, substitutes: Iterable[Invitee], answer: Response, at: datetime
) -> None:
    """Let go those who came in somebody's place, down the line: the answer is the one by which they are not needed."""
    substitutes = list(substitutes)
    end_offers(session, [one.id for one in substitutes], "withdrawn", at)
    no_longer_needed(session, substitutes, source=answer.source, at=at)
    for substitute in substitutes:
        withdraw_substitute(session, settings, event, substitute, answer, at)


def withdraw_substitute(
    session: Session, settings: Settings, event: Event, substitute: Invitee, answer: Response, at: datetime
) -> None:
    """Tell one substitute that their place is no longer needed, once for the answer that makes it so."""
    told = invitee_by_id(session, event.id, substitute.id)
    sender = invitee_by_id(session, event.id, answer.invitee_id).person.name
    key = f"not-needed/{substitute.id}/{named(answer.id, answer.responded_at)}"
    send_notice(session, settings, event, told, lambda: not_needed_words(event, sender), key=key, at=at)


def ask_substitute_again(
    session: Session, settings: Settings, event: Event, substitute: Invitee, answer: Response, at: datetime
) -> None:
    """Tell one who was invited as a substitute before that they are needed after all, by this answer."""
    told = invitee_by_id(session, event.id, substitute.id)
    sender = invitee_by_id(session, event.id, answer.invitee_id).person.name
    key = f"needed-again/{substitute.id}/{named(answer.id, answer.responded_at)}"
    send_notice(session, settings, event, told, lambda: needed_again_words(event, sender), key=key, at=at)


def tell_sender(
    session: Session,
    settings: Settings,
    event: Event,
    sender: Invitee,
    answer: Response,
    until: datetime | None,
    at: datetime,
) -> None:
    """Tell who sent a substitute that these cannot come, by this answer; until: so long their seat is kept for them."""
    told = invitee_by_id(session, event.id, sender.id)
    substitute = invitee_by_id(session, event.id, answer.invitee_id).person.name
    key = f"substitute-declined/{named(answer.id, answer.responded_at)}"
    send_notice(
        session, settings, event, told, lambda: substitute_declined_words(event, substitute, until), key=key,
        at=at,
    )  # fmt: skip
