"""Who is asking: the account behind a session's cookie, what it may here, and the moment of the request."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app import cookies
from app.accounts.models import Account
from app.accounts.sessions import SEEN_WITHIN, Seat, keep_alive, seat_of
from app.db import DbSession
from app.dear import count_dear
from app.errors import NoRole, NotAllowed, NotFound, SignInNeeded
from app.secretariats.looking import only_look
from app.secretariats.policy import KEEP, MAY, OPEN, OWN, POLICY, SAFE, may
from app.secretariats.scope import hide_addresses, see_only
from app.settings import Settings


async def now(request: Request) -> datetime:  # async: one that waits for nothing needs no thread
    """The moment of the request, aware, in UTC, by the application's clock."""
    return request.app.state.clock()


Now = Annotated[datetime, Depends(now)]


async def settings_of(request: Request) -> Settings:
    return request.app.state.settings


CurrentSettings = Annotated[Settings, Depends(settings_of)]


def signed_in(request: Request, session: DbSession, at: Now) -> Account:
    """Return the signed-in account, admitted as `admit` says, and note that its session is in use."""
    seat = admit(request, session, at)
    if at - seat.seen_at >= SEEN_WITHIN:
        _note_use(request, session, at)
    return seat.account


def admit(request: Request, session: Session, at: datetime) -> Seat:
    """Return who is asking, once it is known that they may what they ask for; the session then loads nothing but what
    their secretariat keeps. Nothing is written. Raises SignInNeeded, NoRole, NotFound, NotAllowed, TooMany."""
    token = own_token(request)
    seat = seat_of(session, token, at) if token else None
    if seat is None:
        raise SignInNeeded
    request.state.actor = "account", seat.account.email
    request.state.account_id = seat.account.id
    request.state.role = seat.role
    request.state.secretariat_id = seat.secretariat_id
    request.state.began_at = seat.began_at
    request.state.at_work = seat.secretariat if seat.several else None
    takes = POLICY[request.scope["route"].path_format].by(request.method)
    request.state.may = MAY.get(seat.role, frozenset())
    if seat.role is None and takes not in (OPEN, OWN):
        raise NoRole
    if not may(seat.role, takes) or ("as" in request.query_params and not may(seat.role, KEEP)):
        raise NotFound if request.method in SAFE else NotAllowed
    if not may(seat.role, KEEP):
        request.state.shown = partial(only_look, role=seat.role, here=request.scope["path"])
        hide_addresses(session)
    if seat.secretariat_id is not None:
        see_only(session, seat.secretariat_id)
    count_dear(request, f"account {seat.account.id}", at)
    return seat


def own_token(request: Request) -> str:
    """Return the token of the session in which a request asks; empty without one."""
    return cookies.kept(request, request.app.state.settings, "session") or ""


def _note_use(request: Request, session: Session, at: datetime) -> None:
    """Note that the session is in use: at once where the request writes, else when it has read (app/db.py)."""
    token = own_token(request)
    if request.method in SAFE:
        request.state.afterwards = lambda writing: keep_alive(writing, token, at)
    else:
        keep_alive(session, token, at)


Signed = Annotated[Account, Depends(signed_in)]


def known(request: Request, at: Now) -> None:
    """Look who asks, in a transaction of its own, before what they send is read; raises as `admit` does."""
    with request.app.state.database.session(readonly=True) as session:
        admit(request, session, at)


async def whole(request: Request, _known: Annotated[None, Depends(known)]) -> None:
    """Wait for all that somebody who is known sends: it is looked at before the request's transaction begins."""
    await request.body()


Whole = Annotated[None, Depends(whole)]
