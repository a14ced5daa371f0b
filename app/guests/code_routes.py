"""The address that a printed letter names: a short code opens the page that a link from a mail opens."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.db import DbSession
from app.errors import NotFound
from app.events.models import Event
from app.forms import clean_line
from app.guests.guessing import Guesses
from app.guests.opening import UNLISTED, let_in
from app.language import gettext as _
from app.links.codes import open_code
from app.links.links import token_of
from app.proxies import asks_from
from app.secretariats.scope import add_to
from app.web import Form, Posted, render

log = logging.getLogger("koolle")
router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/code", methods=READ, name="code")
def ask(request: Request) -> Response:
    return code_page(request, Form())


def code_page(request: Request, form: Form, status: int = 200) -> Response:
    """The form that takes a code; after too many wrong ones it says when to try again."""
    headers = UNLISTED | ({"Retry-After": "60"} if status == 429 else {})
    return render(request, "guests/code.html", status=status, headers=headers, form=form)


@router.post("/code")
def enter(request: Request, session: DbSession, settings: CurrentSettings, posted: Posted, at: Now) -> Response:
    typed = clean_line(str(posted.get("code", "")), 60)
    if not typed:
        return code_page(request, Form({}, [("code", _("Write the code that stands in your letter."))]), 422)
    try:
        link = open_code(session, settings, typed)
    except NotFound:
        return refuse(request, typed, at)
    request.state.facts = {"event_id": link.event_id}
    add_to(session, session.get_one(Event, link.event_id).secretariat_id)  # where it is noted
    return let_in(request, settings, link.public_id, token_of(settings, link))


def refuse(request: Request, typed: str, at) -> Response:
    """Say that a code opens nothing, alike for all that do not; what was typed stays."""
    guesses: Guesses = request.app.state.code_guesses
    if guesses.wrong(asks_from(request.scope), at):
        if guesses.alarms(at):
            log.error("request %s: alarm: somebody tries codes of letters", request.scope.get("request_id"))
        return code_page(request, Form({"code": typed}, [("code", _("Too many wrong codes. Wait a minute."))]), 429)
    sentence = _("This code opens nothing. Compare it with the one in your letter, or ask whoever sent the letter.")
    return code_page(request, Form({"code": typed}, [("code", sentence)]), 422)


@router.api_route("/preview", methods=READ, name="preview_link")
def preview(request: Request) -> Response:
    """What the link of a test letter opens: it is nobody's, and answers nothing."""
    return render(request, "guests/preview.html", headers=UNLISTED)
