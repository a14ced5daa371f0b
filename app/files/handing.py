"""Hands a file over that somebody has uploaded."""

from __future__ import annotations

from functools import partial
from os import SEEK_END
from typing import BinaryIO
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse
from starlette.background import BackgroundTask

PIECE = 64 * 1024
# what others uploaded is handed over as a file, and never runs in our name
SEALED = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def handed_out(content: bytes, name: str, media_type: str | None) -> Response:
    """Return a file to be saved, under its name in any language."""
    headers = {"Content-Disposition": disposition(name), "X-Robots-Tag": "noindex, nofollow", **SEALED}
    return Response(content, media_type=media_type or "application/octet-stream", headers=headers)


def read_in_browser(content: bytes, name: str) -> Response:
    """Return a paper of ours to be read in the browser's own reader of PDFs, which a sealed one does not open in."""
    headers = {"Content-Disposition": disposition(name, "inline"), "X-Robots-Tag": "noindex, nofollow"}
    return Response(content, media_type="application/pdf", headers=headers)


def handed_out_file(file: BinaryIO, name: str, media_type: str) -> Response:
    """Return a file that is too large to be held, piece by piece; it is closed at the end."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    headers = {"Content-Disposition": disposition(name), "X-Robots-Tag": "noindex, nofollow", **SEALED}
    headers["Content-Length"] = str(size)
    pieces = iter(partial(file.read, PIECE), b"")
    return StreamingResponse(pieces, media_type=media_type, headers=headers, background=BackgroundTask(file.close))


def disposition(name: str, how: str = "attachment") -> str:
    """Return how a file is handed over, with its name in any language (RFC 6266, RFC 8187)."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() or letter in " .-_" else "_" for letter in name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
