from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.attendance.marking import press, remove
from app.attendance.models import Attendance
from app.attendance.noting import (
    item_options,
    note,
    note_clock,
    note_values,
    one_day,
    presence_by_id,
    read_note,
    role_words,
)
from app.attendance.pressing import pressed_at
from app.attendance.routes import back
from app.attendance.taking_over import changed_since
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.people.models import Person
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day/lines/{line_id:int}")


@router.get("", name="day_line")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, at: Now):
    line = presence_by_id(session, event.id, line_id)
    return _page(request, session, account, event, at, line, Form(note_values(session, line, event)))


@router.post("")
def write(
    request: Request, session: EditSession, account: Signed, event: RequestedEvent, line_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    line = presence_by_id(session, event.id, line_id)
    try:
        posted = checked(posted, note_values(session, line, event))
        values = read_note(session, posted, line, event)
    except Invalid as error:
        return _page(request, session, account, event, at, line, Form.refused(posted, error), status=error.status)
    note(session, line, values)
    return back(request, event, f"person-{line.person_id}" if line.person_id else f"line-{line.id}")


@router.post("/clock", name="day_clock")
def note_time(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, posted: Posted, at: Now
):
    line = presence_by_id(session, event.id, line_id)
    which = "left" if posted.get("which") == "left" else "arrived"
    note_clock(session, line, event, which, pressed_at(posted, at))
    return redirect(request, request.app.url_path_for("day_line", event_id=event.id, line_id=line.id))


@router.post("/removal", name="day_removal")
def take_off(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, posted: Posted, at: Now
):
    line = presence_by_id(session, event.id, line_id)
    if line.person_id is None:
        remove(session, line)
    else:
        press(session, event, session.get_one(Person, line.person_id), None, at=at, by=account.name)
    return back(request, event)


def _page(request: Request, session: Session, account, event: Event, at, line: Attendance, form: Form, status=200):
    shown = {"event": event, "stages": event_line(session, event, at), "line": line, "form": form, "at": at}
    shown |= {"roles": role_words(), "items": item_options(session, event), "one_day": one_day(event)}
    shown["since"] = changed_since(session, line)
    return render(request, "attendance/line.html", status=status, account=account, **shown)
