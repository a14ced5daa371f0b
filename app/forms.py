"""Reads what a form sent, field by field, and gathers every problem before it refuses."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime

from starlette.datastructures import FormData

from app.errors import Invalid
from app.language import gettext as _

# C0 and C1 controls but tab and line feed, bidirectional controls, line and paragraph separators, and the two that no
# XML holds (2.2), so that a paper with one could not be made
CONTROL = dict.fromkeys(
    [
        *(c for c in range(0x00, 0xA0) if c not in (0x09, 0x0A) and not 0x20 <= c < 0x7F),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x2028,
        0x2029,
        0xFFFE,
        0xFFFF,
    ]
)

WHOLE = re.compile(r"-?[0-9]{1,12}")
KEY = re.compile(r"[0-9]{1,9}")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"(?!=\?){ATOM}(\.{ATOM})*@(?!=\?){ATOM}(\.{ATOM})+")
YEARS = range(1900, 2200)  # beyond them a date is a slip of the pen, and at both ends of the calendar zones overflow


def key_of(text: object) -> int | None:
    """Return the row's key, or the place in a list, that a hidden field holds; None for anything else."""
    return int(text) if isinstance(text, str) and KEY.fullmatch(text) else None


def clean_line(text: str, most: int = 200) -> str:
    """One line of text: control and bidirectional characters out, spaces single, cut to most."""
    return " ".join(text.translate(CONTROL).split())[:most].strip()


def clean_text(text: str) -> str:
    """Text of several lines: line ends as \\n, control characters out."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROL).strip()


class Reading:
    """Reads one posted form. Each reader returns the value, or None and remembers the problem; `done` refuses."""

    def __init__(self, posted: FormData):
        self.posted = posted
        self.problems: list[tuple[str, str]] = []

    def problem(self, name: str, sentence: str) -> None:
        self.problems.append((name, sentence))

    def done(self) -> None:
        """Raise Invalid if anything was wrong."""
        if self.problems:
            raise Invalid(self.problems)

    def _raw(self, name: str) -> str:
        value = self.posted.get(name)
        return value if isinstance(value, str) else ""

    def line(self, name: str, *, needed: str | None = None, most: int = 300) -> str | None:
        """A single line; `needed` is the sentence shown when it is empty."""
        text = clean_line(self._raw(name), most + 1)
        if not text and needed:
            self.problem(name, needed)
        if len(text) > most:
            self.problem(name, _("This is too long: at most %(most)s characters.") % {"most": most})
        return text or None

    def text(self, name: str, *, needed: str | None = None, most: int = 100_000) -> str | None:
        text = clean_text(self._raw(name))
        if not text and needed:
            self.problem(name, needed)
        if len(text) > most:
            self.problem(name, _("This is too long: at most %(most)s characters.") % {"most": most})
        return text or None

    def choice(self, name: str, options: Collection[str], *, needed: str | None = None) -> str | None:
        value = self._raw(name)
        if not value:
            if needed:
                self.problem(name, needed)
            return None
        if value not in options:
            self.problem(name, _("Choose one of the options."))
            return None
        return value

    def whole(self, name: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
        text = self._raw(name).strip()
        if not text:
            return None
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            self.problem(name, _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
            return None
        return int(text)

    def day(self, name: str, *, needed: str | None = None) -> date | None:
        text = self._raw(name).strip()
        if not text:
            if needed:
                self.problem(name, needed)
            return None
        try:
            value = date.fromisoformat(text)
        except ValueError:
            value = None
        if value is None or value.year not in YEARS:
            self.problem(name, _("Write a date, such as 4.10.2026."))
            return None
        return value

    def local_time(self, name: str, *, needed: str | None = None) -> datetime | None:
        """A date with a clock time, without offset."""
        text = self._raw(name).strip()
        if not text:
            if needed:
                self.problem(name, needed)
            return None
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            value = None
        if value is None or value.year not in YEARS:
            self.problem(name, _("Write a date and a time, such as 4.10.2026 13.00."))
            return None
        return value.replace(second=0, microsecond=0, tzinfo=None)

    def address(self, name: str, *, needed: str | None = None) -> str | None:
        """An e-mail address: one @, something on both sides, no spaces (RFC 5321 leaves the rest to the receiver)."""
        text = clean_line(self._raw(name), 255)
        if not text:
            if needed:
                self.problem(name, needed)
            return None
        if not sound_address(text):
            self.problem(name, _("This is not an e-mail address. It has one @, such as name@ministry.example."))
            return None
        return text

    def tick(self, name: str) -> bool:
        return bool(self._raw(name))


def sound_address(text: str) -> bool:
    """Whether a text can be an e-mail address that we write to: a dot-atom on both sides (RFC 5322 section 3.4.1), with
    a dot in its domain. What looks like an encoded word (RFC 2047) is none: readers of a header would decode it."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def can_be_mailed(address: str | None) -> bool:
    """Whether there is an address to write to: one that is none is kept as it was written, and as good as none."""
    return address is not None and sound_address(address)
