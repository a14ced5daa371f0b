"""What the link of an invitation opens: somebody joins a secretariat, by a passkey, a password or the organisation's
sign-in."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import cookies
from app.access import CurrentSettings, Now
from app.accounts.colleagues import accept, invitation_of
from app.accounts.entering import let_in
from app.accounts.models import Account, AccountInvitation
from app.accounts.passkey_routes import asked
from app.accounts.passkeys import Made, keep, made, options_to_add, party_of, passkeys_of
from app.accounts.passwords import complaint_about, hash_of
from app.accounts.sessions import account_of
from app.accounts.tokens import give, take
from app.accounts.words import role_words
from app.audit.granting import role_facts
from app.db import DbSession
from app.errors import NotFound
from app.language import gettext as _
from app.secretariats.models import Secretariat
from app.secretariats.scope import add_to
from app.settings import Settings
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/join/{join_token}", name="join")
def show(request: Request, session: DbSession, join_token: str, at: Now) -> Response:
    return join_page(request, session, join_token, invitation_of(session, join_token, at), Form())


def join_page(
    request: Request, session: Session, token: str, invitation: AccountInvitation | None, form: Form, status: int = 200
) -> Response:
    """What somebody is invited to, and by what they may sign in; of a link that opens nothing, where to get another."""
    if invitation is None:
        return render(request, "accounts/gone.html", status=410, link="join")
    settings = request.app.state.settings
    account = account_of(session, invitation.email)
    return render(
        request, "accounts/join.html", status=status, form=form, invitation=invitation, token=token,
        secretariat=session.get_one(Secretariat, invitation.secretariat_id), role=role_words()[invitation.role],
        known=account is not None and account.ended_at is None, party=party_of(settings),
        organisation=settings.organisation,
    )  # fmt: skip


@router.post("/join/{join_token}")
def join(
    request: Request, session: DbSession, settings: CurrentSettings, join_token: str, posted: Posted, at: Now
) -> Response:
    invitation = invitation_of(session, join_token, at)
    if invitation is None:
        return join_page(request, session, join_token, None, Form())
    known = account_of(session, invitation.email)
    if known is not None and known.ended_at is None:
        return join_with_account(request, session, invitation)
    if posted.get("credential"):
        return join_by_passkey(request, session, settings, join_token, invitation, posted, at)
    return join_by_password(request, session, settings, join_token, invitation, posted, at)


def join_with_account(request: Request, session: Session, invitation: AccountInvitation) -> Response:
    """Give whoever has an account already their role; they sign in as they are used to."""
    account = accept(session, invitation)
    request.state.actor = "account", account.email
    add_to(session, invitation.secretariat_id)  # where it is noted
    request.state.facts = role_facts(account.email, role=invitation.role)
    return redirect(request, "/sign-in", flash=_("You have joined. Sign in as you are used to."))


def join_by_password(
    request: Request, session: Session, settings: Settings, token: str, invitation: AccountInvitation, posted: Posted,
    at: datetime,
) -> Response:  # fmt: skip
    password = str(posted.get("password", ""))
    if wrong := complaint_about(password, (invitation.name, invitation.email), settings.leaked):
        form = Form({}, [("password", wrong)])
        return join_page(request, session, token, invitation, form, 422)
    account = accept(session, invitation)
    account.password_hash = hash_of(password)
    return welcome(request, session, settings, account, invitation, at)


def join_by_passkey(
    request: Request, session: Session, settings: Settings, token: str, invitation: AccountInvitation, posted: Posted,
    at: datetime,
) -> Response:  # fmt: skip
    question = take(session, "passkey_new", cookies.kept(request, settings, "passkey"), at)
    key = made(settings, str(posted.get("credential"))[:20_000], question) if party_of(settings) else None
    form = Form({}, [("passkey", _("The passkey could not be made. Try again, or choose a password."))])
    try:
        with session.begin_nested():
            account = accept_with(session, invitation, key, at)
    except (IntegrityError, ValueError):
        session.expire_all()
        return join_page(request, session, token, invitation, form, 422)
    return welcome(request, session, settings, account, invitation, at)


def accept_with(session: Session, invitation: AccountInvitation, key: Made | None, at: datetime) -> Account:
    """Accept an invitation by a passkey; raises ValueError where there is none."""
    if key is None:
        raise ValueError("no passkey")
    account = accept(session, invitation)
    keep(session, account, key, _("My first passkey"), at)
    return account


def welcome(
    request: Request, session: Session, settings: Settings, account: Account, invitation: AccountInvitation,
    at: datetime,
) -> Response:  # fmt: skip
    """Sign in, in the secretariat, whoever has accepted an invitation to it by an account that is new."""
    request.state.facts = role_facts(account.email, role=invitation.role)
    said = _("Welcome, %(name)s.") % {"name": account.name}
    return let_in(request, session, settings, account, at, "/", secretariat_id=invitation.secretariat_id, flash=said)


@router.post("/join/{join_token}/passkey", name="passkey_to_join")
def ask_for_passkey(
    request: Request, session: DbSession, settings: CurrentSettings, join_token: str, at: Now
) -> Response:
    invitation = invitation_of(session, join_token, at)
    if invitation is None or party_of(settings) is None:
        raise NotFound
    request.state.refused = True  # a question is nothing done
    account = account_of(session, invitation.email)
    had = [key.credential_id for key in passkeys_of(session, account.id)] if account else []
    options, challenge = options_to_add(settings, invitation.email, invitation.name, had)
    return asked(settings, options, give(session, "passkey_new", at, value=challenge))
