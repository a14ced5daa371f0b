"""Whether what a form was made from is still what is stored, so that nobody saves over what they have not seen.

A form that edits carries a version: six letters of a digest for each of its fields. From it the server knows whether
anything has changed since, and which fields the writer has left as they were (RFC 9110, 13.1.1; RFC 6585, 3). Pure.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from app.errors import Invalid

LETTERS = 6  # of base64: 36 bits tell two states of a field apart; they keep no secret


class Sent(Protocol):
    """A form as it was sent: each name with one value or several."""

    def get(self, name: str, default: Any = None) -> Any: ...
    def getlist(self, name: str) -> list[Any]: ...
    def __contains__(self, name: object) -> bool: ...


class Theirs(NamedTuple):
    """What is stored in a field that the writer has otherwise; untouched: the writer left it as it was opened."""

    values: list[str]
    untouched: bool


class Overtaken(Invalid):
    """What a form was made from is stored otherwise now (409), or the form does not say what it was made from (428).

    version: that of what is stored now; fields: by name what is stored, where what was sent differs."""

    def __init__(self, version: str, fields: Mapping[str, Theirs], *, status: int):
        super().__init__([])
        self.version, self.fields, self.status = version, fields, status


def version_of(shown: Mapping[str, Any]) -> str:
    """Return the version of a form that shows these values."""
    return "".join(_mark(_values(shown[name])) for name in sorted(shown))


def check_version(sent: Sent, shown: Mapping[str, Any]) -> None:
    """Raise Overtaken unless a form was made from these values, which are the stored ones as its page shows them."""
    said, version = sent.get("version"), version_of(shown)
    if said == version:
        return
    known = isinstance(said, str) and len(said) == len(version)
    base = {name: said[place * LETTERS :][:LETTERS] for place, name in enumerate(sorted(shown))} if known else {}
    fields = {}
    for name, value in shown.items():
        typed, stored = _typed(sent, name, value), _values(value)
        if typed is not None and typed != stored:
            fields[name] = Theirs(stored, _mark(typed) == base.get(name))
    raise Overtaken(version, fields, status=409 if said else 428)


def taken_over(sent: Sent, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the stored values that the writer took in place of their own, where two texts stood beside each other."""
    chosen = [str(name) for name in sent.getlist("theirs") if str(name) in shown]
    return [(name, value) for name in chosen for value in _values(shown[name]) or [""]]


def differs(sent: Sent, shown: Mapping[str, Any]) -> bool:
    """Return whether a form holds something else than the stored values, as its page shows them."""
    pairs = ((_typed(sent, name, value), value) for name, value in shown.items())
    return any(typed is not None and typed != _trimmed(_values(stored)) for typed, stored in pairs)


def _values(value: Any) -> list[str]:
    """Return a stored value as a form sends it: nothing where the field is empty, several where it has several."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, set):
        return sorted(one for each in value for one in _values(each))
    if isinstance(value, list | tuple):
        return [(_values(each) or [""])[0] for each in value]
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    return [text] if text else []


def _typed(sent: Sent, name: str, stored: Any) -> list[str] | None:
    """Return what was sent in a field, None where the form has no such field; a browser sends no empty tick."""
    if name not in sent and not isinstance(stored, bool | list | tuple | set):
        return None
    typed = [str(one).replace("\r\n", "\n").strip() for one in sent.getlist(name)]
    if isinstance(stored, list | tuple):
        return _trimmed(typed)
    return sorted(filter(None, typed))


def _trimmed(values: list[str]) -> list[str]:
    """Without the empty ones at the end."""
    return values[: len(values) - next((n for n, one in enumerate(reversed(values)) if one), len(values))]


def _mark(values: list[str]) -> str:
    return b64encode(hashlib.sha256("\0".join(values).encode()).digest(), b"-_").decode()[:LETTERS]
