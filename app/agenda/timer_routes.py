"""The timer for the room: where the meeting is, and the buttons that go on."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.agenda.timing import press, timer_of
from app.db import DbSession
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.web import Posted, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/agenda/timer")


@router.get("", name="agenda_timer")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    timer = timer_of(session, event, at)
    return render(request, "agenda/timer.html", block="timer", account=account, event=event, timer=timer)


@router.post("")
def go_on(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    press(session, event, str(posted.get("action", "")), key_of(posted.get("item")) or 0, at=at)
    if is_htmx(request):
        return show(request, session, account, event, at)
    return redirect(request, request.app.url_path_for("agenda_timer", event_id=event.id))
