"""The addresses of a survey's results."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.spreadsheet import WantedFile, exported
from app.surveys.closing import has_closed
from app.surveys.codebook import answers_table, codebook
from app.surveys.crossing import crossed, ways
from app.surveys.results import results_of
from app.surveys.sheets import closes, event_survey
from app.surveys.tables import crossed_table, results_table
from app.surveys.tally import summary_of
from app.surveys.texts_page import MOST
from app.web import render

router = APIRouter(prefix="/events/{event_id:int}/survey")


@router.get("/results", name="survey_results")
def results(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    by: str = "",
) -> Response:  # fmt: skip
    survey = event_survey(session, event)
    closed = has_closed(survey, event, at)
    by = by if by in ways(survey) else ""
    if wanted:
        return exported(wanted, *_files(session, survey, event, closed, wanted.of, by))
    summary = summary_of(session, survey, event, closed, most=MOST)
    shown: dict[str, Any] = {"summary": summary, "results": results_of(summary), "survey": survey, "by": by}
    shown |= {"closes": closes(survey, event.starts_at), "ways": ways(survey)}
    shown["crossed"] = crossed(session, survey, event, by, closed, summary.answered) if by else []
    stages = event_line(session, event, at)
    return render(request, "surveys/results.html", account=account, event=event, stages=stages, **shown)


def _files(session, survey, event, closed: bool, of: str, by: str) -> list:
    """The tables of a file: the results, the cross-table, or of a named survey its sheets and their code book."""
    if of == "codebook":
        return [codebook(survey, event)]
    if of == "answers":
        if survey.anonymous:
            raise NotFound
        return [answers_table(session, survey, event, closed), codebook(survey, event)]
    summary = summary_of(session, survey, event, closed)
    if of == "crossed":
        return [crossed_table(crossed(session, survey, event, by, closed, summary.answered) if by else [], event)]
    return [results_table(summary, event)]
