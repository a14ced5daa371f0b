"""From where questions can be copied: templates first, then other events' surveys, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, selectinload

from app.errors import NotFound
from app.events.models import TAKES_PLACE, Event
from app.people.collation import sort_key
from app.surveys.models import Question, Survey

MOST_SHOWN = 30
SOURCE = (
    select(Survey)
    .options(selectinload(Survey.questions).selectinload(Question.choices))
    .where(Survey.id == bindparam("survey_id"))
)


@dataclass(frozen=True)
class Source:
    """A survey that can be copied from: a template's name, or the title and time of its event."""

    id: int
    name: str
    starts_at: datetime | None
    questions: int


def sources_for(session: Session, event: Event, words: str = "") -> tuple[list[Source], int]:
    """Return what an event's survey can be copied from, of those whose name has the words, and how many more there
    are than are shown. Surveys without questions are left out."""
    counts = (
        select(Question.survey_id, func.count().label("n"))
        .where(Question.retired.is_(False), Question.kind != "section")
        .group_by(Question.survey_id)
        .subquery()
    )
    query = (
        select(Survey.id, Survey.template_name, Event.title, Event.starts_at, counts.c.n)
        .join(counts, counts.c.survey_id == Survey.id)
        .outerjoin(Event, Event.id == Survey.event_id)
        .where(Survey.event_id.is_distinct_from(event.id), TAKES_PLACE)
        .order_by(Event.starts_at.desc(), Survey.id.desc())
    )
    asked = words.casefold().split()
    found = [
        Source(row.id, row.template_name or row.title, row.starts_at, row.n)
        for row in session.execute(query)
        if all(word in (row.template_name or row.title).casefold() for word in asked)
    ]
    templates = sorted((one for one in found if one.starts_at is None), key=lambda one: (sort_key(one.name), one.id))
    ordered = templates + [one for one in found if one.starts_at is not None]
    return ordered[:MOST_SHOWN], len(ordered[MOST_SHOWN:])


def source_by_id(session: Session, event: Event, survey_id: int) -> tuple[Survey, str]:
    """Return a survey that can be copied from, whole, with its name; raises NotFound, also for the event's own."""
    survey = session.scalar(SOURCE, {"survey_id": survey_id})
    if survey is None or survey.event_id == event.id:
        raise NotFound
    if survey.template_name:
        return survey, survey.template_name
    return survey, session.scalar(select(Event.title).where(Event.id == survey.event_id))
