"""Hands a file over that somebody has uploaded."""

from __future__ import annotations

from functools import partial
from os import SEEK_END
from typing import BinaryIO
from urllib.parse import quote

from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from starlette.background import BackgroundTask
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

PIECE = 64 * 1024
# what others uploaded is handed over as a file, and never runs in our name
SEALED = {"Content-Security-Policy": "sandbox; default-src 'none'"}
# as what no page of ours takes them in (W3C Fetch Metadata; OWASP ASVS 5.0, 3.2.1)
NEVER = {"script", "style", "object", "embed", "frame", "iframe", "worker", "sharedworker", "serviceworker", "xslt"}
WENT_BY = "Sec-Fetch-Dest"
UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


class _ToBeSaved(Response):
    """A file that is answered 403 to a page that would run it, style itself by it or frame it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if Headers(scope=scope).get(WENT_BY) not in NEVER:
            return await super().__call__(scope, receive, send)
        if self.background is not None:
            await self.background()
        await PlainTextResponse("This file can only be saved.", 403, {"Vary": WENT_BY})(scope, receive, send)


class _PiecesToBeSaved(_ToBeSaved, StreamingResponse):
    """The same, in pieces."""


def handed_out(content: bytes, name: str, media_type: str | None) -> Response:
    """Return a file to be saved, under its name in any language."""
    headers = {"Content-Disposition": disposition(name), "Vary": WENT_BY, **UNLISTED, **SEALED}
    return _ToBeSaved(content, media_type=media_type or "application/octet-stream", headers=headers)


def read_in_browser(content: bytes, name: str) -> Response:
    """Return a paper of ours to be read in the browser's own reader of PDFs, which a sealed one does not open in."""
    headers = {"Content-Disposition": disposition(name, "inline"), **UNLISTED}
    return Response(content, media_type="application/pdf", headers=headers)


def handed_out_file(file: BinaryIO, name: str, media_type: str) -> Response:
    """Return a file that is too large to be held, piece by piece; it is closed at the end."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    headers = {"Content-Disposition": disposition(name), "Vary": WENT_BY, **UNLISTED, **SEALED}
    headers["Content-Length"] = str(size)
    pieces = iter(partial(file.read, PIECE), b"")
    return _PiecesToBeSaved(pieces, media_type=media_type, headers=headers, background=BackgroundTask(file.close))


def disposition(name: str, how: str = "attachment") -> str:
    """Return how a file is handed over, with its name in any language (RFC 6266, RFC 8187)."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() or letter in " .-_" else "_" for letter in name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
