"""The addresses of a survey's results."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app import dates
from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.spreadsheet import WantedFile, exported
from app.surveys.results import results_of
from app.surveys.sheets import closes, event_survey
from app.surveys.tables import results_table
from app.surveys.tally import may_show, summary_of
from app.web import render

router = APIRouter(prefix="/events/{event_id:int}/survey")


@router.get("/results", name="survey_results")
def results(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile
) -> Response:
    survey = event_survey(session, event)
    closing = closes(survey, event.starts_at)
    now = dates.in_zone(at, event.time_zone).replace(tzinfo=None)
    summary = summary_of(session, survey, event)
    shown = {"summary": summary, "results": results_of(summary), "closes": closing}
    shown["told"] = may_show(survey, now > closing.replace(tzinfo=None))
    if wanted:
        return exported(wanted, results_table(summary, event, told=shown["told"]))
    stages = event_line(session, event, at)
    return render(request, "surveys/results.html", account=account, event=event, stages=stages, **shown)
