""" "Not you?": what somebody does who has opened another's link. The page says it; two presses do it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.db import DbSession
from app.guests.letter import contact_of
from app.guests.opening import LinkHolder, forget_link, refuse_another
from app.web import Posted, render

router = APIRouter()


@router.api_route("/m/{public_id}/not-you", methods=["GET", "HEAD"], name="not_you")
def show(request: Request, session: DbSession, guest: LinkHolder, settings: CurrentSettings) -> Response:
    contact = contact_of(session, settings, guest.event)
    return render(request, "guests/not_you.html", guest=guest, contact=contact, left=False, told=False)


@router.post("/m/{public_id}/not-you")
def leave(
    request: Request, session: DbSession, guest: LinkHolder, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    """Let this browser forget the link; where it is wished, note for the secretariat that it reached another."""
    refuse_another(guest, posted.get("public_id"))
    told = posted.get("action") == "tell"
    if told:
        guest.link.not_theirs_at = at
    contact = contact_of(session, settings, guest.event)
    response = render(request, "guests/not_you.html", guest=guest, contact=contact, left=True, told=told)
    forget_link(response, settings, guest.public_id)
    return response
