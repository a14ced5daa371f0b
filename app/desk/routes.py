"""The secretary's overviews: all convenings, and one event as it is being prepared."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.web import render

router = APIRouter()


@router.get("/", name="start")
def start(request: Request, account: Signed):
    return render(request, "desk/start.html", account=account)


@router.get("/events/{event_id:int}", name="event")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return render(request, "desk/event.html", account=account, event=event, stages=event_line(session, event, at))
