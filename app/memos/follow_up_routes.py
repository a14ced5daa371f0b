"""Follow-ups, beside the memo."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.follow_ups.editing import add_follow_up, change_follow_up, follow_up_values, read_follow_up, remove_follow_up
from app.follow_ups.queries import follow_up_by_id
from app.language import gettext as _
from app.memos.routes import editor, requested_memo
from app.web import EditSession, Form, Posted, checked, redirect

router = APIRouter()


def back(request: Request, event_id: int, flash: str | None = None):
    return redirect(request, request.app.url_path_for("memo", event_id=event_id) + "#follow-ups", flash=flash)


@router.post("/events/{event_id:int}/memo/follow-ups", name="memo_follow_ups")
def propose(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    memo = requested_memo(session, event)
    try:
        add_follow_up(session, event, read_follow_up(session, posted))
    except Invalid as invalid:
        return editor(request, session, account, event, memo, at, status=422, form=Form(posted, invalid.problems))
    return back(request, event.id, flash=_("The follow-up is added."))


@router.post("/events/{event_id:int}/memo/follow-ups/{follow_up_id:int}", name="memo_follow_up")
def follow(
    request: Request,
    session: EditSession,
    account: Signed,
    event: RequestedEvent,
    follow_up_id: int,
    posted: Posted,
    at: Now,
):
    memo = requested_memo(session, event)
    one = follow_up_by_id(session, follow_up_id)
    if one.event_id != event.id:
        raise NotFound
    try:
        if posted.get("action") == "remove":
            remove_follow_up(session, one)
        else:
            posted = checked(posted, follow_up_values(one))
            change_follow_up(session, one, read_follow_up(session, posted), at=at, by=account.name)
    except Invalid as invalid:
        changed = one.id, Form.refused(posted, invalid)
        return editor(request, session, account, event, memo, at, status=invalid.status, changed=changed)
    return back(request, event.id)
