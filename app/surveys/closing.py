"""Whether a survey takes no more answers; an anonymous one whose results can be seen never takes any again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app import dates
from app.errors import Invalid
from app.events.models import Event
from app.language import gettext as _
from app.surveys.figures import sheet_counts
from app.surveys.models import Survey
from app.surveys.sheets import closes


def has_closed(survey: Survey, event: Event, at: datetime) -> bool:
    """Whether a survey has closed at a moment: by its own time, by the event's start, or as the event is cancelled.

    Of an anonymous one the last does not count: the event may take place after all, and what is answered then would be
    the difference between two looks.
    """
    cancelled = event.cancelled_at is not None and not survey.anonymous
    return cancelled or at > dates.instant_of(closes(survey, event.starts_at), event.time_zone)


def keep_closed(session: Session, survey: Survey, event: Event) -> None:
    """Give an anonymous survey that closes as its event begins that time as its own, with the first sheet that is sent:
    an event that is moved would open it again once its results have been seen."""
    if survey.anonymous and survey.closes_at is None:
        mine = Survey.id == survey.id, Survey.closes_at.is_(None)
        session.execute(update(Survey).where(*mine).values(closes_at=event.starts_at))


def refuse_to_reopen(session: Session, survey: Survey, event: Event, closes_at: datetime | None, at: datetime) -> None:
    """Raise Invalid at `closes_at` for another closing of an anonymous survey whose results could be seen already."""
    if closes_at == survey.closes_at or not survey.anonymous or not has_closed(survey, event, at):
        return
    if sheet_counts(session, survey, closed=True)[0] >= survey.least:
        sentence = _(
            "The survey is anonymous and has closed, and its results can be seen. It cannot be opened again: what is "
            "answered later could be told apart from them."
        )
        raise Invalid([("closes_at", sentence)])
