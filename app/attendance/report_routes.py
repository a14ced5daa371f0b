"""Attendance reports of Teams and Zoom: sent, chosen row by row, taken, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import UploadFile

from app.access import Now, Signed, Whole
from app.attendance.report_keeping import choose, discard, keep_report, report_by_id, reports_of
from app.attendance.report_page import read_choices, report_rows
from app.attendance.report_tables import NoReport, Seen, seen_in
from app.attendance.report_taking import take, take_back
from app.attendance.report_words import why_no_report
from app.attendance.reports import people_of
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.files.scanning import scanned
from app.forms import clean_line
from app.imports.reading.encoding import encoding_of
from app.language import gettext as _
from app.language import ngettext
from app.web import Form, Posted, is_htmx, redirect, render

MOST_BYTES = 4_000_000

router = APIRouter(prefix="/events/{event_id:int}/day/reports")


@dataclass
class Sent:
    """A file as it was read, before the request's transaction: who was seen in it, or what is wrong with it."""

    posted: object
    name: str = ""
    seen: list[Seen] = field(default_factory=list)
    problem: str | None = None


def sent(request: Request, _whole: Whole, posted: Posted) -> Sent:
    """Return what was sent; raises SignInNeeded before any of it is looked at."""
    file = posted.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return Sent(posted, problem=_("Choose the report's file."))
    read = Sent(posted, clean_line(file.filename, 255))
    try:
        read.seen = seen_in(text_of(scanned(request.app.state.settings, file.file.read(MOST_BYTES + 1))))
    except Invalid as refusal:
        read.problem = refusal.problems[0][1]
    except NoReport as refusal:
        read.problem = why_no_report(refusal.code)
    return read


def text_of(content: bytes) -> str:
    """Return a file's text in whichever encoding it was written; raises NoReport."""
    if len(content) > MOST_BYTES:
        raise NoReport("too_large")
    try:
        return content.decode(*encoding_of(content))
    except UnicodeDecodeError:
        raise NoReport("no_table") from None


@router.get("", name="day_reports")
def show_all(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return _list(request, session, account, event, at, Form())


@router.post("")
def send(
    request: Request, sent: Annotated[Sent, Depends(sent)], session: DbSession, account: Signed, event: RequestedEvent,
    at: Now,
):  # fmt: skip
    starts, ends = event.starts_at.replace(tzinfo=None), event.ends_at and event.ends_at.replace(tzinfo=None)
    try:
        if sent.problem:
            raise Invalid([("file", sent.problem)])
        people = people_of(sent.seen, starts, ends, event.time_zone)
    except NoReport as refusal:
        return _refused(request, session, account, event, at, sent, why_no_report(refusal.code))
    except Invalid as error:
        return _refused(request, session, account, event, at, sent, error.problems[0][1])
    report = keep_report(session, event, sent.name, people, at=at)
    return redirect(request, request.app.url_path_for("day_report", event_id=event.id, report_id=report.id))


@router.get("/{report_id:int}", name="day_report")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, report_id: int, at: Now):
    return _page(request, session, account, event, at, report_by_id(session, event.id, report_id), Form())


@router.post("/{report_id:int}")
def decide(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, report_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    """Keep the choices, which the form sends by itself as they are made; and take the report on demand."""
    report = report_by_id(session, event.id, report_id)
    try:
        choose(session, report, read_choices(session, report, posted))
        if is_htmx(request):
            return Response(status_code=204)
        if posted.get("action") != "take":
            return _back(request, event, report, _("What you have chosen is kept."))
        marked = take(session, event, report, at=at)
    except Invalid as error:
        return _page(request, session, account, event, at, report, Form(posted, error.problems), status=422)
    said = ngettext("%(num)s person is marked as online.", "%(num)s people are marked as online.", marked)
    return _back(request, event, report, said % {"num": marked})


@router.post("/{report_id:int}/undo", name="day_report_undo")
def undo(request: Request, session: DbSession, account: Signed, event: RequestedEvent, report_id: int):
    report = report_by_id(session, event.id, report_id)
    take_back(session, event, report)
    said = _("The report is taken back; what somebody has changed since stays as it is.")
    return _back(request, event, report, said)


@router.post("/{report_id:int}/removal", name="day_report_removal")
def remove(request: Request, session: DbSession, account: Signed, event: RequestedEvent, report_id: int):
    discard(session, report_by_id(session, event.id, report_id))
    url = request.app.url_path_for("day_reports", event_id=event.id)
    return redirect(request, url, flash=_("The report is deleted. Nobody was marked by it."))


def _back(request: Request, event, report, said: str):
    url = request.app.url_path_for("day_report", event_id=event.id, report_id=report.id)
    return redirect(request, url, flash=said)


def _refused(request: Request, session, account, event, at, sent: Sent, problem: str):
    return _list(request, session, account, event, at, Form({}, [("file", problem)]), status=422)


def _list(request: Request, session, account, event, at, form: Form, status: int = 200):
    shown = {"event": event, "stages": event_line(session, event, at), "reports": reports_of(session, event.id)}
    return render(request, "attendance/reports.html", account=account, form=form, status=status, **shown)


def _page(request: Request, session, account, event, at, report, form: Form, status: int = 200):
    shown = {"event": event, "stages": event_line(session, event, at), "report": report}
    shown["rows"] = rows = report_rows(session, event, report)
    form = form if form.errors else Form({f"choice-{row.place}": row.choice for row in rows})
    return render(request, "attendance/report.html", account=account, form=form, status=status, **shown)
