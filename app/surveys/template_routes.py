"""The addresses of templates of surveys: one kept, all of them, one looked at, its end."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.forms import Reading
from app.language import LANGUAGES, speaking, spoken
from app.language import gettext as _
from app.surveys.preview import preview_of
from app.surveys.routes import AtDesk
from app.surveys.sheets import event_survey
from app.surveys.templates import all_templates, delete_template, keep_as_template, template_by_id
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/survey/template", name="survey_template")
def name_it(desk: AtDesk):
    survey = event_survey(desk.session, desk.event)
    return _naming(desk, Form({"name": survey.title or desk.event.title}))


@router.post("/events/{event_id:int}/survey/template")
def keep(desk: AtDesk, posted: Posted):
    survey = desk.held_survey()
    try:
        form = Reading(posted)
        name = form.line("name", needed=_("Give the template a name."), most=200)
        form.done()
        keep_as_template(desk.session, survey, name, replace=form.tick("replace"))
    except Invalid as error:
        return _naming(desk, Form(posted, error.problems), taken=any("“" in it for _place, it in error.problems))
    said = _("The survey is kept as the template “%(name)s”.") % {"name": name}
    return redirect(desk.request, desk.request.app.url_path_for("survey", event_id=desk.event.id), flash=said)


def _naming(desk, form: Form, *, taken: bool = False):
    stages = event_line(desk.session, desk.event, desk.at)
    return render(
        desk.request, "surveys/template.html", status=422 if form.errors else 200, account=desk.account,
        event=desk.event, stages=stages, form=form, taken=taken,
    )  # fmt: skip


@router.get("/surveys", name="survey_templates")
def show_all(request: Request, session: DbSession, account: Signed):
    return render(request, "surveys/templates.html", account=account, templates=all_templates(session))


@router.get("/surveys/{survey_template_id:int}", name="template_preview")
def look(request: Request, session: DbSession, account: Signed, survey_template_id: int, language: str = ""):
    template = template_by_id(session, survey_template_id)
    with speaking(language if language in LANGUAGES else spoken()):
        shown = preview_of(template, _("the group that you represent"), None)
        return render(request, "surveys/preview.html", account=account, event=None, **shown)


@router.get("/surveys/{survey_template_id:int}/delete", name="delete_survey_template")
def ask(request: Request, session: DbSession, account: Signed, survey_template_id: int):
    template = template_by_id(session, survey_template_id)
    form = Form(_lost(template))
    return render(request, "surveys/delete_template.html", account=account, kept=template, form=form)


def _lost(template) -> dict[str, object]:
    return {"name": template.template_name, "questions": len(template.questions)}


@router.post("/surveys/{survey_template_id:int}/delete")
def delete(request: Request, session: EditSession, account: Signed, survey_template_id: int, posted: Posted):
    template = template_by_id(session, survey_template_id)
    try:
        checked(posted, _lost(template))
    except Overtaken as error:
        shown = {"kept": template, "form": Form.refused(posted, error)}
        return render(request, "surveys/delete_template.html", status=error.status, account=account, **shown)
    name = template.template_name
    delete_template(session, template)
    said = _("The template “%(name)s” is deleted.") % {"name": name}
    return redirect(request, request.app.url_path_for("survey_templates"), flash=said)
