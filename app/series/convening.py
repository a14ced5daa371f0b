"""The form by which the next event is convened from another: what it proposes, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.errors import Invalid
from app.events.details import form_values, read_details
from app.events.models import TAKES_PLACE, Event
from app.forms import Reading
from app.series.intervals import Proposal, finnish_holiday, next_day

ASKED = ("title", "date", "starts", "ends", "place", "online_url", "series")  # the rest is as it was
MOST_DAYS = 366


def proposal_for(session: Session, source: Event, today: date) -> Proposal:
    """Propose the day of the next event, by those of the same series that were held or are to be held."""
    days = days_of_series(session, source) if source.series else []
    if not days:
        days = [today if source.template else source.starts_at.date()]
    finnish = source.time_zone in ("Europe/Helsinki", "Europe/Mariehamn")
    return next_day(days, today, holidays=finnish_holiday if finnish else None)


def days_of_series(session: Session, source: Event) -> list[date]:
    """Return the first days of the events of the same series in order, each once, without those that are cancelled."""
    query = select(Event.starts_at).where(TAKES_PLACE, Event.series == source.series, Event.cancelled_at.is_(None))
    return sorted({starts.date() for starts in session.scalars(query)})


def proposed_values(source: Event, proposal: Proposal) -> dict[str, Any]:
    """Return what the form shows before anything is typed."""
    shown = form_values(source)
    values = {name: shown[name] for name in ASKED}
    answers_by = shown["deadline"]
    before = (source.starts_at.date() - date.fromisoformat(answers_by)).days if answers_by else None
    return values | {
        "date": proposal.day.isoformat(),
        "deadline_days": before,
        "parts": ["agenda", "survey", "letters", "memo"],
        "people": "none",
    }


def read_next(posted: FormData, source: Event) -> dict[str, Any]:
    """Return the columns of the new event; raises Invalid with every problem at its field.

    It lasts as many days as the other one, and answers are due so many days before it as the form says.
    """
    typed = {name: str(posted.get(name, "")) for name in ASKED}
    reading = Reading(posted)
    before = reading.whole("deadline_days", least=0, most=MOST_DAYS)
    day = _day(typed["date"])
    span = (source.ends_at.date() - source.starts_at.date()).days if source.ends_at else 0
    shown = form_values(source) | typed | {"case_number": None}
    shown |= {"last_date": day + timedelta(span) if day and span else None}
    shown |= {"deadline": day - timedelta(before) if day and before is not None else None}
    shown |= {"deadline_time": shown["deadline_time"] if before is not None else None}
    fields = FormData([(name, "" if value is None else str(value)) for name, value in shown.items()])
    try:
        values = read_details(fields, [source.convener_id])
    except Invalid as error:
        raise Invalid(reading.problems + _at_our_fields(error.problems)) from error
    reading.done()
    return values


def _day(text: str) -> date | None:
    reading = Reading(FormData([("date", text)]))
    return reading.day("date")


def _at_our_fields(problems: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    ours = {"deadline": "deadline_days", "deadline_time": "deadline_days", "last_date": "date"}
    return [(ours.get(place, place), sentence) for place, sentence in problems]
