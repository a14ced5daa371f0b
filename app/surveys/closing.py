"""Whether a survey takes no more answers."""

from __future__ import annotations

from datetime import datetime

from app import dates
from app.events.models import Event
from app.surveys.models import Survey
from app.surveys.sheets import closes


def has_closed(survey: Survey, event: Event, at: datetime) -> bool:
    """Whether a survey has closed at a moment: by its own time, by the event's start, or as the event is cancelled."""
    now = dates.in_zone(at, event.time_zone).replace(tzinfo=None)
    return event.cancelled_at is not None or now > closes(survey, event.starts_at).replace(tzinfo=None)
