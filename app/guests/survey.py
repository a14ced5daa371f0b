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
from app.language import gettext as _
from app.markdown import markdown
from app.surveys.answering import shown
from app.surveys.models import Survey
from app.surveys.sheets import asked, closes, has_answered, sheet_of


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
        closed=local_now(guest.event, at) > closing.replace(tzinfo=None),
        done=has_answered(session, survey, guest.person.id) if survey.anonymous else saved is not None,
        saved=values,
        answered=len(values),
        shown=len(shown(asked(survey), values)),
        introduction=markdown(survey.introduction, below=2),
        promise=promise_words(survey, represented_by(guest)),
    )


def promise_words(survey: Survey, represented: str) -> str:
    """Return what is said before answering: who will see what. It is kept by the tables themselves."""
    if survey.anonymous:
        return _(
            "The survey is anonymous. Your answers are stored without your name, so nobody can tell which ones are "
            "yours; it is only known that you have answered. Results of fewer than five answers are not shown."
        )
    if survey.attribution == "person":
        return _("Your answers are shown with your name in the summary that goes to the participants.")
    if represented:
        sentence = _("The summary shows your answers as those of %(represented)s. The secretariat sees your name.")
        return sentence % {"represented": represented}
    return _("The summary shows your answers without your name. The secretariat sees your name.")
