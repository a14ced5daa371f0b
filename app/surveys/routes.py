"""The addresses of a survey: its builder, and its preview as the invitee sees it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.access import Now, Signed
from app.db import DbSession
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.language import LANGUAGES, speaking, spoken
from app.language import gettext as _
from app.surveys.builder_page import Desk, page
from app.surveys.closing import refuse_to_reopen
from app.surveys.editing import begin_survey, change_survey
from app.surveys.preview import preview_of
from app.surveys.reading import read_survey, survey_values
from app.surveys.sheets import closes, event_survey
from app.surveys.versions import earlier_form_kept
from app.web import Form, Posted, checked, render

router = APIRouter(prefix="/events/{event_id:int}/survey")


def at_desk(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now) -> Desk:
    return Desk(request, session, account, event, at)


AtDesk = Annotated[Desk, Depends(at_desk)]


@router.get("", name="survey")
def show(desk: AtDesk, edit: int = 0, kind: str = ""):
    return page(desk, edit=edit, new=Form({"kind": kind}) if kind else None, write_on=bool(kind))


@router.post("")
def change(desk: AtDesk, posted: Posted):
    begin_survey(desk.session, desk.event)
    if "title" not in posted and "promise" not in posted:
        return desk.done()
    survey = desk.held_survey()
    try:
        posted = checked(posted, survey_values(survey))
        values = read_survey(desk.event, survey, posted)
        refuse_to_reopen(desk.session, survey, desk.event, values["closes_at"], desk.at)
        with earlier_form_kept(desk.session, survey, by=desk.account.name, at=desk.at):
            change_survey(desk.session, survey, values)
    except Invalid as error:
        return page(desk, about=Form.refused(posted, error), status=error.status)
    return desk.done(saved=True)


@router.get("/preview", name="survey_preview")
def preview(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, language: str = ""
) -> Response:
    survey = event_survey(session, event)
    with speaking(language if language in LANGUAGES else spoken()):
        shown = preview_of(survey, _("the group that you represent"), closes(survey, event.starts_at))
        return render(request, "surveys/preview.html", account=account, event=event, **shown)
