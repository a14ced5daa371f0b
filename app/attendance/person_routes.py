from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from app.access import CurrentSettings, Now, Signed
from app.attendance.deputising import come_instead
from app.attendance.marking import press
from app.attendance.noting import note_clock, role_words
from app.attendance.presence import line_of
from app.attendance.pressing import new_key, pressed_at, pressed_key
from app.attendance.routes import back
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.forms import Reading
from app.guests.opening import opened_here
from app.language import gettext as _
from app.people.models import Person
from app.people.queries import person_by_id
from app.settings import Settings
from app.web import Form, Posted, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day/people/{person_id:int}")


@router.get("", name="day_person")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    person_id: int, at: Now,
):  # fmt: skip
    return _page(request, session, settings, account, event, at, person_by_id(session, person_id))


@router.post("/clock", name="day_person_clock")
def come_now(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, person_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    person, pressed = person_by_id(session, person_id), pressed_at(posted, at)
    line = press(session, event, person, "in_person", at=pressed, by=account.name)
    if line is not None and line.mode == "in_person":
        note_clock(session, line, event, "arrived", pressed)
    return redirect(request, request.app.url_path_for("day_person", event_id=event.id, person_id=person.id))


@router.post("/deputy", name="day_deputy")
def send_another(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    person_id: int, posted: Posted, at: Now,
):  # fmt: skip
    person, reading = person_by_id(session, person_id), Reading(posted)
    try:
        name = reading.line("name", needed=_("Write the name of who came."), most=500) or ""
        reading.done()
        pressed = {"at": pressed_at(posted, at), "by": account.name, "key": pressed_key(posted)}
        with session.begin_nested():  # who is refused is not marked either
            line = come_instead(session, event, person, name, **pressed)
    except Invalid as error:
        form = Form(posted, error.problems)
        return _page(request, session, settings, account, event, at, person, form, status=422)
    return back(request, event, f"person-{line.person_id}" if line.person_id else f"line-{line.id}")


def _page(
    request: Request, session: Session, settings: Settings, account, event: Event, at, person: Person,
    deputy: Form | None = None, status=200,
):  # fmt: skip
    shown = {"event": event, "stages": event_line(session, event, at), "line": line_of(session, event.id, person.id)}
    shown |= {"deputy": deputy or Form(), "roles": role_words(), "key": new_key(), "at": at}
    shown["letter"] = opened_here(request, session, settings, event.id, person.id)
    return render(request, "attendance/person.html", status=status, account=account, **shown)
