"""The kinds of values that an event file holds, and how each is read. Pure.

A kind's `read` returns the value for the program, or BAD after it has noted what is wrong and where. So one reading
finds every problem, and what is sound can still be checked further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from app.eventfiles.reading import quoted
from app.forms import CONTROL, sound_address

BAD: Any = object()
DEEPEST = 20
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?([+-]\d\d:\d\d|Z)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass
class Reader:
    """What one reading has found: problems as (place, sentence), and every address that is written anywhere."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    emails: set[str] = field(default_factory=set)

    def problem(self, place: str, sentence: str) -> Any:
        self.problems.append((place, sentence))
        return BAD


class Kind(Protocol):
    def read(self, value: Any, place: str, reader: Reader) -> Any: ...


def under(place: str, key: str) -> str:
    """The place of a key: `event.memo`."""
    name = key if key.isprintable() and len(key) <= 80 else quoted(key)
    return f"{place}.{name}" if place else name


def each(items: Sequence[Any] | None, place: str) -> Iterator[tuple[str, Any]]:
    """The items of a list that could be read, each with its place: `people[3]`."""
    for index, item in enumerate(items or ()):
        if item is not BAD:
            yield f"{place}[{index}]", item


@dataclass(frozen=True)
class Text:
    """Text of any number of lines, kept as it is written; None where it is empty."""

    most: int = 100_000
    lines: bool = True

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, str):
            return reader.problem(place, "must be text")
        if value.translate(CONTROL) != value or any("\ud800" <= c <= "\udfff" for c in value):
            return reader.problem(place, "holds a control character")
        if not self.lines:
            value = value.strip()
            if len(value.splitlines()) > 1:
                return reader.problem(place, "must be on one line")
        if len(value) > self.most:
            return reader.problem(place, f"is too long: at most {self.most} characters")
        return value if value.strip() else None


def line(most: int = 300) -> Text:
    return Text(most, lines=False)


class Email:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        text = line(254).read(value, place, reader)
        if text is BAD or text is None:
            return text
        if not sound_address(text):
            return reader.problem(place, f"{quoted(text)} is not an e-mail address")
        reader.emails.add(text.lower())
        return text


class WebAddress:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        text = line(1000).read(value, place, reader)
        if text is BAD or text is None:
            return text
        try:
            parts = urlsplit(text)
            sound = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"]", text)
        except ValueError:
            sound = False
        return text if sound else reader.problem(place, "is not an address that begins with https:// or http://")


@dataclass(frozen=True)
class Whole:
    least: int = 1
    most: int = 1_000_000

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return reader.problem(place, "must be a whole number")
        if not self.least <= value <= self.most:
            return reader.problem(place, f"must be from {self.least} to {self.most}, not {str(value)[:20]}")
        return value


@dataclass(frozen=True)
class Number:
    least: float = -1e15
    most: float = 1e15

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return reader.problem(place, "must be a number")
        if not self.least <= value <= self.most:
            return reader.problem(place, f"must be from {self.least:g} to {self.most:g}, not {str(value)[:20]}")
        return value


class Flag:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        return value if isinstance(value, bool) else reader.problem(place, "must be true or false")


@dataclass(frozen=True)
class Choice:
    """One of a few words (or true and false, where the format has them beside words)."""

    values: tuple[Any, ...]

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if any(value is one or (isinstance(value, str) and value == one) for one in self.values):
            return value
        words = ", ".join(one if isinstance(one, str) else str(one).lower() for one in self.values)
        return reader.problem(place, f"must be one of {words}, not {quoted(value)}")


class Day:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            return reader.problem(place, "must be a date such as 2026-10-25")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return reader.problem(place, f"there is no day {value}")
        return day if 1900 <= day.year < 2200 else reader.problem(place, "must be between the years 1900 and 2200")


class Clock:
    """A local date-time to the minute, with its offset where one is written; the zone is checked elsewhere."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, str) or not CLOCK.fullmatch(value):
            return reader.problem(place, "must be a date and time such as 2026-10-25T03:30")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return reader.problem(place, f"there is no such date and time: {value}")
        return (
            moment if 1900 <= moment.year < 2200 else reader.problem(place, "must be between the years 1900 and 2200")
        )


class DayOrClock:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        return (Day() if isinstance(value, str) and "T" not in value else Clock()).read(value, place, reader)


@dataclass(frozen=True)
class Many:
    """A list; an item that could not be read stays as BAD, so that places count right."""

    of: Kind
    least: int = 0

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, list):
            return reader.problem(place, "must be a list: […]")
        if len(value) < self.least:
            return reader.problem(place, "must not be empty")
        return [self._item(item, f"{place}[{index}]", reader) for index, item in enumerate(value)]

    def _item(self, item: Any, place: str, reader: Reader) -> Any:
        found = self.of.read(item, place, reader)
        return reader.problem(place, "is empty") if found is None else found


@dataclass(frozen=True)
class Thing:
    """An object with known keys. Keys that are null or empty hold None; those that could not be read are left out.

    rule sees the object as it is written and notes what its keys together do wrong.
    """

    keys: Mapping[str, Kind]
    needed: Iterable[str] = ()
    rule: Callable[[Mapping[str, Any], str, Reader], None] | None = None

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, dict):
            return reader.problem(place or "the file", "must be an object: {…}")
        if place.count("[") > DEEPEST:
            return reader.problem(place, "is nested too deeply")
        for key in getattr(value, "repeated", ()):
            reader.problem(under(place, key), "is written twice")
        found = {}
        for key, raw in value.items():
            if key not in self.keys:
                reader.problem(under(place, key), "unknown key")
                continue
            read = None if raw is None else self.keys[key].read(raw, under(place, key), reader)
            if read is not BAD:
                found[key] = read
        for key in self.needed:
            if value.get(key) is None or (key in found and found[key] is None):
                reader.problem(under(place, key), "is missing" if value.get(key) is None else "is empty")
        if self.rule:
            self.rule({key: raw for key, raw in value.items() if raw is not None}, place, reader)
        return found


@dataclass(frozen=True)
class ByType:
    """A value that is written in one of several JSON types: a word, a number or an object."""

    kinds: Mapping[type, Kind]
    words: str

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        for type_, kind in self.kinds.items():
            if isinstance(value, type_) and not (type_ is not bool and isinstance(value, bool)):
                return kind.read(value, place, reader)
        return reader.problem(place, f"must be {self.words}")
