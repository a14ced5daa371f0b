"""The forms of a page as a browser would send them: what is typed, chosen and hidden in them, and by which button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.conftest import PASSWORD

TYPED = ("text", "search", "url", "tel", "textarea", "")
BY_KIND = {"date": "2026-12-10", "time": "13:00", "datetime-local": "2026-12-10T13:00", "number": "5", "text": "a"}
BY_KIND |= {"email": "uusi.osoite@rm.example", "password": PASSWORD}
BY_NAME = {"online_url": "https://kokous.example/1", "time_zone": "Europe/Helsinki", "organisation": "", "group": ""}
BY_NAME |= dict.fromkeys(("person", "people", "other-0", "deputy_for", "owner"), "otso.orava@rm.example")


class Field(NamedTuple):
    """kind is the type of an input, else `select` or `textarea`."""

    name: str
    value: str
    kind: str


@dataclass
class Form:
    """files: names of the fields that take one; buttons: what each adds, and where it sends to (the form's own: "")."""

    action: str = ""
    method: str = "get"
    fields: list[Field] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.fields)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.named: dict[str, Form] = {}
        self.open: Form | None = None
        self.inside: tuple[Form, str] | None = None  # a select or a textarea
        self.said: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = self.named.setdefault(has["id"], Form()) if "id" in has else Form()
            form.action, form.method = has.get("action", ""), has.get("method", "get").lower()
            self.open = form
            self.forms.append(form)
        mine = self.named.setdefault(has["form"], Form()) if has.get("form") else self.open
        if mine is None or "disabled" in has:
            return
        if tag == "button" and has.get("type", "submit") == "submit":
            mine.buttons.append((has.get("name", ""), has.get("value", ""), has.get("formaction", "")))
        elif tag == "option" and self.inside:
            self.said.append((has.get("value", ""), "selected" in has))
        elif tag in ("select", "textarea") and has.get("name"):
            self.inside, self.said = (mine, has["name"]), []
        elif tag == "input" and has.get("name"):
            self._input(mine, has)

    def _input(self, mine: Form, has: dict[str, str]) -> None:
        kind, name = has.get("type", "text"), has["name"]
        if kind == "file":
            mine.files.append(name)
        elif kind == "radio" and "checked" in has:  # in place of the first, which stands for none
            mine.fields = [one for one in mine.fields if one.name != name]
        if kind == "radio" and "checked" not in has and mine.has(name):
            return
        if kind not in ("file", "submit", "image") and (kind != "checkbox" or "checked" in has):
            mine.fields.append(Field(name, has.get("value", "on" if kind == "checkbox" else ""), kind))

    def handle_data(self, data: str) -> None:
        if self.inside and self.get_starttag_text().startswith("<textarea"):
            self.said.append((data, False))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag not in ("select", "textarea") or not self.inside:
            return
        (form, name), self.inside = self.inside, None
        if tag == "textarea":
            form.fields.append(Field(name, "".join(text for text, _no in self.said).removeprefix("\n"), tag))
        else:
            chosen = [value for value, selected in self.said if selected] or [value for value, _no in self.said[:1]]
            form.fields += [Field(name, value, tag) for value in chosen]


def forms_of(html: str) -> list[Form]:
    """Return the forms of a page that post."""
    reader = Reader()
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]


class Sending(NamedTuple):
    """One way to send a form: where to, what stays as the page has it, and the fields of files that go with it."""

    path: str
    fields: list[Field]
    files: list[str]

    def typed(self, words: str, instead: dict[str, str] | None = None) -> list[tuple[str, str]]:
        """What somebody sends who types the words wherever one can type; instead: what they type in some fields."""
        instead = instead or {}
        said = [(one.name, instead.get(one.name, typed(one, words))) for one in self.fields]
        return said + [(name, instead[name]) for name in instead if name not in dict(said)]

    def replaced(self, words: str) -> list[tuple[str, str]]:
        """What no page would send: the words in every field, whatever it is for."""
        return [(one.name, words) for one in self.fields]

    def mended(self, payload: str, wrong: list[str], again: bool = False) -> dict[str, str]:
        """What somebody types instead in fields that were refused: less, and if that is `again` refused, what suits."""
        was = {one.name: one for one in self.fields}
        return {name: suiting(was.get(name, Field(name, "", ""))) if again else payload for name in wrong}


def typed(one: Field, words: str) -> str:
    if one.kind == "email":
        return one.value or BY_KIND["email"]
    if one.kind not in TYPED:
        return one.value
    return f"{words}\n\n{{link}}" if one.name == "body" else words  # a letter needs its link


def suiting(one: Field) -> str:
    """What can be in a field that takes only some things."""
    return BY_NAME.get(one.name, one.value or BY_KIND.get(one.kind, "on"))


def sendings(here: str, html: str) -> Iterator[Sending]:
    """Yield each way in which the forms of a page can be sent, its address included."""
    for form in forms_of(html):
        for name, value, elsewhere in dict.fromkeys(form.buttons) or [("", "", "")]:
            action = urlsplit(elsewhere or form.action)
            path = (action.path or urlsplit(here).path) + (f"?{action.query}" if action.query else "")
            pressed = [Field(name, value, "button")] if name else []
            yield Sending(path, [*form.fields, *pressed], form.files)
