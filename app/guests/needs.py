"""What the invitee's page shows of what they need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.dates import in_zone, instant_of
from app.events.models import Event
from app.guests.letter import Reply, reply_of
from app.guests.opening import Guest
from app.invitees.answering import hold_answer
from app.invitees.rsvp import Standing
from app.needs.keeping import asks, said_by
from app.needs.kinds import Said
from app.needs.words import access_choices, diet_choices, need_words
from app.settings import Settings
from app.web import Form

NOT_COMING = (Standing.DECLINED, Standing.SUBSTITUTE, Standing.WITHDRAWN)


@dataclass(frozen=True)
class NeedsShown:
    """said_at: when they agreed, None where nothing is kept; open: whether more may be said."""

    form: Form
    said_at: datetime | None
    words: str
    open: bool
    diet: list[tuple[str, str]]
    access: list[tuple[str, str]]
    days: int
    erased_on: date


def needs_of(
    session: Session, settings: Settings, guest: Guest, reply: Reply, at: datetime, form: Form | None
) -> NeedsShown | None:
    """Return what the page shows, None where the event asks nothing or they do not come; one query where it does."""
    event = guest.event
    if not asks(event):
        return None
    said, said_at = said_by(session, settings, guest.invitee)
    stays = _are_heard(event, reply, at)
    if said_at is None and not stays:
        return None
    days = settings.keeps["needs"]
    return NeedsShown(
        form=form or Form(said.as_json()),
        said_at=said_at and in_zone(said_at, event.time_zone),
        words=_words(said),
        open=stays,
        diet=diet_choices(),
        access=access_choices(),
        days=days,
        erased_on=(event.ends_at or event.starts_at).date() + timedelta(days=days),
    )


def may_say(session: Session, guest: Guest, at: datetime) -> bool:
    """Whether an invitee may say what they need: the event asks and has not begun, and they have not answered that they
    do not come; whoever answers just now is waited for."""
    hold_answer(session, guest.invitee.id)
    return asks(guest.event) and _are_heard(guest.event, reply_of(session, guest, at), at)


def _are_heard(event: Event, reply: Reply, at: datetime) -> bool:
    begun = at >= instant_of(event.starts_at, event.time_zone)
    return not begun and reply.standing not in NOT_COMING


def _words(said: Said) -> str:
    named = [need_words()[code] for code in (*said.diet, *said.access)]
    return ", ".join([*named, *filter(None, (said.diet_words, said.access_words))])
