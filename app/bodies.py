"""Who may send much: before a long body is read, it is looked who sends it. A stranger's is never held.

Each byte that is sent is held in memory until it is the request's turn (app/db.py), and until it is answered; thirty
megabytes of anybody who likes would be as many times thirty megabytes, and so would those of one link that is opened a
thousand times. So few long bodies are taken at once of one sender, and so many bytes of all (OWASP ASVS 5.0, 15.2.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.access import Now, known
from app.errors import Busy, NotFound, TooMany
from app.guard import MOST_OF_ANYBODY, SAFE
from app.guests.opening import checked_link, link_cookie
from app.secretariats.policy import LINK, OPEN, POLICY

MOST_OF_ONE = 3
# bytes at once in this process; guests, who are many, keep the secretariat from sending nothing
MOST_IN_ALL = {"account": 120_000_000, "link": 40_000_000, "nobody": 10_000_000}


class LongBodies:
    """What is being taken in: how many bodies of each sender, and how many bytes by what the senders are. The event
    loop alone looks at it."""

    def __init__(self) -> None:
        self.senders: Counter[tuple[str, object]] = Counter()
        self.bytes: Counter[str] = Counter()

    @contextmanager
    def taken(self, sender: tuple[str, object], length: int) -> Iterator[None]:
        """Count a body of so many bytes for as long as it is held. sender: account, link or nobody, and which. Raises
        TooMany for one more than a sender may, Busy where there is no room for it."""
        if self.senders[sender] >= MOST_OF_ONE:
            raise TooMany
        if self.bytes[sender[0]] + length > MOST_IN_ALL[sender[0]]:
            raise Busy
        self.senders[sender] += 1
        self.bytes[sender[0]] += length
        try:
            yield
        finally:
            self.bytes[sender[0]] -= length
            self.senders[sender] -= 1
            if not self.senders[sender]:
                del self.senders[sender]


async def known_sender(request: Request, at: Now) -> AsyncIterator[None]:
    """Let in what is short, and what is long from who holds the link, or is signed in and may; raises as they do, and
    as `LongBodies.taken` does."""
    length = int(request.headers.get("content-length") or 0)
    if request.method in SAFE or length <= MOST_OF_ANYBODY:
        yield
        return
    takes = POLICY[request.scope["route"].path_format].change
    if takes == OPEN:  # what is open to everybody takes nothing long (app/guard.py)
        yield
        return
    sender = await run_in_threadpool(known_guest if takes == LINK else known_account, request, at)
    with request.app.state.bodies.taken(sender, length):
        yield


def known_account(request: Request, at: datetime) -> tuple[str, object]:
    """Return which account asks; raises as `access.admit` does."""
    known(request, at)
    return "account", request.state.account_id


def known_guest(request: Request, at: datetime) -> tuple[str, object]:
    """Return by which personal link is asked, in a transaction of its own; raises NotFound, and as the link does."""
    token = request.cookies.get(link_cookie(request.app.state.settings, request.path_params.get("public_id", "")))
    if token is None:
        raise NotFound
    with request.app.state.database.session(readonly=True) as session:
        return "link", checked_link(session, request, token, at).id
