"""Where the reader of a link proves to be its owner: the code is asked for, mailed, and typed. Without scripts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.access import CurrentSettings, Now
from app.cookies import keep
from app.db import DbSession
from app.forms import can_be_mailed
from app.guests.guessing import Guesses
from app.guests.letter import contact_of
from app.guests.opening import LASTS, UNLISTED, Guest, LinkHolder, proof_cookie, refuse_another
from app.guests.proof_page import proof_page
from app.guests.proving import may_send, new_browser, send_code, try_code
from app.language import gettext as _
from app.proxies import asks_from
from app.web import Form, Posted, redirect

router = APIRouter()


@router.api_route("/m/{public_id}/proof", methods=["GET", "HEAD"], name="prove")
def show(public_id: str, request: Request) -> Response:
    return RedirectResponse(request.app.url_path_for("guest", public_id=public_id), 303, UNLISTED)


@router.post("/m/{public_id}/proof")
def prove(
    request: Request, session: DbSession, guest: LinkHolder, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    refuse_another(guest, posted.get("public_id"))
    if posted.get("action") == "send":
        return send(request, session, guest, settings, at)
    here = request.app.url_path_for("guest", public_id=guest.public_id)
    browser = request.cookies.get(proof_cookie(settings, guest.public_id))
    if try_code(session, settings, guest.link, browser, str(posted.get("code", ""))[:40], at):
        return redirect(request, here)
    wrong = _("This is not the code, or it has ended: a code holds for ten minutes and five tries. Ask for a new one.")
    form = Form(posted, [("code", wrong)])
    return proof_page(request, session, guest, settings, form=form, sent=True, status=422)


def send(request: Request, session, guest: Guest, settings, at) -> Response:
    """Mail a code, unless too many were asked for: of this link, for this address, or from where the browser is."""
    asked: Guesses = request.app.state.code_requests
    too_many = asked.wrong(asks_from(request.scope), at)
    reached = can_be_mailed(guest.person.email)
    browser = request.cookies.get(proof_cookie(settings, guest.public_id))
    if too_many or not reached or not may_send(session, guest.link, guest.person, browser, at):
        many = _(
            "Too many codes have been asked for. Use the newest one, or wait an hour. If it was not you who asked,"
            " somebody else has your link: ask for a new one at %(address)s."
        ) % {"address": contact_of(session, settings, guest.event).email}
        form = Form({}, [("code", many)] if reached else [])
        return proof_page(request, session, guest, settings, form=form, sent=True, status=429)
    browser = browser or new_browser()
    send_code(session, settings, guest.link, guest.person, browser, guest.language, at)
    response = proof_page(request, session, guest, settings, sent=True)
    keep(response, settings, f"p_{guest.public_id}", browser, LASTS)
    return response
