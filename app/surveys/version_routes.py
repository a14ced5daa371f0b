"""The address of a survey's earlier forms."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from fastapi import APIRouter

from app import dates
from app.desk.line import event_line
from app.people.paging import page_at, page_number
from app.surveys.builder_page import Desk
from app.surveys.comparing import changes
from app.surveys.models import Survey
from app.surveys.routes import AtDesk
from app.surveys.sheets import event_survey
from app.surveys.version_words import change_words
from app.surveys.versions import content_of, how_many_versions, versions_of
from app.surveys.words import kinds
from app.web import render

MOST = 20  # on one page: each holds a whole form

router = APIRouter(prefix="/events/{event_id:int}/survey/versions")


@router.get("", name="survey_versions")
def show(desk: AtDesk, page: str = ""):
    survey = event_survey(desk.session, desk.event)
    total = how_many_versions(desk.session, survey)
    here = page_number(total, page, MOST)
    edits = _edits(desk, survey, (here - 1) * MOST)
    return render(
        desk.request, "surveys/versions.html", account=desk.account, event=desk.event, survey=survey,
        page=page_at(edits, total, here, MOST), kinds=kinds(), stages=event_line(desk.session, desk.event, desk.at),
    )  # fmt: skip


def _edits(desk: Desk, survey: Survey, first: int) -> list[dict[str, Any]]:
    """Return some edits, newest first, each with its changes: from the form that it replaced to the one after it."""
    newer = versions_of(desk.session, survey, first - 1, 1) if first else []
    versions = versions_of(desk.session, survey, first, MOST)
    forms = [newer[0].content if newer else content_of(survey), *(version.content for version in versions)]
    return [
        {
            "version": version,
            "at": dates.in_zone(version.replaced_at, desk.event.time_zone),
            "changes": [change_words(change) for change in changes(before, after)],
        }
        for version, (after, before) in zip(versions, pairwise(forms), strict=True)
    ]
