"""From bytes to a JSON document that says it is an event file. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

from app.errors import Invalid

FORMAT = "koolle-event/1"


class Object(dict):
    """A JSON object that remembers which of its keys were written twice."""

    def __init__(self, pairs: list[tuple[str, Any]]):
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        self.repeated = sorted({name for name in names if names.count(name) > 1}) if len(self) < len(names) else []


def read_document(content: bytes) -> Object:
    """Return the top-level object of an event file.

    Raises Invalid for what is not UTF-8, not JSON, not an object, or of a format that we do not read: nothing further
    can be said of those.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=Object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _refusal("the file", f"is not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise _refusal("the file", f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _refusal("the file", "is nested too deeply") from None
    except ValueError as error:
        raise _refusal("the file", f"is not JSON: {error}") from None
    if not isinstance(document, Object):
        raise _refusal("the file", "must hold one JSON object")
    _refuse_other_formats(document.get("format"))
    return document


def _refuse_other_formats(found: Any) -> None:
    if found == FORMAT:
        return
    number = re.fullmatch(r"koolle-event/(\d+)", found, re.ASCII) if isinstance(found, str) else None
    if number and int(number[1][:9]) > 1:
        raise _refusal("format", f"{found} is newer than this Koolle reads ({FORMAT}); update Koolle to import it")
    if found is None:
        raise _refusal("format", f"is missing; it must be {FORMAT}")
    raise _refusal("format", f"must be {FORMAT}, not {quoted(found)}")


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _refusal(place: str, sentence: str) -> Invalid:
    return Invalid([(place, sentence)])


def quoted(value: Any) -> str:
    """A value from a file as it can be shown on a terminal: short, on one line, without control characters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    shown = shown if len(shown) <= 80 else shown[:79] + "…"
    return f"“{shown}”" if isinstance(value, str) else shown
