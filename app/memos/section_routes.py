"""What the editor asks for beside saving: how a text will look, a passage made a follow-up."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.access import Signed
from app.db import DbSession
from app.events.queries import RequestedEvent
from app.follow_ups.editing import follow_up_values
from app.follow_ups.words import state_words
from app.language import gettext as _
from app.memos.editing import look
from app.memos.preview import preview_of
from app.memos.proposing import propose
from app.memos.writing import memo_to_write
from app.web import Form, Posted, render

router = APIRouter()


@router.post("/events/{event_id:int}/memo/look", name="memo_look")
def show_look(account: Signed, event: RequestedEvent, posted: Posted):
    return HTMLResponse(str(look(str(posted.get("text", "")), lines=bool(posted.get("lines")))))


@router.post("/events/{event_id:int}/memo/proposals", name="memo_proposals")
def make_follow_up(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted):
    """Make a follow-up of what is marked in the text; answers with the list of them, and with what to say."""
    memo = memo_to_write(session, event)
    one = propose(session, event, str(posted.get("text", "")))
    if one is None:
        return JSONResponse({"said": _("Nothing is marked: put the cursor into what is proposed.")}, 422)
    session.refresh(memo, ["follow_ups"])
    shown = {"account": account, "event": event, "memo": memo, "form": Form(), "states": state_words()}
    shown |= {"changed": (0, None), "form_of": lambda one: Form(follow_up_values(one))}
    part = {"section": {"auto": "follow_ups"}, "preview": preview_of(session, event, memo)}
    html = [
        render(request, template, **shown, **part).body.decode()
        for template in ("memos/_follow_ups.html", "memos/_auto.html")
    ]
    said = _("Added to the follow-ups: %(text)s") % {"text": one.text}
    return JSONResponse({"said": said, "html": html[0], "part": html[1]})
