"""The addresses of the summary paper: the page as it will print with its texts to write, and the PDF."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import dates, web
from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.drafts.offering import offering_each
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.forms import Reading
from app.language import speaking, spoken
from app.memos.closing import generated_name
from app.memos.document import paper_manuscript
from app.memos.paper_answer import PaperAnswer
from app.memos.paper_figures import SurveySummary
from app.memos.survey_summary import survey_summary
from app.people.words import body_name
from app.surveys.models import Survey
from app.surveys.sheets import event_survey
from app.surveys.summarising import Overtaken, mark, part_of, write_part
from app.web import Form, Posted, address, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/survey")


@router.get("/summary", name="survey_summary")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now) -> Response:
    return _page(request, session, account, event, event_survey(session, event), at)


@router.post("/summary/{part}", name="survey_summary_part")
def write(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, part: str, posted: Posted, at: Now
) -> Response:
    survey = event_survey(session, event)
    part_of(survey, part)
    shown = {"part": part, "typed": str(posted.get("text") or "")}
    try:
        write_part(survey, part, _read(posted), str(posted.get("mark") or ""))
    except Invalid as invalid:
        return _page(request, session, account, event, survey, at, status=422, wrong=invalid, **shown)
    except Overtaken as overtaken:
        status = 409 if posted.get("mark") else 428
        return _page(request, session, account, event, survey, at, status=status, theirs=overtaken.theirs, **shown)
    session.flush()
    if is_htmx(request):
        return _page(request, session, account, event, survey, at, part=part, saved=True)
    return redirect(request, address(request.app, "survey_summary", event_id=event.id) + f"#part-{part}")


@router.get("/summary.pdf", name="survey_summary_pdf")
def pdf(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now) -> Response:
    event_survey(session, event)
    manuscript = paper_manuscript(session, event, "survey_summary", at=at)
    return PaperAnswer(request, manuscript, f"survey-summary-{event.id}.pdf")


def _read(posted) -> str:
    reading = Reading(posted)
    text = reading.text("text", most=20_000)
    reading.done()
    return text or ""


def _page(request: Request, session: Session, account, event: Event, survey: Survey, at, *, status=200, **more):
    shown: dict[str, Any] = {"part": "", "typed": "", "theirs": None, "wrong": None, "saved": False} | more
    with speaking(event.language):
        paper = {
            "content": survey_summary(session, event, at=at),
            "word": generated_name("survey_summary", event),
            "sender": body_name(event.convener, event.language),
        }
        paper["blocks"] = _blocks(paper["content"])
    stored = {"opening": survey.opening, "closing": survey.closing}
    stored |= {f"comment-{question.id}": question.comment for question in survey.questions}
    forms = _forms(request, session, event, stored)
    clock = dates.clock(dates.in_zone(at, event.time_zone), spoken())
    return render(
        request, "surveys/summary.html", block="summary", status=status, account=account, event=event, survey=survey,
        stages=event_line(session, event, at), mark=mark, clock=clock,
        stored=stored, forms=forms, **paper, **shown,
    )  # fmt: skip


def _forms(request: Request, session: Session, event: Event, stored: dict[str, str | None]) -> dict[str, Form]:
    """The form of each text, with what was begun in it."""
    here = address(request.app, "survey_summary", event_id=event.id)
    sent_to = {part: f"{here}/{part}" for part in stored}
    forms = {sent_to[part]: (Form({"text": text, "mark": mark(text)}), {"text": text}) for part, text in stored.items()}
    offered = offering_each(request, session, forms, here)
    return {part: offered[one] for part, one in sent_to.items()}


def _blocks(summary: SurveySummary) -> dict[int, Markup]:
    """Each question as it prints, in the language of the moment, without the words that are written on the page."""
    template = web.env.get_template("papers/_survey_question.html")
    how = {"level": 1, "on_page": True, "unsaid": True}
    return {question.id: Markup(template.render(question=question, **how)) for question in summary.questions}
