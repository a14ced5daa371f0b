"""An event at a glance while it is being prepared: its agenda, its survey, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.agenda.lines import Line, programme_of
from app.agenda.timetable import overrun
from app.desk.figures import deadline_of, seen_from
from app.desk.words import lack_words
from app.events.details import PUBLIC
from app.events.models import Event
from app.events.readiness import Lack, Prepared, lacks
from app.markdown import markdown
from app.surveys.models import Survey
from app.surveys.sheets import survey_of
from app.surveys.wording import said


@dataclass(frozen=True)
class Overview:
    rows: list[Line]
    over: int
    survey: Survey | None
    questions: list[str]
    lacks: list[tuple[Lack, str]]
    deadline: date | datetime | None
    background: Markup

    @property
    def stopped(self) -> bool:
        return any(lack.stops for lack, _words in self.lacks)


def overview_of(session: Session, event: Event, at: datetime) -> Overview:
    """Return what the page of an event shows beside its details; at most five queries."""
    lines = programme_of(session, event)
    survey = survey_of(session, event.id)
    asked = [one for one in survey.questions if one.kind != "section" and not one.retired] if survey else []
    slots = [line.slot for line in lines]
    over = overrun(slots, event.starts_at, event.ends_at, event.time_zone) or 0
    prepared = Prepared(
        ends=event.ends_at is not None,
        place=bool(event.place),
        online=bool(event.online_url),
        background=bool(event.background),
        deadline=bool(event.rsvp_deadline),
        public=event.confidentiality == PUBLIC,
        items=len(lines),
        over=over,
        gaps=sum(slot.gap for slot in slots),
        overlaps=sum(slot.overlap for slot in slots),
        questions=len(asked) if survey else None,
        survey_closes=survey.closes_at.replace(tzinfo=None) if survey and survey.closes_at else None,
        starts=event.starts_at.replace(tzinfo=None),
        days=seen_from(event, at).days,
        term_ends=event.convener.term_ends,
    )
    return Overview(
        rows=lines,
        over=over,
        survey=survey,
        questions=[said(question, "text") for question in asked],
        lacks=[(lack, lack_words(lack)) for lack in lacks(prepared)],
        deadline=deadline_of(event),
        background=markdown(event.background, below=3),
    )
