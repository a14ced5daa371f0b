"""What every way of signing in shares: the cookies of its steps, the limits, and the session that it ends in."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app import cookies
from app.accounts.browsers import words_of
from app.accounts.limits import Trier, forgive, free_at, note_wrong, trier
from app.accounts.models import Account
from app.accounts.one_time import has_authenticator
from app.accounts.pacing import is_worth_noting
from app.accounts.passwords import verify
from app.accounts.sessions import begin, sign_out
from app.accounts.tokens import LASTS, give
from app.errors import Invalid
from app.guests.guessing import neighbourhood
from app.language import gettext as _
from app.language import ngettext
from app.proxies import asks_from
from app.settings import Settings
from app.web import own_path, redirect

FRESH = 15 * 60  # seconds for which a sign-in by a passkey or by the organisation proves who is there


def trier_of(request: Request, settings: Settings, email: str, of: str = "") -> Trier:
    """Return by what this request's tries are counted (`limits.trier`)."""
    return trier(settings.secret, email, neighbourhood(asks_from(request.scope)), of)


def wait_of(session: Session, who: Trier, at: datetime) -> str | None:
    """Return the sentence for who has to wait before the next try, or None."""
    free = free_at(session, who)
    if free is None or free <= at:
        return None
    minutes = -int(-(free - at).total_seconds() // 60)
    return ngettext(
        "Too many tries. Wait a minute before the next one; a passkey always opens.",
        "Too many tries. Wait %(num)s minutes before the next one; a passkey always opens.", minutes,
    ) % {"num": minutes}  # fmt: skip


def count_wrong(request: Request, session: Session, who: Trier, at: datetime) -> None:
    """Count a wrong try; the trail is told that there were several, not of what was typed."""
    wrong = note_wrong(session, who, at)
    if is_worth_noting(wrong):
        request.state.counted = {"wrong": wrong}


def after_password(
    request: Request, session: Session, settings: Settings, account: Account, who: Trier, at: datetime, to: str
) -> Response:
    """Let in whose password was right, or ask for the second factor, in the same browser, within ten minutes."""
    if not has_authenticator(session, account.id):
        forgive(session, who)
        return let_in(request, session, settings, account, at, to)
    request.state.actor, request.state.action = ("account", account.email), "code"
    token = give(session, "code", at, account_id=account.id)
    response = redirect(request, f"{request.app.url_path_for('sign_in_code')}?next={own_path(to)}")
    cookies.keep(response, settings, "second", token, int(LASTS["code"].total_seconds()))
    return response


def let_in(
    request: Request, session: Session, settings: Settings, account: Account, at: datetime, to: str,
    *, secretariat_id: int | None = None, flash: str | None = None,
) -> Response:  # fmt: skip
    """Sign an account in: a new session, whatever the browser brought, and the language that it is kept in."""
    if brought := cookies.kept(request, settings, "session"):
        sign_out(session, brought)
    browser = words_of(request.headers.get("user-agent", ""))
    token = begin(session, account, at, browser=browser, secretariat_id=secretariat_id)
    request.state.actor = "account", account.email
    response = redirect(request, own_path(to), flash)
    cookies.keep(response, settings, "session", token)
    cookies.keep(response, settings, "language", account.language, cookies.YEAR)
    for step in ("second", "passkey", "organisation", "entered"):
        if cookies.kept(request, settings, step):
            cookies.forget(response, settings, step)
    return response


def prove(
    request: Request, session: Session, settings: Settings, account: Account, password: str, at: datetime
) -> None:
    """Raise Invalid unless it is the account's own person who asks: by the password, or where there is none, by having
    signed in within a quarter of an hour."""
    if account.password_hash is None:
        if (at - request.state.began_at).total_seconds() > FRESH:
            raise Invalid(
                [("password", _("Sign out and in again first: this is asked for after a quarter of an hour."))]
            )
        return
    who = trier_of(request, settings, account.email)
    if wait := wait_of(session, who, at):
        raise Invalid([("password", wait)])
    if not verify(password, account.password_hash)[0]:
        count_wrong(request, session, who, at)
        raise Invalid([("password", _("This is not your password."))])
    forgive(session, who)
