"""Reads a served page as a browser does, for whatever in it would act beyond what our own pages do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from httpx2 import Response

from tests.security.corpora import MARK

ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping", "background"}
ADDRESSES |= {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
HARMLESS = re.compile(r"(https?:|mailto:|tel:|[^:]*$|[^:]*[/?#])", re.ASCII)
NEVER = {"object", "embed", "applet", "base", "frame", "frameset", "math", "style", "marquee", "foreignobject"}
BLANKS = {number: None for number in range(0x21)}


class Acting(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in NEVER or (tag == "script" and not given.get("src", "").startswith("/static/")):
            self.found.append(f"<{tag}>")
        if tag == "iframe" and ("sandbox" not in given or "srcdoc" in given):
            self.found.append("<iframe>")
        if tag == "meta" and "http-equiv" in given and not given.get("content", "").isdigit():
            self.found.append("<meta http-equiv>")
        if tag == "img" and not given.get("src", "").startswith(("/", "data:image/")):
            self.found.append(f"<img src={given.get('src')}>")
        self.found += [f"{tag} {name}={value[:60]}" for name, value in given.items() if acting(name, value)]


def acting(name: str, value: str) -> bool:
    """Whether an attribute runs something, styles the page, speaks to htmx by itself, or was never ours."""
    if name.startswith(("on", "hx-on", "data-hx", "srcdoc", "style")) or MARK in name:
        return True
    if name.startswith("hx-") and name not in ADDRESSES and "js:" in value:
        return True
    return name in ADDRESSES and not HARMLESS.match(value.translate(BLANKS))


def acts(html: str) -> list[str]:
    """What of a page would act; nothing, in all pages of ours."""
    reader = Acting()
    reader.feed(html)
    reader.close()
    return reader.found


def directives(answer: Response) -> dict[str, set[str]]:
    """The content security policy of an answer: its directives with their values."""
    parts = answer.headers["content-security-policy"].split(";")
    return {words[0]: set(words[1:]) for words in map(str.split, parts) if words}


def locked(answer: Response) -> bool:
    """Whether a browser runs no script of this answer but those of our own origin, and is told what it is."""
    policy = directives(answer)
    scripts = policy.get("script-src", policy.get("default-src", {"*"}))
    own = all(one in ("'self'", "'none'") or one.startswith("'nonce-") for one in scripts)
    shut = policy["default-src"] == {"'none'"} and policy.get("base-uri", {"'none'"}) == {"'none'"}
    return own and shut and answer.headers["x-content-type-options"] == "nosniff"


def handed_over(answer: Response) -> bool:
    """Whether a browser saves an answer as a file, guesses nothing of it, and runs nothing should it be opened."""
    policy = directives(answer)
    return (
        answer.headers["content-disposition"].startswith("attachment;")
        and answer.headers["x-content-type-options"] == "nosniff"
        and policy.get("sandbox") == set() and policy["default-src"] == {"'none'"}
    )  # fmt: skip
