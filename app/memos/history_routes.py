"""The memo's history: every text that stood in it, what each changed, and any of them brought back."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.language import gettext as _
from app.memos.arranging import bring_back
from app.memos.memos import memo_of
from app.memos.revisions import kept_of, revision_of, steps_of
from app.memos.words import revision_time, revision_words
from app.memos.writing import memo_to_write
from app.web import redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/memo/history", name="memo_history")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, section: str = "",
    before: str = "",
):  # fmt: skip
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    kept = kept_of(session, event, memo)
    key = section or max(kept, key=lambda one: one.saved_at).key if kept else ""
    steps, more = steps_of(session, event, memo, key, key_of(before))
    shown = {"kept": kept, "key": key, "steps": steps, "more": more, "words": revision_words, "time": revision_time}
    stages = event_line(session, event, at)
    return render(request, "memos/history.html", account=account, event=event, stages=stages, **shown)


@router.post("/events/{event_id:int}/memo/history/{revision_id:int}", name="memo_restore")
def restore(request: Request, session: DbSession, account: Signed, event: RequestedEvent, revision_id: int, at: Now):
    memo = memo_to_write(session, event)
    revision = revision_of(session, memo, revision_id)
    bring_back(session, event, memo, revision, by=account.name, at=at)
    here = request.app.url_path_for("memo", event_id=event.id)
    return redirect(request, f"{here}#section-{revision.section_key}", flash=_("The text is brought back."))
