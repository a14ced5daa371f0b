from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.events.queries import RequestedEvent
from app.invitations.offers import offer_seat, withdraw_offer
from app.invitees.queries import invitee_by_id
from app.invitees.routes import answers_page
from app.language import gettext as _
from app.web import Posted, is_htmx, redirect

router = APIRouter()


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/offer", name="offer_seat")
def offer(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    offer_seat(session, settings, event, invitee, extra=posted.get("extra") == "yes", at=at)
    said = _("%(name)s has been offered a seat.") % {"name": invitee.person.name}
    return _answered(request, session, settings, account, event, at, posted, said)


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/offer/withdraw", name="withdraw_offer")
def withdraw(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    ended = withdraw_offer(session, settings, event, invitee, at=at)
    said = _("The offer to %(name)s is withdrawn.") if ended else _("%(name)s had no offer any more.")
    return _answered(request, session, settings, account, event, at, posted, said % {"name": invitee.person.name})


def _answered(request: Request, session, settings, account, event, at, posted, said: str):
    """To htmx the table with what was said, else the page that it was pressed on."""
    show = str(posted.get("show", ""))
    if is_htmx(request):
        return answers_page(request, session, settings, account, event, at, show=show, said=said)
    here = request.app.url_path_for("answers", event_id=event.id)
    return redirect(request, f"{here}?show=waiting" if show == "waiting" else here, flash=said)
