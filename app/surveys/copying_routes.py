"""The address at which questions are copied from a template or another survey."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from app.desk.line import event_line
from app.errors import Invalid
from app.forms import clean_line, key_of
from app.language import gettext as _
from app.language import ngettext
from app.surveys.builder_page import Desk
from app.surveys.building import rows_of
from app.surveys.copying import Copied, copy_about, copy_questions
from app.surveys.editing import begin_survey
from app.surveys.models import Survey
from app.surveys.routes import AtDesk
from app.surveys.sheets import survey_of
from app.surveys.sources import source_by_id, sources_for
from app.surveys.versions import earlier_form_kept
from app.web import Form, Posted, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey/copy")


@router.get("", name="survey_copy")
def show(desk: AtDesk, source: str = "", q: str = ""):
    if source:
        return _choose(desk, key_of(source) or 0)
    found, more = sources_for(desk.session, desk.event, clean_line(q))
    return _page(desk, sources=found, more=more, q=q, source=None)


@router.post("")
def copy(desk: AtDesk, posted: Posted) -> Response:
    source, _name = source_by_id(desk.session, desk.event, key_of(posted.get("source")) or 0)
    chosen = {key for key in map(key_of, posted.getlist("question")) if key is not None}
    if not chosen & {question.id for question in source.questions}:
        problem = ("question", _("Choose at least one question."))
        return _choose(desk, source.id, Form(posted, [problem]), status=422)
    try:
        copied = _copied(desk, source, chosen, about="about" in posted)
    except Invalid as error:
        problems = [("question", sentence) for _place, sentence in error.problems]
        return _choose(desk, source.id, Form(posted, problems), status=422)
    path = desk.request.app.url_path_for("survey", event_id=desk.event.id)
    return redirect(desk.request, path, flash=copied_words(copied))


def _copied(desk: Desk, source: Survey, chosen: set[int], *, about: bool) -> Copied:
    """Copy the questions, and with about what the survey says of itself where this one says nothing yet."""
    begin_survey(desk.session, desk.event)
    survey = desk.held_survey()
    with earlier_form_kept(desk.session, survey, by=desk.account.name, at=desk.at):
        if about and _is_blank(survey):
            copy_about(survey, source)
        return copy_questions(desk.session, survey, source, chosen)


def copied_words(copied: Copied) -> str:
    """Return what has been copied, and which questions lost their condition."""
    count = len(copied.questions)
    said = ngettext("%(n)s question is copied to the end.", "%(n)s questions are copied to the end.", count)
    said = said % {"n": count}
    if copied.unconditional:
        lost = ", ".join(f"“{text[:60]}”" for text in copied.unconditional)
        said += " " + _("Now asked of everybody, since the question before them was not copied: %(questions)s") % {
            "questions": lost
        }
    return said


def _is_blank(survey: Survey | None) -> bool:
    return survey is None or not (survey.questions or survey.title or survey.introduction)


def _choose(desk: Desk, source_id: int, form: Form | None = None, status: int = 200) -> Response:
    source, name = source_by_id(desk.session, desk.event, source_id)
    rows = [row for row in rows_of(source) if not row.question.retired]
    ticked = {str(row.question.id) for row in rows} if form is None else set(form.values("question"))
    blank = _is_blank(survey_of(desk.session, desk.event.id))
    return _page(
        desk, source=source, name=name, rows=rows, ticked=ticked, form=form, blank=blank, status=status, sources=[]
    )


def _page(desk: Desk, status: int = 200, **shown) -> Response:
    stages = event_line(desk.session, desk.event, desk.at)
    shown = {"form": None} | shown | {"event": desk.event, "stages": stages}
    return render(desk.request, "surveys/copy.html", status=status, account=desk.account, **shown)
