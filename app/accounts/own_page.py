"""One's own account: by what one signs in, and where one is signed in."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app import cookies
from app.access import own_token
from app.accounts.identities import identity_of
from app.accounts.letters import mail_notice
from app.accounts.models import Account
from app.accounts.one_time import codes_left, has_authenticator
from app.accounts.passkeys import party_of, passkeys_of
from app.accounts.sessions import end_all, rotate, sessions_of
from app.accounts.tokens import digest
from app.web import Form, redirect, render


def own_page(
    request: Request, session: Session, account: Account, at, form: Form | None = None, status=200
) -> Response:
    """Show it; form is the one that was refused."""
    settings = request.app.state.settings
    return render(
        request, "accounts/own.html", status=status, account=account, form=form or Form(),
        passkeys=passkeys_of(session, account.id), party=party_of(settings),
        has_second=has_authenticator(session, account.id), codes_left=codes_left(session, account.id),
        identity=identity_of(session, account.id), organisation=settings.organisation,
        sessions=sessions_of(session, account.id, at), here=digest(own_token(request)), at=at,
    )  # fmt: skip


def changed(
    request: Request, session: Session, account: Account, what: str, said: str, at, *, to: str = "/account"
) -> Response:
    """What follows a change of what signs somebody in: a mail about it, all other sessions ended, a new token for
    this one."""
    return seal_change(request, session, account, what, at, redirect(request, to, said))


def seal_change(request: Request, session: Session, account: Account, what: str, at, response: Response) -> Response:
    """As `changed`, with an answer of one's own."""
    settings = request.app.state.settings
    mail_notice(session, settings, account, what, at)
    end_all(session, account.id, but=own_token(request))
    cookies.keep(response, settings, "session", rotate(session, own_token(request), at))
    return response
