"""What our pages' forms hold: by address, the fields that a browser would send there, with what it would send."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

FIELDS = {"input", "select", "textarea", "button"}
SENDS = ("hx-post", "hx-get", "hx-put", "hx-delete", "formaction")
MOST_VALUES = 12  # of a field that are kept


@dataclass
class Found:
    """A form, or an element that asks by itself: where it sends to, and its fields."""

    addresses: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Reads a page's forms; a field outside of one belongs to the form that it names, or to none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self.named: dict[str, Found] = {}
        self.open: list[Found] = []
        self.select: tuple[Found, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(has)
        mine = self.named.get(has.get("form", "")) or (self.open[-1] if self.open else None)
        for address in (has[name] for name in SENDS if name in has):
            self._asks(mine, has, address)
        if "hx-vals" in has and mine is not None:
            _vals(mine, has["hx-vals"])
        if tag in FIELDS and has.get("name"):
            self._field(tag, has, mine or self._alone())
        elif tag == "option" and self.select:
            found, name = self.select
            _add(found, name, has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open:
            self.open.pop()
        elif tag == "select":
            self.select = None

    def _begin(self, has: dict[str, str]) -> None:
        found = self.named.setdefault(has["id"], Found()) if "id" in has else Found()
        found.addresses.append(has.get("action", ""))
        self.found.append(found)
        self.open.append(found)

    def _asks(self, mine: Found | None, has: dict[str, str], address: str) -> None:
        found = mine or self._alone()
        found.addresses.append(address)
        if "hx-vals" in has:
            _vals(found, has["hx-vals"])

    def _alone(self) -> Found:
        found = Found()
        self.found.append(found)
        return found

    def _field(self, tag: str, has: dict[str, str], found: Found) -> None:
        name = has["name"]
        if has.get("type") == "file":
            found.files.add(name)
        elif tag == "select":
            self.select = found, name
        else:
            _add(found, name, has.get("value", ""))


def _add(found: Found, name: str, value: str) -> None:
    held = found.fields[name]
    if value not in held and len(held) < MOST_VALUES and len(value) < 2_000:
        held.append(value)


def _vals(found: Found, text: str) -> None:
    try:
        values = json.loads(text)
    except ValueError:
        return
    for name, value in values.items():
        _add(found, name, str(value))


def forms_in(pages: Iterable[tuple[str, str]]) -> dict[str, Found]:
    """Return by path what pages (their address, their HTML) would send there; queries count as fields."""
    result: dict[str, Found] = {}
    for here, html in pages:
        reader = Forms()
        reader.feed(html)
        for form in reader.found:
            for address in form.addresses:
                path, query = urlsplit(address).path or urlsplit(here).path, urlsplit(address).query
                into = result.setdefault(path, Found())
                into.files |= form.files
                for name, values in [*form.fields.items(), *((name, [value]) for name, value in parse_qsl(query))]:
                    for value in values or [""]:
                        _add(into, name, value)
    return result
