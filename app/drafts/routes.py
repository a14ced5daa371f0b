"""Where a page sends what is being typed, and where it is let go."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.drafts.keeping import discard, keep
from app.drafts.typed import form_named, read_fields
from app.errors import NotAllowed
from app.forms import key_of
from app.language import gettext as _
from app.secretariats.policy import POLICY, may
from app.web import Posted, own_path, redirect

router = APIRouter(prefix="/drafts")


@router.post("", name="keep_draft")
def save(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, posted: Posted, at: Now
) -> Response:
    """Keep a form's fields: 204. 403 where the account may not send the form, 413 for what is too much or no form."""
    sent_to = str(posted.get("form", ""))
    form = form_named(sent_to)
    if form is None or request.state.role is None or not may(request.state.role, POLICY[form].change):
        raise NotAllowed
    typed, turn = read_fields(str(posted.get("fields", ""))), key_of(posted.get("turn"))
    page = str(posted.get("page", ""))[:40]
    if typed is None or turn is None:
        return Response(status_code=413)
    kept = keep(session, settings, account.id, sent_to, typed, page=page, turn=turn, at=at)
    return Response(status_code=204 if kept else 413)


@router.post("/discard", name="discard_draft")
def let_go(request: Request, session: DbSession, account: Signed, posted: Posted) -> Response:
    discard(session, account.id, str(posted.get("form", "")))
    return redirect(request, own_path(str(posted.get("here", ""))), flash=_("What you had begun is discarded."))
