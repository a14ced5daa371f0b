from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.attendance.expecting import expected, expected_counted, mark_expected, unmark_expected
from app.attendance.register import LINES
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.language import ngettext
from app.web import Posted, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/day/all")


@router.get("", name="day_all")
def ask(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    total, online = expected_counted(session, event.id)
    shown = {"event": event, "stages": event_line(session, event, at), "expected": expected(session, event, LINES)}
    return render(request, "attendance/all.html", account=account, total=total, online=online, **shown)


@router.post("")
def mark_all(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    n = mark_expected(session, event, at)
    said = ngettext("%(n)s person is marked as present.", "%(n)s people are marked as present.", n) % {"n": n}
    url = request.app.url_path_for("day", event_id=event.id) + "?" + urlencode({"marked": at.isoformat()})
    return redirect(request, url, flash=said)


@router.post("/undo", name="day_all_undo")
def take_back(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted):
    try:
        made = datetime.fromisoformat(str(posted.get("marked", "")))
    except ValueError:
        raise NotFound from None
    if made.tzinfo is None:
        raise NotFound
    n = unmark_expected(session, event, made)
    said = ngettext("%(n)s mark is taken back.", "%(n)s marks are taken back.", n) % {"n": n}
    return redirect(request, request.app.url_path_for("day", event_id=event.id), flash=said)
