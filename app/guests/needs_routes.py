"""What an invitee says that they need, on their own page: apart from the answer, by consent, and taken back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.dates import instant_of
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.guests.opening import RequestedGuest, refuse_another
from app.guests.page import page
from app.guests.routes import back, read_again
from app.needs.keeping import asks, say, take_back
from app.needs.reading import read_needs
from app.web import Form, Posted, redirect

router = APIRouter()
router.add_api_route("/m/{public_id}/needs", read_again, methods=["GET", "HEAD"])


@router.post("/m/{public_id}/needs", name="guest_needs")
def tell(
    request: Request, session: DbSession, guest: RequestedGuest, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    refuse_another(guest, posted.get("public_id"))
    if not guest.answers:
        raise NotFound
    if posted.get("act") == "take_back":
        take_back(session, guest.invitee)
        return redirect(request, back(request, guest, "needs"))
    if not asks(guest.event) or at >= instant_of(guest.event.starts_at, guest.event.time_zone):
        raise NotFound
    try:
        say(session, settings, guest.invitee, read_needs(posted, guest.event), at=at)
    except Invalid as invalid:
        return page(request, session, guest, settings, at, needs_form=Form(posted, invalid.problems), status=422)
    return redirect(request, back(request, guest, "needs"))
