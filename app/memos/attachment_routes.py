"""Attachments and follow-ups, beside the memo."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile

from app.access import Now, Signed
from app.db import DbSession
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.forms import clean_line
from app.language import gettext as _
from app.memos.attaching import attach_file, attach_generated, rearrange
from app.memos.following import add_follow_up, change_follow_up, read_follow_up
from app.memos.routes import editor, requested_memo
from app.web import Form, Posted, redirect

router = APIRouter()


def back(request: Request, event_id: int, part: str, flash: str | None = None):
    return redirect(request, request.app.url_path_for("memo", event_id=event_id) + f"#{part}", flash=flash)


@router.post("/events/{event_id:int}/memo/attachments", name="memo_attachments")
def attach(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    memo = requested_memo(session, event)
    upload = posted.get("file")
    try:
        if isinstance(upload, UploadFile) and upload.filename:
            title = clean_line(str(posted.get("title", ""))) or None
            attach_file(session, memo, file_name=upload.filename, content=upload.file.read(), title=title)
        else:
            attach_generated(memo, str(posted.get("kind", "")))
    except Invalid as invalid:
        return editor(request, session, account, event, memo, at, status=422, form=Form(posted, invalid.problems))
    return back(request, event.id, "attachments", flash=_("The attachment is added."))


@router.post("/events/{event_id:int}/memo/attachments/{attachment_id:int}", name="memo_attachment")
def order(
    request: Request,
    session: DbSession,
    account: Signed,
    event: RequestedEvent,
    attachment_id: int,
    posted: Posted,
    at: Now,
):
    rearrange(session, requested_memo(session, event), attachment_id, str(posted.get("action", "")))
    return back(request, event.id, "attachments")


@router.post("/events/{event_id:int}/memo/follow-ups", name="memo_follow_ups")
def propose(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    memo = requested_memo(session, event)
    try:
        add_follow_up(memo, read_follow_up(session, posted))
    except Invalid as invalid:
        return editor(request, session, account, event, memo, at, status=422, form=Form(posted, invalid.problems))
    return back(request, event.id, "follow-ups", flash=_("The follow-up is added."))


@router.post("/events/{event_id:int}/memo/follow-ups/{follow_up_id:int}", name="memo_follow_up")
def follow(
    request: Request,
    session: DbSession,
    account: Signed,
    event: RequestedEvent,
    follow_up_id: int,
    posted: Posted,
    at: Now,
):
    memo = requested_memo(session, event)
    try:
        values = None if posted.get("action") == "remove" else read_follow_up(session, posted)
        change_follow_up(session, memo, follow_up_id, values)
    except Invalid as invalid:
        return editor(request, session, account, event, memo, at, status=422, form=Form(posted, invalid.problems))
    return back(request, event.id, "follow-ups")
