from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.language import gettext as _
from app.language import ngettext
from app.privacy.calendar import calendar, coming_of
from app.privacy.erasing import ends_on
from app.privacy.holding import erase_now, hold_back, let_go
from app.privacy.nightly import leave_nothing
from app.privacy.tables import calendar_table
from app.privacy.unneeded import unneeded
from app.privacy.words import days_words, rule_words
from app.secretariats.policy import KEEP, may
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/privacy", name="data_calendar")
def show(request: Request, session: DbSession, settings: CurrentSettings, account: Signed, at: Now, wanted: WantedFile):
    today = at.date()
    planned = calendar(session, settings, today)
    if wanted:
        return exported(wanted, calendar_table(planned))
    people = unneeded(session, settings.keeps, today) if may(request.state.role, KEEP) else []
    shown = {"planned": planned, "people": people, "rules": rule_words(), "lasts": days_words}
    return render(request, "privacy/calendar.html", account=account, backups=settings.backups is not None, **shown)


@router.get("/privacy/events/{event_id:int}", name="event_data")
def show_event(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now
):
    return _event_page(request, session, settings, account, event, at, Form())


@router.post("/privacy/events/{event_id:int}")
def act(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now, afterwards: BackgroundTasks,
):  # fmt: skip
    act = posted.get("act") if posted.get("act") in ("erase", "let_go") else "hold"
    request.state.action = act
    try:
        if act == "erase":
            said = _erased(erase_now(session, settings, event, posted, at.date(), at))
            afterwards.add_task(leave_nothing, request.app.state.database, settings)  # once it is committed
        elif act == "let_go":
            said = let_go(event) or _("The data are held back no more.")
        else:
            said = hold_back(event, posted, at.date()) or _("The data are held back.")
    except Invalid as error:
        return _event_page(request, session, settings, account, event, at, Form(posted, error.problems), status=422)
    return redirect(request, request.app.url_path_for("event_data", event_id=event.id), flash=said)


def _erased(rows: int) -> str:
    return ngettext("%(n)s row was erased.", "%(n)s rows were erased.", rows) % {"n": rows}


def _event_page(request, session, settings, account, event, at, form: Form, *, status: int = 200) -> Response:
    coming = coming_of(session, settings, at.date(), event.id)
    shown = {"event": event, "coming": coming, "rules": rule_words(), "form": form, "over": ends_on(event) < at.date()}
    stages = event_line(session, event, at)
    return render(request, "privacy/event.html", status=status, account=account, stages=stages, **shown)
