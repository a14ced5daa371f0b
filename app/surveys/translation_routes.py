"""The address at which a survey's texts stand beside each other in the languages."""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.desk.line import event_line
from app.drafts.offering import offering
from app.forms import Reading, clean_line, clean_text
from app.language import gettext as _
from app.surveys.builder_page import Desk
from app.surveys.keeping import stamp
from app.surveys.models import Survey
from app.surveys.routes import AtDesk
from app.surveys.sheets import event_survey
from app.surveys.translating import Text, missing, others, stamps, texts_of, translate
from app.surveys.versions import earlier_form_kept
from app.web import Form, Posted, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey/translations")


@router.get("", name="survey_translations")
def show(desk: AtDesk, into: str = ""):
    return _page(desk, event_survey(desk.session, desk.event), into)


@router.post("")
def save(desk: AtDesk, posted: Posted, into: str = "") -> Response:
    survey, before, form = desk.held_survey(), _marks(posted), Reading(posted)
    if before is None:
        return _page(desk, survey, into, Form(posted), status=428)
    conflicts = _write(desk, survey, form, before)
    if form.problems or conflicts:
        status = 422 if form.problems else 409
        return _page(desk, survey, into, Form(posted, form.problems), conflicts, status=status)
    path = _sent_to(desk, into if into in others(survey) else "")
    return redirect(desk.request, path, flash=_("The translations are saved."))


def _write(desk: Desk, survey: Survey, form: Reading, before: dict[str, str]) -> dict[str, str]:
    """Write what this window has changed; returns the conflicts, by field, with what is there now."""
    conflicts: dict[str, str] = {}
    changed = []
    for text in list(texts_of(survey)):
        for language in others(survey):
            _take(form, text, language, before, changed, conflicts)
    with earlier_form_kept(desk.session, survey, by=desk.account.name, at=desk.at):
        for text, language, words in changed:
            translate(text, language, words)
        desk.session.flush()
    return conflicts


def _take(
    form: Reading, text: Text, language: str, before: dict[str, str], changed: list, conflicts: dict[str, str]
) -> None:
    """Note what a field changes: nothing where this window has not changed it; a conflict where another one has too."""
    name, stored = text.field(language), text.said_in(language)
    raw = form.posted.get(name)
    if not isinstance(raw, str):
        return
    words = clean_text(raw) if text.lines else clean_line(raw, text.longest + 1)
    if len(words) > text.longest:
        form.problem(name, _("This is too long: at most %(most)s characters.") % {"most": text.longest})
        return
    was = before.get(name, "")
    if words == stored or _mark(words) == was:
        return
    if _mark(stored) != was:
        conflicts[name] = stored
        return
    changed.append((text, language, words))


def _mark(words: str) -> str:
    return stamp(words) if words else ""


def _marks(posted: FormData) -> dict[str, str] | None:
    """Return what the form says it was made from; None where it does not say."""
    try:
        held = json.loads(str(posted.get("stamps", "")))
    except (ValueError, RecursionError):  # the latter of a thousand brackets, which no page of ours sends
        return None
    return {str(name): str(mark) for name, mark in held.items()} if isinstance(held, dict) else None


def _sent_to(desk: Desk, into: str) -> str:
    path = desk.request.app.url_path_for("survey_translations", event_id=desk.event.id)
    return f"{path}?into={into}" if into else path


def _page(
    desk: Desk, survey: Survey, into: str, form: Form | None = None, conflicts: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    every = others(survey)
    shown = [into] if into in every else every
    texts = list(texts_of(survey))
    marks = json.dumps(stamps(texts, shown))
    if form is None:
        stored = {text.field(language): text.said_in(language) for text in texts for language in shown}
        form = offering(desk.request, desk.session, Form(stored | {"stamps": marks}), stored, _sent_to(desk, into))
        marks = form.value("stamps")
    return render(
        desk.request, "surveys/translations.html", status=status, account=desk.account, event=desk.event,
        survey=survey, stages=event_line(desk.session, desk.event, desk.at), texts=texts, into=shown, others=every,
        stamps=marks, form=form, conflicts=conflicts or {}, unsaid=status == 428,
        missing=missing(survey),
    )  # fmt: skip
