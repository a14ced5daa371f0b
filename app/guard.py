"""What every request passes: our host name, our own origin for all that changes something, language, headers, an id.

Cross-site requests are refused by Fetch Metadata, else by Origin (OWASP Cross-Site Request Forgery Prevention, 2025).
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.language import preferred, speaking
from app.settings import Settings

SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self';"
    " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LINK = re.compile(r"/i/[^/?\s]+")


class Guard:
    def __init__(self, app: ASGIApp, settings: Settings):
        self.app = app
        self.settings = settings
        parts = urlsplit(settings.base_url)
        self.origins = {f"{parts.scheme}://{host}" for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        scope["request_id"] = secrets.token_hex(6)
        if headers.get("host", "").lower() not in self.settings.hosts:
            return await PlainTextResponse("This is not the address of this service.", 400)(scope, receive, send)
        if scope["method"] not in SAFE and not self.ours(headers):
            return await PlainTextResponse("This form was not sent from our own page.", 403)(scope, receive, send)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                answer.setdefault("Cache-Control", "no-store")
                answer["X-Request-ID"] = scope["request_id"]
                if self.settings.https:
                    answer["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        with speaking(preferred(_cookie(headers, "language"), headers.get("accept-language", ""))):
            await self.app(scope, receive, send_guarded)

    def ours(self, headers: Headers) -> bool:
        """Whether a changing request comes from our own pages: Fetch Metadata first, Origin where it is absent."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") in self.origins


def _cookie(headers: Headers, name: str) -> str | None:
    return cookie_parser(headers.get("cookie", "")).get(name)
