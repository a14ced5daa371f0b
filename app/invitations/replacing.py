"""What a substitute and the one who sent them are told when the other answers otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.calling_off import let_go
from app.invitations.notices import named, send_notice, substitute_declined_words
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitee_by_id
from app.invitees.seating import end_offers
from app.invitees.substitutes import called, no_longer_needed
from app.needs.keeping import take_back
from app.settings import Settings


def withdraw_substitutes(
    session: Session, settings: Settings, event: Event, substitutes: Iterable[Invitee], answer: Response, at: datetime
) -> None:
    """Let go those who came in somebody's place, down the line: the answer is the one by which they are not needed."""
    substitutes = list(substitutes)
    if not substitutes:
        return
    end_offers(session, [one.id for one in substitutes], "withdrawn", at)
    no_longer_needed(session, substitutes, source=answer.source, at=at)
    sender = invitee_by_id(session, event.id, answer.invitee_id)
    for substitute in substitutes:
        take_back(session, substitute)  # who does not come needs nothing
        let_go(session, settings, event, substitute, sender, at=at)


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
    substitute = called(session, sender.id, answer.invitee_id)
    key = f"substitute-declined/{named(answer.id, answer.responded_at)}"
    send_notice(
        session, settings, event, told, lambda: substitute_declined_words(event, substitute, until), key=key,
        at=at,
    )  # fmt: skip
