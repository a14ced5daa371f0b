"""Whether a mail comes from whom it says: what our own mail server found (RFC 8601, Authentication-Results). Pure.

A library of this exists (authres 1.2.0), but it has not been kept since 2019.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 4_000
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
PLAIN = re.compile(r"[\w.@+-]*")
COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"\s*(spf|dkim|dmarc)\s*(?:/\s*1\s*)?=\s*([a-z]+)(.*)", re.IGNORECASE | re.DOTALL)
NAMED = re.compile(
    r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Result:
    """One finding: method spf, dkim or dmarc; domain is whose mail it is found to be, empty where that is not told."""

    method: str
    result: str
    domain: str


def authentication(headers: Sequence[str], sender: str | None, authserv: str | None) -> str:
    """Return `pass`, `fail` or `none` for a mail of this sender.

    headers are the Authentication-Results from the top down. authserv is our own server's name in them: then only its
    headers on top count (others may be the writer's own, section 5), and a pass is of the sender's domain. Without it
    nothing is ever `pass`, since anybody may have written so, and a failure that is told is believed.
    """
    domain = sender.rpartition("@")[2] if sender else ""
    if authserv is None:
        results = [one for text in headers for one in results_of(text)]
        return "fail" if fails(results) else "none"
    ours: list[Result] = []
    for text in headers:
        if server_of(text) != authserv.lower():
            break
        ours += results_of(text)
    if any(one.result == "pass" and aligned(one.domain, domain) for one in ours):
        return "fail" if any(one.method == "dmarc" and one.result == "fail" for one in ours) else "pass"
    return "fail" if fails(ours) else "none"


def fails(results: Sequence[Result]) -> bool:
    """Whether a mail failed: by DMARC, or by both of what that rests on."""
    of = {method: {one.result for one in results if one.method == method} for method in ("spf", "dkim", "dmarc")}
    if of["dmarc"]:
        return "fail" in of["dmarc"]
    return "fail" in of["spf"] and "fail" in of["dkim"] and "pass" not in of["spf"] | of["dkim"]


def aligned(found: str, domain: str) -> bool:
    """Whether a domain that was found speaks for the sender's: the same, or one within the other."""
    if not domain or found.count(".") < 1:
        return False
    return found == domain or found.endswith(f".{domain}") or (domain.endswith(f".{found}") and "." in found)


def server_of(text: str) -> str:
    """Return the name of the server that wrote a header (authserv-id), in lower case."""
    first = _without_comments(text).partition(";")[0].split()
    return first[0].lower() if first else ""


def results_of(text: str) -> list[Result]:
    found = []
    for part in _without_comments(text).split(";"):
        if told := RESULT.fullmatch(part):
            named = {name.lower(): value for name, value in NAMED.findall(told[3])}
            found.append(Result(told[1].lower(), told[2].lower(), _domain(told[1].lower(), named)))
    return found


def _domain(method: str, named: dict[str, str]) -> str:
    of = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}[method]
    told = next((named[name] for name in of if name in named), "")
    return told.rpartition("@")[2].lower().rstrip(".")


def _without_comments(text: str) -> str:
    # what is quoted the writer may have chosen, such as "x; dkim=pass" before the @ of their address
    text = QUOTED.sub(lambda it: it[1] if PLAIN.fullmatch(it[1]) else "_", text[:MOST])
    for _depth in range(3):
        text = COMMENT.sub(" ", text)
    return " ".join(text.split())
