"""Who may send much: before a long body is read, it is looked who sends it. A stranger's is never held.

Each byte that is sent is held in memory until it is the request's turn (app/db.py); thirty megabytes of anybody who
likes would be as many times thirty megabytes.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.access import Now, known
from app.errors import NotFound
from app.guard import MOST_OF_ANYBODY, SAFE
from app.guests.opening import checked_link, link_cookie
from app.secretariats.policy import LINK, OPEN, POLICY


async def known_sender(request: Request, at: Now) -> None:
    """Let in what is short, and what is long from who holds the link, or is signed in and may; raises as they do."""
    if request.method in SAFE or int(request.headers.get("content-length") or 0) <= MOST_OF_ANYBODY:
        return
    takes = POLICY[request.scope["route"].path_format].change
    if takes != OPEN:  # what is open to everybody takes nothing long (app/guard.py)
        await run_in_threadpool(known_guest if takes == LINK else known, request, at)


def known_guest(request: Request, at: datetime) -> None:
    """Look who asks by a personal link, in a transaction of its own; raises NotFound, and as the link does."""
    token = request.cookies.get(link_cookie(request.app.state.settings, request.path_params.get("public_id", "")))
    if token is None:
        raise NotFound
    with request.app.state.database.session(readonly=True) as session:
        checked_link(session, request, token, at)
