"""The addresses of a survey's questions: added, changed, ordered, retired, removed."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.agenda.queries import dealt_with
from app.desk.line import event_line
from app.errors import Invalid, Refused
from app.forms import key_of
from app.language import gettext as _
from app.surveys.builder_page import Desk, page, question_by_id
from app.surveys.editing import add_question, change_question
from app.surveys.models import Survey
from app.surveys.ordering import move_question, reorder
from app.surveys.reading import question_values, read_question, read_section
from app.surveys.removing import losses, refuse_if_used, remove_question, retire_question
from app.surveys.routes import AtDesk
from app.surveys.sheets import event_survey
from app.surveys.usage import use_of
from app.surveys.versions import earlier_form_kept
from app.web import Form, Posted, checked, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey/questions")


@router.post("", name="survey_questions")
def add(desk: AtDesk, posted: Posted):
    survey = desk.held_survey()
    try:
        values, choices = read_question(survey, dealt_with(desk.session, desk.event.id), posted)
        with _kept(desk, survey):
            add_question(desk.session, survey, values, choices, read_section(survey, posted))
    except Invalid as error:
        return page(desk, new=Form(posted, error.problems), status=422)
    return desk.done(new=Form({"kind": values["kind"], "section": posted.get("section")}), write_on=True)


@router.post("/order", name="survey_order")
def order(desk: AtDesk, posted: Posted):
    survey = desk.held_survey()
    keys = [key for key in map(key_of, str(posted.get("order", "")).split(",")) if key is not None]
    try:
        with _kept(desk, survey):
            reorder(desk.session, survey, keys)
    except Refused as error:
        return page(desk, refused=error.message, status=409)
    return desk.done()


@router.post("/{question_id:int}", name="survey_question")
def edit(desk: AtDesk, question_id: int, posted: Posted):
    survey = desk.held_survey()
    question = question_by_id(survey, question_id)
    items = dealt_with(desk.session, desk.event.id)
    stored = question_values(question, used=use_of(desk.session, survey, question).answered)
    try:
        posted = checked(posted, stored)
        values, choices = read_question(survey, items, posted, question)
        with _kept(desk, survey):
            change_question(desk.session, survey, question, values, choices)
    except Invalid as error:
        return page(desk, edit=question_id, writing=Form.refused(posted, error), status=error.status)
    return desk.done()


@router.post("/{question_id:int}/move", name="survey_move")
def move(desk: AtDesk, question_id: int, posted: Posted):
    survey = desk.held_survey()
    question = question_by_id(survey, question_id)
    try:
        with _kept(desk, survey):
            move_question(desk.session, survey, question, -1 if posted.get("steps") == "-1" else 1)
    except Refused as error:
        return page(desk, refused=error.message, status=409)
    return desk.done()


@router.post("/{question_id:int}/retirement", name="survey_retirement")
def retire(desk: AtDesk, question_id: int, posted: Posted):
    survey = desk.held_survey()
    with _kept(desk, survey):
        retire_question(desk.session, survey, question_by_id(survey, question_id), retired=posted.get("back") is None)
    return desk.done()


@router.get("/{question_id:int}/removal", name="survey_removal")
def ask(desk: AtDesk, question_id: int) -> Response:
    survey = event_survey(desk.session, desk.event)
    question = question_by_id(survey, question_id)
    stages = event_line(desk.session, desk.event, desk.at)
    shown = {"event": desk.event, "stages": stages, "question": question, "lost": losses(survey, question)}
    return render(desk.request, "surveys/delete_question.html", account=desk.account, **shown)


@router.post("/{question_id:int}/removal")
def remove(desk: AtDesk, question_id: int, posted: Posted):
    survey = desk.held_survey()
    question = question_by_id(survey, question_id)
    refuse_if_used(desk.session, survey, question)
    lost = losses(survey, question)
    if lost and "sure" not in posted:
        path = desk.request.app.url_path_for("survey_removal", event_id=desk.event.id, question_id=question.id)
        return redirect(desk.request, path)
    with _kept(desk, survey):
        remove_question(desk.session, survey, question)
    return desk.done(flash=_("“%(question)s” is deleted.") % {"question": question.text[:80]})


def _kept(desk: Desk, survey: Survey):
    return earlier_form_kept(desk.session, survey, by=desk.account.name, at=desk.at)
