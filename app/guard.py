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
LINK = re.compile(r"/i/.+", re.DOTALL)
MOST_BYTES = 30_000_000  # the largest attachment, and what stands around it
TOO_LARGE = 413


class Guard:
    def __init__(self, app: ASGIApp, settings: Settings):
        self.app = app
        self.settings = settings
        parts = urlsplit(settings.base_url)
        self.hosts = settings.hosts
        self.origins = {f"{parts.scheme}://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        scope["request_id"] = secrets.token_hex(6)
        refusal = self.refusal(scope, headers)
        if refusal:
            status, sentence = refusal
            while status == TOO_LARGE and (await receive()).get("more_body"):
                pass  # a browser reads the answer only when it has sent everything
            return await PlainTextResponse(sentence, status)(scope, receive, send)

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

    def refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return the status and the sentence by which a request is turned away at the door; None lets it in."""
        if headers.get("host", "").lower() not in self.hosts:
            return 400, "This is not the address of this service."
        if scope["method"] not in SAFE and not self.ours(headers):
            return 403, "This form was not sent from our own page."
        if b"%00" in scope["query_string"]:  # nobody means it, and PostgreSQL cannot look for it
            return 400, "This is not an address of this service."
        if "transfer-encoding" in headers:  # browsers say how much they send
            return 411, "Say how much is sent (Content-Length)."
        if int(headers.get("content-length") or 0) > MOST_BYTES:
            return TOO_LARGE, f"This is too large: at most {MOST_BYTES // 1_000_000} MB can be sent at once."
        return None

    def ours(self, headers: Headers) -> bool:
        """Whether a changing request comes from our own pages: Fetch Metadata first, Origin where it is absent."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") in self.origins


def _cookie(headers: Headers, name: str) -> str | None:
    return cookie_parser(headers.get("cookie", "")).get(name)
