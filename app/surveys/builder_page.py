"""The builder's page, as every press on it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app import dates
from app.accounts.models import Account
from app.agenda.queries import dealt_with
from app.desk.line import event_line
from app.drafts.offering import offering
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import hold
from app.language import gettext as _
from app.surveys.building import rows_of, sections_of
from app.surveys.conditions import conditions
from app.surveys.hiding import hiding
from app.surveys.models import Question, Survey
from app.surveys.options import other_words
from app.surveys.reading import question_values, survey_values
from app.surveys.sheets import begun, event_survey, survey_of
from app.surveys.translating import missing, texts_of
from app.surveys.usage import Used, use_of
from app.surveys.versions import how_many_versions
from app.surveys.words import kind_examples, kinds
from app.web import Form, is_htmx, redirect, render

FIRST_KIND = "long_text"
EMPTY = dict.fromkeys(("text", "choices", "help"))  # a new question of which nothing is written yet


@dataclass
class Desk:
    """Who edits which event's survey, and when."""

    request: Request
    session: Session
    account: Account
    event: Event
    at: datetime

    def held_survey(self) -> Survey:
        """Return the survey as nobody else edits it until this request ends; raises NotFound."""
        hold(self.session, self.event.id)
        return event_survey(self.session, self.event)

    def done(self, *, flash: str | None = None, **shown: Any) -> Response:
        """Answer a press that has been done: to htmx with the page as it is now, else lead back to it."""
        if is_htmx(self.request):
            return page(self, said=flash, **shown)
        here = self.request.app.url_path_for("survey", event_id=self.event.id)
        return redirect(self.request, here, flash=flash)


def question_by_id(survey: Survey, question_id: int) -> Question:
    """Return one question of a survey; raises NotFound, also for another survey's."""
    for question in survey.questions:
        if question.id == question_id:
            return question
    raise NotFound


def page(
    desk: Desk, *, edit: int = 0, writing: Form | None = None, new: Form | None = None, about: Form | None = None,
    write_on: bool = False, saved: bool = False,
    refused: str | None = None, said: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """Return the builder. edit: the question whose form stands open; new and about: the forms of a new question and of
    the survey itself where they were refused; refused: why the questions cannot stand in the wanted order."""
    session, event = desk.session, desk.event
    survey = survey_of(session, event.id)
    shown = {"event": event, "survey": survey, "stages": event_line(session, event, desk.at), "said": said}
    if survey:
        edited = next((question for question in survey.questions if question.id == edit), None)
        shown |= _questions(desk, survey, edited, writing, new)
        shown |= _about(desk, survey, about, saved=saved)
        shown |= {"write_on": write_on or (edited is not None and writing is None), "refused": refused}
    return render(desk.request, "surveys/survey.html", block="survey", status=status, account=desk.account, **shown)


def _questions(
    desk: Desk, survey: Survey, edited: Question | None, writing: Form | None, new: Form | None
) -> dict[str, Any]:
    use, app = use_of(desk.session, survey, edited) if edited is not None else Used(False), desk.request.app
    here = app.url_path_for("survey", event_id=desk.event.id)
    if edited is not None and writing is None:
        stored = question_values(edited, used=use.answered)
        sent_to = app.url_path_for("survey_question", event_id=desk.event.id, question_id=edited.id)
        writing = offering(desk.request, desk.session, Form(stored), stored, sent_to, here)
    elif edited is None and new is None:
        sent_to = app.url_path_for("survey_questions", event_id=desk.event.id)
        new = offering(desk.request, desk.session, Form({"kind": FIRST_KIND}), EMPTY, sent_to, here)
    return {
        "edit": edited.id if edited is not None else 0,
        "writing": writing,
        "new": new or Form({"kind": FIRST_KIND}),
        "use": use,
        "rows": list(rows_of(survey)),
        "sections": sections_of(survey),
        "kinds": kinds(),
        "other_words": other_words(survey.language),
        "examples": kind_examples(),
        "conditions": conditions(survey, edited),
        "items": [("", _("None")), *((item.id, item.title) for item in dealt_with(desk.session, desk.event.id))],
    }


def _about(desk: Desk, survey: Survey, about: Form | None, *, saved: bool) -> dict[str, Any]:
    stored, sent_to = survey_values(survey), desk.request.app.url_path_for("survey", event_id=desk.event.id)
    return {
        "about": about or offering(desk.request, desk.session, Form(stored), stored, sent_to),
        "saved_at": dates.in_zone(desk.at, desk.event.time_zone) if saved else None,
        "answered": begun(desk.session, survey.id),
        "versions": how_many_versions(desk.session, survey),
        "hiding": hiding(desk.session, desk.event, survey.least),
        "missing": missing(survey),
        "texts": len(list(texts_of(survey))),
    }
