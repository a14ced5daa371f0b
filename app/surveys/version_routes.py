"""The address of a survey's earlier forms."""

from __future__ import annotations

from itertools import pairwise

from fastapi import APIRouter

from app import dates
from app.desk.line import event_line
from app.surveys.comparing import changes
from app.surveys.routes import AtDesk
from app.surveys.sheets import event_survey
from app.surveys.version_words import change_words
from app.surveys.versions import content_of, versions_of
from app.surveys.words import kinds
from app.web import render

router = APIRouter(prefix="/events/{event_id:int}/survey/versions")


@router.get("", name="survey_versions")
def show(desk: AtDesk):
    survey = event_survey(desk.session, desk.event)
    versions = versions_of(desk.session, survey)
    forms = [content_of(survey), *(version.content for version in versions)]
    edits = [
        {
            "version": version,
            "at": dates.in_zone(version.replaced_at, desk.event.time_zone),
            "changes": [change_words(change) for change in changes(before, after)],
        }
        for version, (after, before) in zip(versions, pairwise(forms), strict=True)
    ]
    return render(
        desk.request, "surveys/versions.html", account=desk.account, event=desk.event, survey=survey, edits=edits,
        kinds=kinds(), stages=event_line(desk.session, desk.event, desk.at),
    )  # fmt: skip
