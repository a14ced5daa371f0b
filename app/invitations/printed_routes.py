"""Letters on paper: whom they are for, and their PDF, one or all; making them counts as inviting."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.invitations.printed import forget_letter, note_letter, note_letters, on_paper, printed_for
from app.invitees.queries import invitee_by_id
from app.language import gettext as _
from app.language import ngettext
from app.memos.paper_answer import PaperAnswer
from app.memos.printed_letters import AT_ONCE, letters_manuscript
from app.web import Posted, own_path, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/invitation/printed", name="printed_letters")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    rows = on_paper(session, event)
    printed = sum(row.printed_at is not None for row in rows)
    return render(
        request, "invitations/printed.html", account=account, event=event, stages=event_line(session, event, at),
        rows=rows, printed=printed, batches=range(1, -(-printed // AT_ONCE) + 1), at_once=AT_ONCE,
    )  # fmt: skip


@router.post("/events/{event_id:int}/invitation/printed")
def make(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now,
    posted: Posted,
):  # fmt: skip
    """Make the letters of all who have none, or of one."""
    if posted.get("invitee"):
        invitee = invitee_by_id(session, event.id, key_of(posted["invitee"]) or 0)
        note_letter(session, settings, event, invitee, at=at)
        made = 1
    else:
        made = note_letters(session, settings, event, at=at)
    request.state.count = made
    said = ngettext("%(num)s letter is ready to be printed.", "%(num)s letters are ready to be printed.", made)
    return back(request, event, said % {"num": made})


@router.get("/events/{event_id:int}/invitation/printed/letters-{batch:int}.pdf", name="printed_letters_pdf")
def all_of_them(
    request: Request,
    session: DbSession,
    settings: CurrentSettings,
    account: Signed,
    event: RequestedEvent,
    batch: int,
) -> Response:
    those = printed_for(session, event)[(batch - 1) * AT_ONCE : batch * AT_ONCE] if batch else []
    if not those:
        raise NotFound
    return PaperAnswer(request, letters_manuscript(session, settings, event, those), f"letters-{event.id}-{batch}.pdf")


@router.get("/events/{event_id:int}/invitees/{invitee_id:int}/letter.pdf", name="printed_letter_pdf")
def one_of_them(
    request: Request,
    session: DbSession,
    settings: CurrentSettings,
    account: Signed,
    event: RequestedEvent,
    invitee_id: int,
) -> Response:
    those = printed_for(session, event, invitee_id)
    if not those:
        raise NotFound
    return PaperAnswer(
        request, letters_manuscript(session, settings, event, those), f"letter-{event.id}-{invitee_id}.pdf"
    )


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/letter/undo", name="forget_letter")
def undo(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, invitee_id: int, posted: Posted
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    forget_letter(session, event, invitee)
    said = _("The letter to %(name)s is taken back; its code opens nothing.") % {"name": invitee.person.name}
    if posted.get("next"):
        return redirect(request, own_path(str(posted["next"])), flash=said)
    return back(request, event, said)


def back(request: Request, event, said: str) -> Response:
    return redirect(request, request.app.url_path_for("printed_letters", event_id=event.id), flash=said)
