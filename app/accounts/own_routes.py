"""What somebody changes in their own account: password, passkeys, codes, sessions."""

from __future__ import annotations

from datetime import datetime

import segno
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app import cookies
from app.access import CurrentSettings, Now, Signed, own_token
from app.accounts.entering import prove
from app.accounts.identities import identity_of, unlink
from app.accounts.models import Account
from app.accounts.one_time import confirm, has_authenticator, propose, proposed, remove, uri_of
from app.accounts.own_page import changed, own_page, seal_change
from app.accounts.passkey_routes import asked
from app.accounts.passkeys import MOST, keep, made, options_to_add, party_of, passkeys_of
from app.accounts.passwords import complaint_about
from app.accounts.resets import set_password
from app.accounts.sessions import end_all, sessions_of
from app.accounts.tokens import give, take
from app.db import DbSession
from app.errors import Invalid, NotFound, Refused
from app.forms import clean_line
from app.language import gettext as _
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/account", name="own_account")
def show(request: Request, session: DbSession, account: Signed, at: Now) -> Response:
    return own_page(request, session, account, at)


@router.post("/account/password", name="own_password")
def change_password(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    new = str(posted.get("new", ""))
    try:
        prove(request, session, settings, account, str(posted.get("password", "")), at)
        if wrong := complaint_about(new, (account.name, account.email), settings.leaked):
            raise Invalid([("new", wrong)])
    except Invalid as error:
        return own_page(request, session, account, at, Form({"part": "password"}, error.problems), 422)
    set_password(session, account, new, but=own_token(request))
    return changed(
        request, session, account, "password", _("Your password was changed; you were signed out elsewhere."), at
    )


def unproven(
    request: Request, session: Session, account: Account, posted: FormData, at: datetime, part: str
) -> Response | None:
    """The page again, unless it is the account's own person who asks; part: the form that asks it."""
    try:
        prove(request, session, request.app.state.settings, account, str(posted.get("password", "")), at)
    except Invalid as error:
        return own_page(request, session, account, at, Form({"part": part}, error.problems), 422)
    return None


@router.post("/account/passkeys/options", name="passkey_to_add")
def ask_for_passkey(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    """Once it is the account's own person who asks, so that no device makes a passkey that is then refused."""
    keys = passkeys_of(session, account.id)
    if party_of(settings) is None or len(keys) >= MOST:
        raise NotFound
    request.state.refused = True  # a question is nothing done
    try:
        prove(request, session, settings, account, str(posted.get("password", "")), at)
    except Invalid as error:
        return JSONResponse({"problem": error.problems[0][1]}, 422)
    options, challenge = options_to_add(settings, account.email, account.name, [key.credential_id for key in keys])
    return asked(settings, options, give(session, "passkey_new", at, account_id=account.id, value=challenge))


@router.post("/account/passkeys", name="passkeys")
def add_passkey(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    question = take(session, "passkey_new", cookies.kept(request, settings, "passkey"), at)
    mine = question if question and question.account_id == account.id and party_of(settings) else None
    key = made(settings, str(posted.get("credential", ""))[:20_000], mine)
    try:
        if key is None:
            raise Invalid([("passkey", _("The passkey could not be made. Try again."))])
        with session.begin_nested():
            keep(session, account, key, clean_line(str(posted.get("name", "")), 100) or _("Passkey"), at)
    except (Invalid, IntegrityError) as error:
        problems = getattr(error, "problems", [("passkey", _("This passkey is in use already."))])
        return own_page(request, session, account, at, Form({"part": "passkey"}, problems), 422)
    return changed(request, session, account, "passkey", _("The passkey was added: you can sign in with it."), at)


@router.post("/account/passkeys/{passkey_id:int}", name="passkey")
def change_passkey(
    request: Request, session: DbSession, account: Signed, passkey_id: int, posted: Posted, at: Now
) -> Response:
    keys = passkeys_of(session, account.id)
    key = next((one for one in keys if one.id == passkey_id), None)
    if key is None:
        raise NotFound
    if posted.get("action") != "remove":
        key.name = clean_line(str(posted.get("name", "")), 100) or key.name
        return redirect(request, "/account#passkeys", _("The name was saved."))
    if len(keys) == 1 and account.password_hash is None and identity_of(session, account.id) is None:
        raise Refused(_("This is all that you can sign in with. Choose a password or add another passkey first."))
    if refused := unproven(request, session, account, posted, at, f"passkey-{key.id}"):
        return refused
    session.delete(key)
    said = _("The passkey “%(name)s” was removed.") % {"name": key.name}
    return changed(request, session, account, "passkey_gone", said, at)


@router.get("/account/authenticator", name="authenticator")
def show_authenticator(request: Request, session: DbSession, account: Signed, settings: CurrentSettings) -> Response:
    return authenticator_page(request, account, proposed(session, settings.secret, account), Form())


def authenticator_page(
    request: Request, account: Signed, base32: str | None, form: Form, status: int = 200
) -> Response:
    """The picture that the app reads, its secret in letters, and the field for the first code."""
    if base32 is None:
        return redirect(request, "/account")
    picture = segno.make(uri_of(base32, account), error="m").svg_data_uri(scale=5, border=4, light="#fff", dark="#000")
    letters = " ".join(base32[n : n + 4] for n in range(0, len(base32), 4))
    return render(
        request, "accounts/authenticator.html", account=account, form=form, picture=picture, letters=letters,
        status=status,
    )  # fmt: skip


@router.post("/account/authenticator")
def begin_authenticator(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    if refused := unproven(request, session, account, posted, at, "authenticator"):
        return refused
    if posted.get("action") != "remove":
        propose(session, settings.secret, account)
        return redirect(request, "/account/authenticator")
    if has_authenticator(session, account.id):
        remove(session, account.id)
        said = _("No code is asked for any more.")
        return changed(request, session, account, "authenticator_gone", said, at)
    return redirect(request, "/account")


@router.post("/account/authenticator/confirm", name="confirm_authenticator")
def confirm_authenticator(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    code = "".join(str(posted.get("code", ""))[:20].split())
    base32 = proposed(session, settings.secret, account)
    codes = confirm(session, settings.secret, account, code, at)
    if codes is None:
        form = Form({}, [("code", _("This code is not right. Wait for the next one in your app."))])
        return authenticator_page(request, account, base32, form, 422)
    shown = render(request, "accounts/recovery.html", account=account, codes=codes)
    return seal_change(request, session, account, "authenticator", at, shown)


@router.post("/account/organisation/unlink", name="unlink_organisation")
def unlink_organisation(request: Request, session: DbSession, account: Signed, posted: Posted, at: Now) -> Response:
    if account.password_hash is None and not passkeys_of(session, account.id):
        raise Refused(_("This is all that you can sign in with. Choose a password or add a passkey first."))
    if refused := unproven(request, session, account, posted, at, "organisation"):
        return refused
    unlink(session, account.id)
    said = _("You no longer sign in with the organisation's sign-in.")
    return changed(request, session, account, "organisation_gone", said, at)


@router.post("/account/sessions", name="own_sessions")
def end_sessions(request: Request, session: DbSession, account: Signed, posted: Posted, at: Now) -> Response:
    wanted = str(posted.get("session", ""))
    if not wanted:
        end_all(session, account.id, but=own_token(request))
        return redirect(request, "/account#sessions", _("You are signed out everywhere else."))
    found = [one for one in sessions_of(session, account.id, at) if one.token_hash.hex()[:16] == wanted]
    for one in found:
        session.delete(one)
    return redirect(request, "/account#sessions", _("The session was ended."))


@router.post("/account/stay", name="stay")
def stay(account: Signed) -> Response:
    """A sign of life: what is signed in stays so."""
    return Response(status_code=204)
