"""Signing in at the organisation: there and back in one browser, and a press that ends it.

The way there and the answer are GETs, which write nothing. What the provider has told waits sealed in the browser's own
cookie until its person presses a button: no session comes to be without that.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import IntegrityError

from app import cookies
from app.access import CurrentSettings, Now, Signed
from app.accounts.colleagues import accept, invitation_of
from app.accounts.entering import let_in, prove
from app.accounts.identities import by_identity, link
from app.accounts.joining_routes import welcome
from app.accounts.models import AccountToken
from app.accounts.organisation import LASTS, NotBelieved, Unreachable, begin, subject_of
from app.accounts.own_page import changed
from app.accounts.sealing import sealed_text, unsealed_text
from app.accounts.sessions import account_of
from app.accounts.tokens import digest
from app.db import DbSession
from app.errors import Invalid, NotFound, Refused
from app.language import gettext as _
from app.settings import Settings
from app.web import Form, Posted, own_path, render

router = APIRouter()
BACK = "/sign-in/organisation/back"


@router.get("/sign-in/organisation", name="sign_in_organisation")
def go(request: Request, settings: CurrentSettings, at: Now, next: str = "/", join: str = "", own: str = ""):
    """Lead to the provider; a page elsewhere cannot make somebody's browser go there."""
    if settings.oidc_issuer is None:
        raise NotFound
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return RedirectResponse("/sign-in", 303)
    try:
        begun = begin(settings, settings.base_url + BACK, at)
    except Unreachable:
        return unreachable(request, settings)
    kind = "join" if join else "own" if own else "enter"
    kept = begun.kept | {"kind": kind, "next": own_path(next), "join": join[:100]}
    response = RedirectResponse(begun.url, 303)
    cookies.keep(response, settings, "organisation", sealed_text(settings.secret, kept, "organisation"), LASTS)
    return response


def unreachable(request: Request, settings: Settings) -> Response:
    return render(request, "accounts/unreachable.html", status=503, organisation=settings.oidc_name)


@router.get(BACK, name="organisation_answer")
def back(request: Request, settings: CurrentSettings, at: Now, state: str = "", code: str = "") -> Response:
    """Read the provider's answer; one that this browser has not asked for is refused (400)."""
    if settings.oidc_issuer is None:
        raise NotFound
    kept = unsealed_text(settings.secret, cookies.kept(request, settings, "organisation"), "organisation")
    try:
        subject = subject_of(settings, settings.base_url + BACK, kept, state, code, at)
    except Unreachable:
        return unreachable(request, settings)
    except NotBelieved:
        return render(request, "accounts/not_believed.html", status=400, organisation=settings.oidc_name)
    return go_on(request, settings, subject, kept or {}, at)


def go_on(request: Request, settings: Settings, subject: str, kept: dict[str, Any], at: datetime) -> Response:
    """Let this browser go on, by a press, as whom the provider says that it is."""
    told = {"subject": subject, "once": secrets.token_urlsafe(32), "until": at.timestamp() + LASTS}
    told |= {name: kept[name] for name in ("kind", "next", "join")}
    response = render(
        request, "accounts/answered.html", organisation=settings.oidc_name, kind=told["kind"], form=Form()
    )
    cookies.keep(response, settings, "entered", sealed_text(settings.secret, told, "entered"), LASTS)
    cookies.forget(response, settings, "organisation")
    return response


def told_once(request: Request, session: DbSession, settings: Settings, at: Now) -> dict[str, Any] | None:
    """Return what the provider has told this browser, the first time that it is asked for; None otherwise."""
    told = unsealed_text(settings.secret, cookies.kept(request, settings, "entered"), "entered")
    if settings.oidc_issuer is None or told is None or at.timestamp() > told["until"]:
        return None
    ends = datetime.fromtimestamp(told["until"], UTC)
    used = AccountToken(token_hash=digest(told["once"]), purpose="entered", wrong=0, expires_at=ends)
    try:
        with session.begin_nested():
            session.add(used)
    except IntegrityError:
        return None
    return told


@router.post("/sign-in/organisation/enter", name="enter_by_organisation")
def enter(request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Response:
    told = told_once(request, session, settings, at)
    if told is None:
        return render(request, "accounts/not_believed.html", status=400, organisation=settings.oidc_name)
    if told["kind"] == "join":
        return join_by_organisation(request, session, settings, told, at)
    account = by_identity(session, str(settings.oidc_issuer), told["subject"])
    if account is None or told["kind"] != "enter":
        return render(request, "accounts/not_linked.html", status=403, organisation=settings.oidc_name)
    return let_in(request, session, settings, account, at, told["next"])


def join_by_organisation(request: Request, session: DbSession, settings: Settings, told: dict[str, Any], at: Now):
    """Accept an invitation that still holds, and link the account with who was signed in there."""
    invitation = invitation_of(session, told["join"], at)
    known = account_of(session, invitation.email) if invitation else None
    if invitation is None or (known and known.ended_at is None):
        return render(request, "accounts/gone.html", status=410, link="join")
    account = accept(session, invitation)
    if not link(session, account, str(settings.oidc_issuer), told["subject"], at):
        raise Refused(_("Somebody else here signs in by this already."))
    return welcome(request, session, settings, account, invitation, at)


@router.post("/account/organisation", name="link_organisation")
def link_own(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    """Link what the provider has told, once it is the account's own person who asks: it signs in from then on."""
    try:
        prove(request, session, settings, account, str(posted.get("password", "")), at)
    except Invalid as error:
        form = Form({}, error.problems)
        return render(
            request, "accounts/answered.html", status=422, organisation=settings.oidc_name, kind="own", form=form
        )
    told = told_once(request, session, settings, at)
    if told is None or told["kind"] != "own":
        return render(request, "accounts/not_believed.html", status=400, organisation=settings.oidc_name)
    if not link(session, account, str(settings.oidc_issuer), told["subject"], at):
        raise Refused(_("Somebody else here signs in by this already."))
    said = _("You can now sign in with %(name)s.") % {"name": settings.oidc_name}
    return changed(request, session, account, "organisation", said, at)
