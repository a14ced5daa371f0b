"""What was so on the day beside what is so now: a person's line, and the seats of the convening body."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.attendance.day_seats import changed_seats, take_anew
from app.attendance.noting import presence_by_id
from app.attendance.taking_over import take_over
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.language import gettext as _
from app.web import redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day")


@router.post("/lines/{line_id:int}/book", name="day_line_book")
def take(request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int):
    take_over(session, presence_by_id(session, event.id, line_id))
    url = request.app.url_path_for("day_line", event_id=event.id, line_id=line_id)
    return redirect(request, url, flash=_("The line says now what the address book says."))


@router.get("/seats", name="day_seats")
def seats(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    shown = {"event": event, "stages": event_line(session, event, at), "changed": changed_seats(session, event)}
    return render(request, "attendance/seats.html", account=account, **shown)


@router.post("/seats")
def anew(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    take_anew(session, event)
    said = _("The members are those of the group as it is now.")
    return redirect(request, request.app.url_path_for("day_seats", event_id=event.id), flash=said)
