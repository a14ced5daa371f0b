from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.attendance.marking import came, count_in, expected, mark, mark_expected, remove, unmark
from app.attendance.models import MODES
from app.attendance.noting import note, note_values, one_day, presence_by_id, read_note, role_words, seats_to_fill
from app.attendance.page import day_page
from app.attendance.presence import count_of, line_of, lines_of
from app.attendance.tables import day_table
from app.attendance.taking_over import changed_since
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.forms import Reading
from app.language import gettext as _
from app.language import ngettext
from app.people.models import Person
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day")


@router.get("", name="day")
def show(
    request: Request,
    session: DbSession,
    account: Signed,
    event: RequestedEvent,
    at: Now,
    wanted: WantedFile,
    q: str = "",
    show: str = "all",
):
    if wanted:
        return exported(wanted, day_table(day_page(session, event, q, show), event))
    return _page(request, session, account, event, at, q=q, show=show)


@router.get("/count", name="day_count")
def count(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    counted = count_of(lines_of(session, event))
    return render(request, "attendance/count.html", account=account, event=event, count=counted)


@router.post("/people/{person_id:int}", name="day_mark")
def tick(request: Request, session: DbSession, account: Signed, event: RequestedEvent, person_id: int, posted: Posted):
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    if posted.get("mode") in MODES:
        mark(session, event, person, str(posted["mode"]))
    else:
        unmark(session, event, person)
    if not is_htmx(request):
        return _back(request, event, posted, f"person-{person_id}")
    lines = lines_of(session, event)
    shown = {"event": event, "count": count_of(lines), "line": line_of(lines, person), "roles": role_words()}
    return render(request, "attendance/marked.html", account=account, **shown)


@router.post("/walk-ins", name="day_walk_in")
def come_in(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    reading = Reading(posted)
    try:
        name = reading.line("name", needed=_("Write the name of who came."), most=200)
        reading.done()
        came(session, event, name, reading.line("organisation"))
    except Invalid as error:
        return _page(request, session, account, event, at, walk_in=Form(posted, error.problems), status=422)
    return _page(request, session, account, event, at) if is_htmx(request) else _back(request, event, posted)


@router.post("/counted", name="day_counted")
def counted(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    reading = Reading(posted)
    try:
        headcount = reading.whole("headcount", least=1)
        label = reading.line("label", needed=_("Say who they are."))
        if headcount is None and not reading.problems:
            reading.problem("headcount", _("Write how many they are."))
        reading.done()
    except Invalid as error:
        return _page(request, session, account, event, at, counted=Form(posted, error.problems), status=422)
    count_in(session, event, headcount, label, reading.line("heading", most=200))
    return _back(request, event, posted)


@router.get("/all", name="day_all")
def ask(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    shown = {"event": event, "stages": event_line(session, event, at), "expected": expected(session, event)}
    return render(request, "attendance/all.html", account=account, **shown)


@router.post("/all")
def tick_all(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    n = mark_expected(session, event)
    said = ngettext("%(n)s person is marked as present.", "%(n)s people are marked as present.", n) % {"n": n}
    return redirect(request, request.app.url_path_for("day", event_id=event.id), flash=said)


@router.get("/lines/{line_id:int}", name="day_line")
def line(request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, at: Now):
    line = presence_by_id(session, event.id, line_id)
    return _line_page(request, session, account, event, at, line, Form(note_values(line, event)))


@router.post("/lines/{line_id:int}")
def write(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, posted: Posted, at: Now
):
    line = presence_by_id(session, event.id, line_id)
    try:
        values = read_note(posted, line, event, seats_to_fill(session, event))
    except Invalid as error:
        return _line_page(request, session, account, event, at, line, Form(posted, error.problems), status=422)
    note(session, line, values)
    return _back(request, event, posted, f"person-{line.person_id}" if line.person_id else f"line-{line.id}")


@router.post("/lines/{line_id:int}/removal", name="day_removal")
def take_off(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, line_id: int, posted: Posted
):
    remove(session, presence_by_id(session, event.id, line_id))
    return _back(request, event, posted)


def _back(request: Request, event, posted, anchor: str = ""):
    url = request.app.url_path_for("day", event_id=event.id)
    return redirect(request, f"{url}#{anchor}" if anchor else url)


def _page(
    request: Request, session: Session, account, event, at, *, q="", show="all", walk_in=None, counted=None, status=200
):
    shown = {"event": event, "stages": event_line(session, event, at), "day": day_page(session, event, q, show)}
    shown |= {"walk_in": walk_in or Form({"name": q}), "counted": counted or Form(), "roles": role_words()}
    return render(request, "attendance/day.html", block="presence", status=status, account=account, **shown)


def _line_page(request: Request, session: Session, account, event, at, line, form, status=200):
    shown = {"event": event, "stages": event_line(session, event, at), "line": line, "form": form}
    shown |= {"roles": role_words(), "seats": seats_to_fill(session, event), "one_day": one_day(event)}
    shown["since"] = changed_since(session, line)
    return render(request, "attendance/line.html", status=status, account=account, **shown)
