"""The memo as it stands, as a page and for Word."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.files.handing import handed_out
from app.files.names import safe_name
from app.memos.docx_file import MEDIA_TYPE
from app.memos.page_and_word import memo_docx, memo_page
from app.memos.routes import requested_memo
from app.web import render

router = APIRouter()


@router.get("/events/{event_id:int}/memo/page", name="memo_page")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    memo = requested_memo(session, event)
    return render(
        request, "memos/page.html", account=account, event=event, memo=memo, stages=event_line(session, event, at),
        page=memo_page(session, event, at=at),
    )  # fmt: skip


@router.get("/events/{event_id:int}/memo.docx", name="memo_docx")
def read_in_word(session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    memo = requested_memo(session, event)
    name = safe_name(f"{memo.title or event.title}.docx")
    return handed_out(memo_docx(session, event, at=at), name, MEDIA_TYPE)
