"""Takes what browsers report of our policies (W3C, Content Security Policy 3, section 5): each is logged as what was
hindered and by which rule. Who reported it, at which address, and what stood there is read by nobody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import Now
from app.forms import clean_line
from app.guests.guessing import Guesses
from app.proxies import asks_from

log = logging.getLogger("koolle.reports")
router = APIRouter()

LONGEST = 16_384
MOST_AT_ONCE = 10
RULES = frozenset(
    "default-src script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src font-src"
    " connect-src frame-src form-action base-uri object-src frame-ancestors require-trusted-types-for trusted-types"
    " worker-src media-src manifest-src sandbox".split()
)
KINDS = frozenset(("inline", "eval", "wasm-eval", "self", "data", "blob", "trusted-types-policy", "trusted-types-sink"))


@router.post("/csp-reports", name="policy_reports")
async def take(request: Request, at: Now) -> Response:
    """Log reports; 413 for one too long, 429 for one too many, 422 for what is none. Nothing is kept."""
    limit: Guesses = request.app.state.reports
    if limit.wrong(asks_from(request.scope), at):
        return Response(status_code=429, headers={"Retry-After": "60"})
    if int(request.headers.get("content-length") or 0) > LONGEST:
        return Response(status_code=413)
    try:
        told = list(islice(hindrances(json.loads(await request.body())), MOST_AT_ONCE))
    except (ValueError, RecursionError):
        return Response(status_code=422)
    for rule, what in told:
        log.warning("request %s: policy: %s hindered %s", request.scope.get("request_id"), rule, what)
    return Response(status_code=204)


def hindrances(sent: Any) -> Iterator[tuple[str, str]]:
    """Yield the rule and what it hindered, of one report (`report-uri`) or of many (`report-to`); both are words of
    ours, and never what was sent."""
    for one in sent if isinstance(sent, list) else [sent]:
        if not isinstance(one, dict):
            raise ValueError
        body = one.get("csp-report") or one.get("body") or {}
        if not isinstance(body, dict):
            raise ValueError
        rule = body.get("effective-directive") or body.get("effectiveDirective") or body.get("violated-directive")
        what = body.get("blocked-uri") or body.get("blockedURL")
        yield known(rule, RULES), known(_kind(what), KINDS)


def known(word: Any, words: frozenset[str]) -> str:
    first = clean_line(word, 60).split(" ")[0] if isinstance(word, str) else ""
    return first if first in words else "another"


def _kind(what: Any) -> Any:
    try:
        return (urlsplit(what).scheme or what) if isinstance(what, str) else what
    except ValueError:
        return None
