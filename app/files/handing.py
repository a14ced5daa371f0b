"""Hands a file over that somebody has uploaded."""

from __future__ import annotations

from urllib.parse import quote

from fastapi.responses import Response

# what others uploaded is handed over as a file, and never runs in our name
SEALED = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def handed_out(content: bytes, name: str, media_type: str | None) -> Response:
    """Return a file to be saved, under its name in any language (RFC 6266, RFC 8187)."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() or letter in " .-_" else "_" for letter in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "X-Robots-Tag": "noindex, nofollow", **SEALED}
    return Response(content, media_type=media_type or "application/octet-stream", headers=headers)
