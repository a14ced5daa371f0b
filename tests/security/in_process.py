"""A world on a SQLite of its own, and the application asked in this process: what a request changed is taken back.

Requests go straight to the ASGI application, and what it would do in threads is done at once: a client and a thread for
each part of a request take longer than many a page.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

import anyio.to_thread
from sqlalchemy.orm import Session

from app.accounts.sessions import sign_in
from app.db import Database
from app.guests.opening import link_cookie
from app.main import create_app, state_of
from tests import cast
from tests.conftest import NOW, PASSWORD, RolledBack, settings_in
from tests.migrated import new_file
from tests.taken_back import taken_back
from tests.worlds import World

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
ROLES = ("owner", "guest", "stranger")


class Answer(NamedTuple):
    """What came back; raised: what the application let through, if anything."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes
    raised: BaseException | None


async def at_once(work, *given, **_how):
    return work(*given)


class InProcess:
    """The application on a world that stays as it is."""

    def __init__(self, folder: Path, grown: int = 2):
        anyio.to_thread.run_sync = at_once
        self.settings = settings_in(folder)
        self.database = Database(new_file(folder / "koolle.db"))
        self.app = create_app(self.settings, self.database, post=False)
        with Session(self.database.writer, expire_on_commit=False) as session:
            account = cast.account(session)
            world = World(session, self.settings)
            for _more in range(grown - 1):
                world.grow()
            _account, token = sign_in(session, account.email, PASSWORD, NOW)
            session.commit()
        self.ids = world.ids
        links = {world.ids["public_id"]: world.ids["token"], world.ids["draft_public_id"]: world.ids["draft_token"]}
        guest = "; ".join(f"{link_cookie(self.settings, public)}={secret}" for public, secret in links.items())
        self.cookies = {"owner": f"session={token}", "guest": guest, "stranger": ""}
        self.connection = self.database.writer.connect()
        self.connection.begin()
        self.loop = asyncio.new_event_loop()

    def close(self) -> None:
        self.loop.close()
        self.connection.rollback()
        self.connection.close()
        self.database.close()

    def ask(
        self,
        method: str,
        path: str,
        query: str = "",
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        role: str = "owner",
    ) -> Answer:
        """Ask as somebody; path and query are escaped already. The application knows of no request before."""
        self.app.state = state_of(self.settings, RolledBack(self.connection), lambda: NOW, patience=2)
        with taken_back(self.connection):
            return self.loop.run_until_complete(self._ask(method, path, query, headers or {}, body, role))

    async def _ask(self, method, path, query, headers, body, role) -> Answer:
        given = {"host": "testserver", "origin": "http://testserver", "content-length": str(len(body))}
        given |= {"accept-language": "fi", "cookie": self.cookies[role]} | headers
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method.upper(),
            "scheme": "http",
            "path": unquote_to_bytes(path).decode(errors="replace"),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "client": ("127.0.0.1", 50_000),
            "server": ("testserver", 80),
            "state": {},
            "headers": [(n.encode(), v.encode("latin-1", "replace")) for n, v in given.items() if v],
        }
        sent, parts, pieces = {}, [], [{"type": "http.request", "body": body, "more_body": False}]

        async def receive():
            return pieces.pop() if pieces else {"type": "http.disconnect"}

        async def send(message):
            if message["type"] == "http.response.start":
                sent.update(status=message["status"], headers=dict(message["headers"]))
            else:
                parts.append(message.get("body", b""))

        raised = None
        try:
            await self.app(scope, receive, send)
        except Exception as error:  # what no handler of ours has answered
            raised = error
        return Answer(sent.get("status", 599), sent.get("headers", {}), b"".join(parts), raised)


def escaped(value: object) -> str:
    """A value as a part of a path."""
    return quote(str(value).encode("utf-8", "surrogatepass"), safe="")
