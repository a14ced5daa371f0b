"""A page for who may only look: without what they could press in vain, and without anybody's address or
personal link. Pure.

It goes through the tags of the finished page, so that no template has to think of it: what would post, or lead where
the role may not look, is disabled or leads nowhere. A page is then hidden by no more than app/static/looking.css says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qs, urlsplit

from app.secretariats.policy import KEEP, POLICY, Takes, may

TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
ATTRIBUTE = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
# whatever has an @ between what is no space, as it stands in HTML; in what leads elsewhere, what is surely an address
ADDRESS = re.compile(r"(?:[^\s<>\"&;,()]|&#\d+;|&amp;)+@([^\s<>\"&;,()]+)")
IN_A_LINK = re.compile(r"[\w.+'’-]+@((?:[\w-]+\.)+[a-zA-Z]{2,})")
TOKEN = re.compile(r"(?<=/i/)[^\s<>\"'&]+")  # of a personal link: whoever has it answers in another's name
CONTROLS = {"button", "input", "select", "textarea"}
NUMBERS = ("_id", "number", "version", "batch")  # how the names of keys end, which are digits
ONE_KEY = re.compile(r"\d+")

May = Callable[[str, str], bool]  # whether a method may be asked of an address


def only_look(html: str, role: str | None, here: str) -> str:
    """Return a page as it is shown to a role that may keep nothing; here: the page's own path."""

    def asked(method: str, url: str) -> bool:
        return may_ask(role, method, url or here)

    refused = {
        attributes.get("id")
        for _end, name, attributes in map(_parts, TAG.finditer(html))
        if name == "form" and not _form_may(attributes, asked)
    } - {None}
    shown, within = [], False
    place = 0
    for tag in TAG.finditer(html):
        end, name, attributes = _parts(tag)
        if name == "form":
            within = not end and not _form_may(attributes, asked)
        shown += [
            html[place : tag.start()],
            tag[0] if end else _shown(tag[0], name, attributes, asked, within, refused),
        ]
        place = tag.end()
    return TOKEN.sub("…", ADDRESS.sub(_without_address, "".join(shown) + html[place:]))


def _without_address(found: re.Match[str]) -> str:
    return IN_A_LINK.sub(r"…@\1", found[0]) if "://" in found[0] else f"…@{found[1]}"


def may_ask(role: str | None, method: str, url: str) -> bool:
    """Whether a role may ask this of an address; what is not ours may be. A table as a file is for who keeps it."""
    parts = urlsplit(unescape(url))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return parts.scheme != "mailto"
    takes = takes_of(ONE_KEY.sub("1", parts.path))
    files = "as" in parse_qs(parts.query, keep_blank_values=True)
    return takes is None or (may(role, takes.by(method)) and (not files or may(role, KEEP)))


@lru_cache(4096)
def takes_of(path: str) -> Takes | None:
    """Return what an address takes, None for one that is no page's."""
    return next((takes for pattern, takes in _patterns() if pattern.fullmatch(path)), None)


@lru_cache(1)
def _patterns() -> list[tuple[re.Pattern[str], Takes]]:
    """The addresses of POLICY, those with the fewest keys first: `/people/new` is nobody's number."""

    def pattern(path: str) -> re.Pattern[str]:
        pieces = re.split(r"{(\w+)}", path)
        keys = (r"\d+" if name.endswith(NUMBERS) and name != "public_id" else "[^/]+" for name in pieces[1::2])
        texts = map(re.escape, pieces[::2])
        return re.compile("".join(text + key for text, key in zip(texts, [*keys, ""], strict=True)))

    return [(pattern(path), takes) for path, takes in sorted(POLICY.items(), key=lambda entry: entry[0].count("{"))]


def _parts(tag: re.Match[str]) -> tuple[bool, str, dict[str, str]]:
    attributes = {one[1].lower(): one[2] or one[3] or "" for one in ATTRIBUTE.finditer(tag[3])}
    return bool(tag[1]), tag[2].lower(), attributes


def _form_may(attributes: Mapping[str, str], asked: May) -> bool:
    method = "post" if "hx-post" in attributes else attributes.get("method", "get").lower()
    posts = method == "post"
    return method == "dialog" or asked(
        "POST" if posts else "GET", attributes.get("hx-post") or attributes.get("action", "")
    )


def _shown(
    text: str, name: str, attributes: Mapping[str, str], asked: May, within: bool, refused: set[str | None]
) -> str:  # fmt: skip
    """A start tag as it is shown: as it is, or disabled, or without what would lead to a refusal."""
    for key, method in (("href", "GET"), ("src", "GET"), ("hx-get", "GET"), ("hx-post", "POST")):
        if key in attributes and not asked(method, attributes[key]):
            text = re.sub(rf"""\s{key}\s*=\s*("[^"]*"|'[^']*')""", f" data-in-vain={key}", text, count=1)
    if name == "form" and within:
        return text[:-1] + " data-in-vain>"
    posts = "formaction" in attributes and not asked("POST", attributes["formaction"])
    hidden = within or posts or "data-in-vain=hx-post" in text or attributes.get("form") in refused
    if name in CONTROLS and hidden and "disabled" not in attributes:
        return text[:-1] + " disabled>"
    return text
