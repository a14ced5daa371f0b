from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.invitations.inviting import invite, invite_again
from app.invitations.letters import written_letters, written_problems
from app.invitations.page import invitation_page
from app.invitations.summary import summary_of
from app.invitations.tables import to_send_table
from app.invitations.taking_back import take_back
from app.invitees.queries import invitee_by_id, invitees_of
from app.language import gettext as _
from app.language import ngettext, spoken
from app.spreadsheet import WantedFile, exported
from app.web import Posted, own_path, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/invitation/send", name="send_invitations")
def summary(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now,
    wanted: WantedFile,
):  # fmt: skip
    shown = invitation_page(session, settings, event, spoken(), at)
    if wanted:
        return exported(wanted, to_send_table(shown, event))
    return render(
        request, "invitations/summary.html", account=account, event=event, stages=event_line(session, event, at),
        shown=shown, problems=written_problems(written_letters(session, event.id)),
        summary=summary_of(session, event, shown),
    )  # fmt: skip


@router.post("/events/{event_id:int}/invitation/send")
def send(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
):  # fmt: skip
    left_out = {key_of(key) for key in posted.getlist("leave_out")}
    invitees = [one for one in invitees_of(session, event.id) if one.id not in left_out]
    request.state.count = invite(session, settings, event, invitees, at=at, by=account.name)
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id))


@router.post("/events/{event_id:int}/invitation/take-back", name="take_back_invitations")
def call_back(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    request.state.count = taken = take_back(session, event)
    words = ngettext("%(num)s mail was taken back.", "%(num)s mails were taken back.", taken)
    said = words % {"num": taken} if taken else _("All of them had left already.")
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said)


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/again", name="invite_again")
def again(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    queued = invite_again(session, settings, event, invitee, at=at)
    said = _("The invitation to %(name)s is on its way.") if queued else _("Nothing was sent to %(name)s just now.")
    return redirect(request, own_path(str(posted.get("next", ""))), flash=said % {"name": invitee.person.name})
