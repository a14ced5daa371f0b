"""The survey as one guest meets it: open or closed, answered or not, and what is promised about the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.guests.letter import local_now, represented_by
from app.guests.opening import Guest
from app.markdown import markdown
from app.surveys.answering import shown
from app.surveys.models import Survey
from app.surveys.sheets import asked, closes, has_answered, sheet_of
from app.surveys.wording import said
from app.surveys.words import promise_words


@dataclass(frozen=True)
class SurveyState:
    """answered and shown count the questions that this guest has answered, and sees."""

    closes: datetime
    closed: bool
    done: bool
    saved: Mapping[int, Any]
    answered: int
    shown: int
    introduction: Markup
    promise: str


def survey_state(session: Session, guest: Guest, survey: Survey, at: datetime) -> SurveyState:
    """Return where a guest and the survey stand; one query."""
    closing = closes(survey, guest.event.starts_at)
    saved = None if survey.anonymous else sheet_of(session, survey, guest.person.id)
    values = saved or {}
    return SurveyState(
        closes=closing,
        closed=guest.event.cancelled_at is not None or local_now(guest.event, at) > closing.replace(tzinfo=None),
        done=has_answered(session, survey, guest.person.id) if survey.anonymous else saved is not None,
        saved=values,
        answered=len(values),
        shown=len(shown(asked(survey), values)),
        introduction=markdown(said(survey, "introduction"), below=2),
        promise=promise_words(survey, represented_by(guest)),
    )
