from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.invitations.previewing import preview_of, save_letter, write_itself
from app.language import gettext as _
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/invitation/letter", name="invitation_letter")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    write: str = "",
):  # fmt: skip
    return letter_page(request, session, settings, account, event, writing=bool(write))


def letter_page(request: Request, session, settings, account, event, *, writing: bool, problems=(), posted=None):
    """The letter as one recipient gets it; beside it who that is, or the form in which it is written."""
    preview = preview_of(session, settings, event, request.query_params.get("as", ""))
    if posted is not None:
        form = Form(posted, problems)
    else:
        form = Form({"subject": preview.letter.subject, "body": preview.letter.body}, problems)
    return render(
        request, "invitations/letter.html", block="letter", status=422 if problems else 200, account=account,
        event=event, preview=preview, form=form, writing=writing or bool(problems), stages=event_line(session, event),
    )  # fmt: skip


@router.post("/events/{event_id:int}/invitation/letter")
def save(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted,
) -> Response:  # fmt: skip
    here = request.app.url_path_for("invitation_letter", event_id=event.id)
    if posted.get("own"):
        write_itself(session, event)
        return redirect(request, here, flash=_("The letter writes itself again."))
    try:
        save_letter(session, event, posted)
    except Invalid as error:
        return letter_page(
            request, session, settings, account, event, writing=True, problems=error.problems, posted=posted
        )
    return redirect(request, here, flash=_("The letter is saved."))
