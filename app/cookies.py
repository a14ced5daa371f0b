"""Every cookie of ours is made here: bound to this very host, and read by no script.

The prefix `__Host-` (RFC 6265bis, 4.1.3.2) is believed only of a cookie that the host itself has set over a secure
connection for all of its paths: no neighbour under the same domain can put another in its place. That takes `Path=/`,
also where only some pages look at it.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from app.settings import Settings

YEAR = 365 * 24 * 60 * 60


def cookie(settings: Settings, name: str) -> str:
    """Return the name that a cookie has in the browser."""
    return f"__Host-{name}" if settings.https else name


def keep(response: Response, settings: Settings, name: str, value: str, seconds: int | None = None) -> None:
    """Let the browser keep a value, for so many seconds, None: until it is closed."""
    response.set_cookie(
        cookie(settings, name), value, max_age=seconds, path="/", httponly=True, secure=settings.https, samesite="lax"
    )


def kept(request: Request, settings: Settings, name: str) -> str | None:
    """Return what the browser has kept."""
    return request.cookies.get(cookie(settings, name))


def forget(response: Response, settings: Settings, name: str) -> None:
    """Let the browser forget it."""
    response.delete_cookie(cookie(settings, name), path="/", httponly=True, secure=settings.https, samesite="lax")
