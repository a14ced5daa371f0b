"""Papers for the door: for whom they can be printed, and their PDFs."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.memos.day_papers import AT_ONCE, WHO, awaited, door_manuscript, parts_of
from app.memos.paper_answer import PaperAnswer
from app.web import render

router = APIRouter(prefix="/events/{event_id:int}")


@router.get("/day/papers", name="door_papers")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    counts = [(who, len(awaited(session, event, who))) for who in WHO]
    rows = [(who, count, range(1, parts_of(count) + 1)) for who, count in counts]
    shown = {"event": event, "stages": event_line(session, event, at), "rows": rows, "at_once": AT_ONCE}
    return render(request, "attendance/papers.html", account=account, **shown)


@router.get("/papers/sign_sheet.pdf", name="sign_sheet_pdf")
def sheet(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, who: str = "coming", part: int = 1
):  # fmt: skip
    return _paper(request, session, event, "sign_sheet", who, part)


@router.get("/papers/badges.pdf", name="badges_pdf")
def badges(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, who: str = "coming", part: int = 1
):  # fmt: skip
    return _paper(request, session, event, "badges", who, part)


def _paper(request: Request, session, event, kind: str, who: str, part: int):
    manuscript = door_manuscript(session, event, kind, who, part) if who in WHO and part > 0 else None
    if manuscript is None:
        raise NotFound
    return PaperAnswer(request, manuscript, f"{kind}-{event.id}.pdf")
