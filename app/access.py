"""Who is asking: the account behind a session's cookie, and the moment of the request."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from app.accounts.models import Account
from app.accounts.sessions import account_of
from app.db import DbSession
from app.errors import SignInNeeded
from app.settings import Settings


async def now(request: Request) -> datetime:  # async: one that waits for nothing needs no thread
    """The moment of the request, aware, in UTC, by the application's clock."""
    return request.app.state.clock()


Now = Annotated[datetime, Depends(now)]


async def settings_of(request: Request) -> Settings:
    return request.app.state.settings


CurrentSettings = Annotated[Settings, Depends(settings_of)]


def session_cookie(settings: Settings) -> str:
    """Name of the session's cookie: bound to the host where the connection is secure (RFC 6265bis section 4.1.3.2)."""
    return "__Host-session" if settings.https else "session"


def signed_in(request: Request, session: DbSession, at: Now) -> Account:
    """Return the signed-in account; raises SignInNeeded."""
    token = request.cookies.get(session_cookie(request.app.state.settings))
    account = account_of(session, token, at) if token else None
    if account is None:
        raise SignInNeeded
    request.state.actor = "account", account.email
    return account


Signed = Annotated[Account, Depends(signed_in)]
