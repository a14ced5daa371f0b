"""Signing in by a passkey. No wrong password slows it down."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app import cookies
from app.access import CurrentSettings, Now
from app.accounts.entering import let_in
from app.accounts.passkeys import by_passkey, options_to_enter, party_of
from app.accounts.routes import sign_in_page
from app.accounts.tokens import LASTS, give, take
from app.db import DbSession
from app.errors import NotFound
from app.language import gettext as _
from app.proxies import asks_from
from app.settings import Settings
from app.web import Form, Posted

router = APIRouter()


def asked(settings: Settings, options: str, token: str) -> Response:
    """Tell the page's script what to ask the browser for; the browser keeps which question it was."""
    response = Response(options, media_type="application/json")
    cookies.keep(response, settings, "passkey", token, int(LASTS["passkey"].total_seconds()))
    return response


@router.post("/sign-in/passkey/options", name="passkey_question")
def ask(request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Response:
    if party_of(settings) is None:
        raise NotFound
    request.state.refused = True  # a question is nothing done: a stranger fills no trail
    if request.app.state.passkeys.wrong(asks_from(request.scope), at):  # each is a row
        problem = _("Too many tries from your network. Wait a minute, or take your password.")
        return JSONResponse({"problem": problem}, 429, {"Retry-After": "60"})
    options, challenge = options_to_enter(settings)
    return asked(settings, options, give(session, "passkey", at, value=challenge))


@router.post("/sign-in/passkey", name="sign_in_by_passkey")
def enter(request: Request, session: DbSession, settings: CurrentSettings, posted: Posted, at: Now) -> Response:
    if party_of(settings) is None:
        raise NotFound
    question = take(session, "passkey", cookies.kept(request, settings, "passkey"), at)
    account = by_passkey(session, settings, str(posted.get("credential", ""))[:20_000], question, at)
    if account is None:
        sentence = _("This passkey opens nothing here. Try again, or sign in with your password.")
        return sign_in_page(request, Form({"next": posted.get("next")}, [("passkey", sentence)]), 422)
    return let_in(request, session, settings, account, at, str(posted.get("next", "/")))
