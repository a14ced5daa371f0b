from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.invitations.calling_off import call_off, invited, revive, withdraw_invitation
from app.invitations.change_words import change_words
from app.invitations.own_letters import update_letter
from app.invitations.picking import remove
from app.invitations.sampling import sample
from app.invitations.updating import BUTTONS, proposals, send_update
from app.invitees.queries import invitee_by_id
from app.language import gettext as _
from app.language import ngettext
from app.web import redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/update", name="update_invitees")
def changes(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now
):
    proposed = [
        (one, [change_words(change, event.time_zone) for change in one.changes], _letter(session, settings, event, one))
        for one in proposals(session, event)
    ]
    stages = event_line(session, event, at)
    shown = {"event": event, "stages": stages, "proposed": proposed}
    return render(request, "invitations/update.html", account=account, **shown)


def _letter(session, settings, event, proposal):
    letter = partial(update_letter, asks_anew=proposal.asks_anew)
    return sample(session, settings, event, "update", letter, BUTTONS[proposal.asks_anew], proposal.changes)


@router.post("/events/{event_id:int}/update")
def tell(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now
):
    request.state.count = told = send_update(session, settings, event, at=at, by=account.name)
    said = ngettext("%(num)s mail tells of the changes.", "%(num)s mails tell of the changes.", told) % {"num": told}
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said)


@router.get("/events/{event_id:int}/cancel", name="cancel_event")
def ask(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    shown = {"event": event, "stages": event_line(session, event, at), "told": invited(session, event)}
    return render(request, "invitations/cancel.html", account=account, **shown)


@router.post("/events/{event_id:int}/cancel")
def cancel(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now
):
    request.state.count = told = call_off(session, settings, event, at=at, by=account.name)
    said = ngettext(
        "The event is cancelled; %(num)s invitee is told.", "The event is cancelled; %(num)s invitees are told.", told
    ) % {"num": told}
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said)


@router.post("/events/{event_id:int}/revive", name="revive_event")
def take_place(request: Request, session: DbSession, account: Signed, event: RequestedEvent):
    revive(session, event)
    session.flush()
    said = _("The event takes place after all. Tell those who know that it was cancelled.")
    name = "update_invitees" if proposals(session, event) else "invitation"
    return redirect(request, request.app.url_path_for(name, event_id=event.id), flash=said)


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/withdraw", name="withdraw_invitation")
def withdraw(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    name = invitee.person.name
    told = withdraw_invitation(session, settings, event, invitee, at=at, by=account.name)
    remove(session, invitee, at=at, keeping="cancellation")
    said = _("%(name)s was removed and is told.") if told else _("%(name)s was removed.")
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said % {"name": name})
