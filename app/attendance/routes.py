from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.attendance.expecting import anybody_expected, expected_counted, marked_at_once
from app.attendance.keeping import part_of_list
from app.attendance.marking import came, count_in, press
from app.attendance.models import Attendance
from app.attendance.noting import role_words
from app.attendance.page import day_page
from app.attendance.presence import Line, all_lines, headings_of, line_of, line_with, lines_of
from app.attendance.pressing import new_key, pressed_at, pressed_key, pressed_mode, presses
from app.attendance.register import count_of
from app.attendance.tables import day_table
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.forms import Reading
from app.language import gettext as _
from app.people.queries import people_by_id, person_by_id
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day")


@router.get("", name="day")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    q: str = "", show: str = "all", after: str = "", marked: str = "",
):  # fmt: skip
    if wanted:
        return exported(wanted, day_table(all_lines(session, event, q.strip()[:200], show), event))
    if is_htmx(request):
        shown = {"event": event, "day": day_page(session, event, q, show, after, counted=False), "roles": role_words()}
        return render(request, "attendance/day.html", block="presence", account=account, **shown)
    return _page(request, session, account, event, at, q=q, show=show, after=after, marked=marked)


@router.get("/count", name="day_count")
def count(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    return render(request, "attendance/count.html", account=account, event=event, count=count_of(session, event.id))


@router.get("/room", name="day_room")
def room(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    counted, (waiting, _online) = count_of(session, event.id), expected_counted(session, event.id)
    shown = {"event": event, "count": counted, "waiting": waiting}
    return render(request, "attendance/room.html", block="room", account=account, **shown)


@router.get("/list.json", name="day_list")
def whole_list(session: DbSession, event: RequestedEvent, after: str = ""):
    return JSONResponse(part_of_list(session, event, after))


@router.post("/people/{person_id:int}", name="day_mark")
def tick(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, person_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    person = person_by_id(session, person_id)
    press(session, event, person, pressed_mode(posted), at=pressed_at(posted, at), by=account.name)
    if not is_htmx(request):
        return back(request, event, f"person-{person_id}")
    return _marked(request, session, account, event, line_of(session, event.id, person.id))


@router.post("/people", name="day_marks")
def tick_several(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    """The presses that have waited on a device for the network, in their order."""
    pressed = presses(posted, at)
    people = people_by_id(session, [one.person_id for one in pressed])
    for one in pressed:
        if one.person_id in people:
            press(session, event, people[one.person_id], one.mode, at=one.at, by=account.name)
    return _marked(request, session, account, event, *lines_of(session, event.id, list(people)))


@router.post("/walk-ins", name="day_walk_in")
def come_in(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    reading = Reading(posted)
    try:
        name = reading.line("name", needed=_("Write the name of who came."), most=500) or ""
        reading.done()
        line = _came(session, event, account, name, reading.line("organisation"), posted, at)
    except Invalid as error:
        if is_htmx(request):
            return PlainTextResponse(error.problems[0][1], 422)
        return _page(request, session, account, event, at, walk_in=Form(posted, error.problems), status=422)
    if not is_htmx(request):
        return back(request, event)
    return _marked(request, session, account, event, line_with(session, line))


@router.post("/counted", name="day_counted")
def counted(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    reading = Reading(posted)
    try:
        label = reading.line("label", needed=_("Say who they are."))
        headcount = reading.whole("headcount", least=1)
        if headcount is None and not reading.problems:
            reading.problem("headcount", _("Write how many they are."))
        heading = reading.line("heading", most=200)
        reading.done()
    except Invalid as error:
        return _page(request, session, account, event, at, counted=Form(posted, error.problems), status=422)
    count_in(session, event, headcount, label, heading)
    return back(request, event)


def back(request: Request, event: Event, anchor: str = ""):
    """Lead to the door, to somebody's line where one is named."""
    url = request.app.url_path_for("day", event_id=event.id)
    return redirect(request, f"{url}#{anchor}" if anchor else url)


def _came(session: Session, event: Event, account, name: str, organisation: str | None, posted, at) -> Attendance:
    pressed = {"key": pressed_key(posted), "at": pressed_at(posted, at), "by": account.name}
    mode = pressed_mode(posted)
    return came(session, event, name, organisation, mode=mode if mode == "remote" else "in_person", **pressed)


def _marked(request: Request, session: Session, account, event: Event, *lines: Line):
    shown = {"event": event, "count": count_of(session, event.id), "lines": lines, "roles": role_words()}
    return render(request, "attendance/marked.html", account=account, **shown)


def _page(
    request: Request, session: Session, account, event, at, *, q="", show="all", after="", marked="", walk_in=None,
    counted=None, status=200,
):  # fmt: skip
    shown = {"event": event, "stages": event_line(session, event, at), "day": day_page(session, event, q, show, after)}
    shown |= {"walk_in": walk_in or Form({"name": q}), "counted": counted or Form(), "roles": role_words()}
    shown |= {"waiting": anybody_expected(session, event.id)}
    shown |= {"headings": headings_of(session, event.id), "key": new_key(), "at_once": _at_once(session, event, marked)}
    return render(request, "attendance/day.html", status=status, account=account, **shown)


def _at_once(session: Session, event: Event, marked: str) -> tuple[str, int] | None:
    """The press that marked all who come, as an address carries it, and how many of its lines can be taken back."""
    try:
        made = datetime.fromisoformat(marked)
    except ValueError:
        return None
    n = marked_at_once(session, event.id, made) if made.tzinfo else 0
    return (marked, n) if n else None
