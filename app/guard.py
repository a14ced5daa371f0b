"""What every request passes: our host name, our own origin for all that changes something, language, headers, an id.

Cross-site requests are refused by Fetch Metadata, else by Origin (OWASP Cross-Site Request Forgery Prevention, 2025).
What a browser's policies hinder is reported to /csp-reports (app/reports.py).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.cookies import cookie
from app.language import preferred, speaking
from app.settings import Settings

SAFE = {"GET", "HEAD", "OPTIONS"}
REPORTS = "/csp-reports"
# Scripts make pages of text by two policies only (app/static/pages.js, app/static/koolle.js): W3C, Trusted Types
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self';"
    " form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types htmx koolle;"
    f" report-uri {REPORTS}; report-to policy"
)
NEEDED_NEVER = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "gamepad",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Reporting-Endpoints": f'policy="{REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NEEDED_NEVER),
    "Cache-Control": "no-store",
}
DECIDES = "Sec-Fetch-Site, Origin"  # what an answer to a form depends on, told to whatever stands between
GUESTS = ("/i/", "/m/")
# What no log knows: what opens something, and whatever is as long as that, however its address was mistaken
LINK = re.compile(r"(?<=^/i/).+|(?<=^/m/)[^/]+|(?<=^/join/).+|(?<=^/reset/).+|[a-z0-9_-]{20,}", re.DOTALL | re.I)
MOST_BYTES = 30_000_000  # the largest attachment, and what stands around it
MOST_TYPED = 4_000_000  # a form without files: six answers of a survey that are as long as they may be
MOST_OF_ANYBODY = 100_000  # where nobody has to be known: to read a body takes twelve times its length of memory
TOO_LARGE = 413

Crashed = Callable[[Request, Exception], Awaitable[Response]]


class Guard:
    def __init__(
        self, app: ASGIApp, settings: Settings, anybodys: Collection[str] = (), crashed: Crashed | None = None
    ):
        """anybodys: the paths that take forms of who is not known, with `{…}` for what differs. crashed: answers what
        nobody expects, here and not outside, where its page would have no headers and nobody's language."""
        self.app = app
        self.crashed = crashed
        self.settings = settings
        patterns = (re.sub(r"\\{\w+\\}", "[^/]*", re.escape(path)) for path in anybodys)
        self.anybodys = re.compile("|".join(patterns) or r"(?!)")
        parts = urlsplit(settings.base_url)
        self.hosts = settings.hosts
        self.language = cookie(settings, "language")
        self.origins = {f"{parts.scheme}://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        scope["request_id"] = secrets.token_hex(6)

        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self.complete(MutableHeaders(scope=message), scope)
            await send(message)

        refusal = self.refusal(scope, headers)
        if refusal:
            status, sentence = refusal
            while status == TOO_LARGE and (await receive()).get("more_body"):
                pass  # a browser reads the answer only when it has sent everything
            return await PlainTextResponse(sentence, status)(scope, receive, send_guarded)
        with speaking(preferred(_cookie(headers, self.language), headers.get("accept-language", ""))):
            try:
                await self.app(scope, receive, send_guarded)
            except Exception as error:
                if self.crashed and not begun:
                    response = await self.crashed(Request(scope), error)  # what was sent has been read
                    await response(scope, receive, send_guarded)
                raise  # the server learns of it all the same

    def complete(self, answer: MutableHeaders, scope: Scope) -> None:
        """Give an answer the headers that it does not have of its own."""
        for name, value in HEADERS.items():
            answer.setdefault(name, value)
        if scope["path"].startswith(GUESTS):
            answer.setdefault("X-Robots-Tag", "noindex, nofollow")
        if scope["method"] not in SAFE:
            answer.add_vary_header(DECIDES)
        answer["X-Request-ID"] = scope["request_id"]
        if self.settings.https:
            answer["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return the status and the sentence by which a request is turned away at the door; None lets it in."""
        if headers.get("host", "").lower() not in self.hosts:
            return 400, "This is not the address of this service."
        if not scope["path"].startswith("/"):  # `GET http://elsewhere/`, `GET @elsewhere`, `OPTIONS *`
            return 400, "This is not an address of this service."
        if scope["method"] not in SAFE and not self.ours(headers):
            return 403, "This form was not sent from our own page."
        if b"%00" in scope["query_string"]:  # nobody means it, and PostgreSQL cannot look for it
            return 400, "This is not an address of this service."
        if "transfer-encoding" in headers:  # browsers say how much they send
            return 411, "Say how much is sent (Content-Length)."
        most = self.most(scope, headers)
        if int(headers.get("content-length") or 0) > most:
            return TOO_LARGE, f"This is too large: at most {most // 1_000_000 or 0.1} MB can be sent at once."
        return None

    def most(self, scope: Scope, headers: Headers) -> int:
        """Return how many bytes may be sent at once."""
        if self.anybodys.fullmatch(scope["path"]):
            return MOST_OF_ANYBODY
        if scope["path"].startswith(GUESTS):
            return MOST_TYPED  # guests send no files
        typed = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        return MOST_TYPED if typed else MOST_BYTES

    def ours(self, headers: Headers) -> bool:
        """Whether a changing request comes from our own pages: Fetch Metadata first, Origin where it is absent."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") in self.origins


def _cookie(headers: Headers, name: str) -> str | None:
    return cookie_parser(headers.get("cookie", "")).get(name)
