"""The addresses of a survey: its builder, and its preview as the invitee sees it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app import dates
from app.access import Now, Signed
from app.agenda.queries import agenda_of
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.language import gettext as _
from app.markdown import markdown
from app.surveys.editing import (
    add_question,
    begin_survey,
    change_question,
    change_survey,
    is_answered,
    move_question,
    remove_question,
)
from app.surveys.models import Question, Survey
from app.surveys.reading import (
    conditions,
    question_values,
    read_question,
    read_survey,
    survey_values,
)
from app.surveys.sheets import closes, event_survey, survey_of
from app.surveys.showing import notes_of
from app.surveys.wording import said
from app.surveys.words import kinds, promise_words
from app.web import Form, Posted, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey")


@router.get("", name="survey")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, edit: int = 0):
    return _page(request, session, account, event, at, edit=edit)


@router.post("")
def change(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    begun = begin_survey(session, event)
    survey = survey_of(session, event.id) or begun
    try:
        if "promise" in posted:
            change_survey(session, survey, read_survey(event, survey, posted))
    except Invalid as error:
        return _page(request, session, account, event, at, about=Form(posted, error.problems), status=422)
    return _done(request, session, account, event, at, saved="promise" in posted)


@router.post("/questions", name="survey_questions")
def add(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    survey = event_survey(session, event)
    try:
        values, choices = read_question(survey, agenda_of(session, event.id), posted)
    except Invalid as error:
        return _page(request, session, account, event, at, new=Form(posted, error.problems), status=422)
    add_question(session, survey, values, choices)
    return _done(request, session, account, event, at, write_on=True)


@router.post("/questions/{question_id:int}", name="survey_question")
def edit(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, question_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    survey = event_survey(session, event)
    question = _question(survey, question_id)
    try:
        values, choices = read_question(survey, agenda_of(session, event.id), posted, question)
        change_question(session, question, values, choices)
    except Invalid as error:
        form = Form(posted, error.problems)
        return _page(request, session, account, event, at, edit=question_id, form=form, status=422)
    return _done(request, session, account, event, at)


@router.post("/questions/{question_id:int}/move", name="survey_move")
def move(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, question_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    survey = event_survey(session, event)
    move_question(session, survey, _question(survey, question_id), -1 if posted.get("steps") == "-1" else 1)
    return _done(request, session, account, event, at)


@router.post("/questions/{question_id:int}/removal", name="survey_removal")
def remove(request: Request, session: DbSession, account: Signed, event: RequestedEvent, question_id: int, at: Now):
    survey = event_survey(session, event)
    remove_question(session, survey, _question(survey, question_id))
    return _done(request, session, account, event, at)


@router.get("/preview", name="survey_preview")
def preview(request: Request, session: DbSession, account: Signed, event: RequestedEvent) -> Response:
    survey, form = event_survey(session, event), Form()
    shown = {"survey": survey, "survey_form": form, "survey_notes": notes_of(survey, form, {})}
    shown |= {
        "closes": closes(survey, event.starts_at),
        "introduction": markdown(said(survey, "introduction"), below=1),
    }
    shown["promise"] = promise_words(survey, _("the group that you represent"))
    return render(request, "surveys/preview.html", account=account, event=event, **shown)


def _question(survey: Survey, question_id: int) -> Question:
    for question in survey.questions:
        if question.id == question_id:
            return question
    raise NotFound


def _done(request: Request, session: Session, account, event, at, *, write_on=False, saved=False):
    if is_htmx(request):
        return _page(request, session, account, event, at, write_on=write_on, saved=saved)
    flash = _("The survey is saved.") if saved else None
    return redirect(request, request.app.url_path_for("survey", event_id=event.id), flash=flash)


def _page(
    request: Request, session: Session, account, event, at, *, edit=0, form=None, new=None, about=None, write_on=False,
    saved=False, status=200,
):  # fmt: skip
    survey = survey_of(session, event.id)
    shown = {"event": event, "survey": survey, "stages": event_line(session, event, at)}
    if survey:
        edited = next((question for question in survey.questions if question.id == edit), None)
        if edited and form is None:
            form, write_on = Form(question_values(edited)), True
        now = dates.in_zone(at, event.time_zone)
        shown |= {"edit": edited.id if edited else 0, "form": form, "new": new or Form({"kind": "long_text"})}
        shown |= {"about": about or Form(survey_values(survey)), "kinds": kinds(), "write_on": write_on}
        shown |= {"conditions": conditions(survey, edited), "notes": notes_of(survey, Form(), {})}
        shown |= {"items": agenda_of(session, event.id), "saved_at": now if saved else None}
        shown |= {"answered": is_answered(session, survey)}
    return render(request, "surveys/survey.html", block="survey", status=status, account=account, **shown)
