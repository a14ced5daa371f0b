"""The addresses where written answers are read, sorted into themes, and chosen as quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app import dates
from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid, Refused
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.forms import Reading
from app.language import gettext as _
from app.language import spoken
from app.surveys.closing import has_closed
from app.surveys.models import Question, Survey
from app.surveys.sheets import event_survey
from app.surveys.texts_page import answer_keys, may_read, posted_sorting, texts_page, texts_question
from app.surveys.theming import add_theme, choose_quotes, move_theme, remove_theme, rename_theme, sort_answers, theme_of
from app.surveys.wording import said
from app.web import EditSession, Form, Posted, address, checked, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey/results/{written_id:int}")


@dataclass(frozen=True)
class Desk:
    """What every address here stands on: the event, its survey, the question, and whether all answers are in."""

    session: Session
    event: Event
    survey: Survey
    question: Question
    closed: bool
    at: datetime


def _desk(session: DbSession, _account: Signed, event: RequestedEvent, written_id: int, at: Now) -> Desk:
    survey = event_survey(session, event)
    question = texts_question(survey, written_id)
    return Desk(session, event, survey, question, has_closed(survey, event, at), at)


RequestedDesk = Annotated[Desk, Depends(_desk, scope="function")]


def _editing(_session: EditSession, desk: RequestedDesk) -> Desk:
    return desk


EditDesk = Annotated[Desk, Depends(_editing, scope="function")]


@router.get("/texts", name="survey_texts")
def texts(request: Request, account: Signed, desk: RequestedDesk, theme: str = "", page: str = "") -> Response:
    return _page(request, account, desk, theme=theme, page=page)


@router.get("/more", name="survey_texts_more")
def more(request: Request, account: Signed, desk: RequestedDesk, page: str = "") -> Response:
    found = texts_page(desk.session, desk.survey, desk.event, desk.question, desk.closed, page=page)
    stages = None if is_htmx(request) else event_line(desk.session, desk.event, desk.at)
    shown = {"event": desk.event, "question": desk.question, "title": said(desk.question, "text"), "stages": stages}
    return render(request, "surveys/more.html", block="texts", account=account, page=found, **shown)


@router.post("/texts")
def sort(
    request: Request, account: Signed, desk: RequestedDesk, posted: Posted, theme: str = "", page: str = ""
) -> Response:
    _readable(desk)
    keys = answer_keys(desk.session, desk.question)
    before, after, was, quoted = posted_sorting(desk.question, keys, posted)
    sort_answers(desk.session, desk.question, before, after)
    choose_quotes(desk.session, desk.question, was, quoted)
    return _done(request, account, desk, theme, page, saved=True)


@router.post("/themes", name="survey_themes")
def add(
    request: Request, account: Signed, desk: RequestedDesk, posted: Posted, theme: str = "", page: str = ""
) -> Response:
    try:
        add_theme(desk.session, desk.question, _title(posted))
    except Invalid as invalid:
        form = Form(posted, invalid.problems)
        return _page(request, account, desk, theme=theme, page=page, new=form, status=422)
    return _done(request, account, desk, theme, page)


@router.post("/themes/{theme_id:int}", name="survey_theme")
def change(
    request: Request, account: Signed, desk: EditDesk, theme_id: int, posted: Posted, theme: str = "",
    page: str = "",
) -> Response:  # fmt: skip
    try:
        posted = checked(posted, {"title": theme_of(desk.session, desk.question, theme_id).title})
        rename_theme(desk.session, desk.question, theme_id, _title(posted))
    except Invalid as invalid:
        invalid.problems = [(f"title-{theme_id}", sentence) for _name, sentence in invalid.problems]
        changed = theme_id, Form.refused(posted, invalid)
        return _page(request, account, desk, theme=theme, page=page, changed=changed, status=invalid.status)
    return _done(request, account, desk, theme, page)


@router.post("/themes/{theme_id:int}/move", name="survey_theme_move")
def move(
    request: Request, account: Signed, desk: RequestedDesk, theme_id: int, posted: Posted, theme: str = "",
    page: str = "",
) -> Response:  # fmt: skip
    move_theme(desk.session, desk.question, theme_id, -1 if posted.get("steps") == "-1" else 1)
    return _done(request, account, desk, theme, page)


@router.post("/themes/{theme_id:int}/removal", name="survey_theme_removal")
def remove(
    request: Request, account: Signed, desk: RequestedDesk, theme_id: int, theme: str = "", page: str = ""
) -> Response:
    remove_theme(desk.session, desk.question, theme_id)
    return _done(request, account, desk, "" if theme == str(theme_id) else theme, page)


def _title(posted) -> str | None:
    reading = Reading(posted)
    title = reading.line("title", needed=_("Write what the theme is called."), most=200)
    reading.done()
    return title


def _readable(desk: Desk) -> None:
    if not may_read(desk.session, desk.survey, desk.question, desk.closed):
        raise Refused(_("These answers cannot be read, so that nobody can be recognised."))


def _done(request: Request, account, desk: Desk, theme: str, page: str, *, saved: bool = False) -> Response:
    if is_htmx(request):
        return _page(request, account, desk, theme=theme, page=page, saved=saved)
    kept = urlencode({name: value for name, value in (("theme", theme), ("page", page)) if value})
    here = address(request.app, "survey_texts", event_id=desk.event.id, written_id=desk.question.id)
    return redirect(request, here + (f"?{kept}" if kept else ""), flash=_("Saved.") if saved else None)


def _page(
    request: Request, account, desk: Desk, *, theme="", page="", new=None, changed=(0, None), saved=False, status=200
) -> Response:
    found = texts_page(desk.session, desk.survey, desk.event, desk.question, desk.closed, theme=theme, page=page)
    clock = dates.clock(dates.in_zone(desk.at, desk.event.time_zone), spoken()) if saved else ""
    shown = {"page": found, "theme": theme, "here_page": page, "new": new or Form(), "changed": changed}
    shown["form_of"] = lambda one: Form({"title": one.title})
    shown |= {"survey": desk.survey, "question": desk.question, "title": said(desk.question, "text"), "saved": clock}
    stages = event_line(desk.session, desk.event, desk.at)
    return render(
        request, "surveys/texts.html", block="texts", status=status, account=account, event=desk.event, stages=stages,
        **shown,
    )  # fmt: skip
