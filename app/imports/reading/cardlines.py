"""The content lines of address cards, unfolded and decoded; icalendar parses each (RFC 6350, 3.2 and 3.3)."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO

from icalendar.parser.content_line import Contentline

from app.imports.reading.encoding import encoding_of
from app.imports.reading.problems import Problem, Unreadable

MOST_IN_LINE = 100_000
# what makes a row; all else, such as pictures of megabytes, is passed over line by line
WANTED = {"BEGIN", "END", "N", "FN", "EMAIL", "ORG", "TITLE", "ROLE", "LANG", "NOTE", "KIND"}
WANTED |= {"X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"}

_name = re.compile(rb"\s*(?:[\w-]+\.)?([\w-]+)[ \t]*[;:]")
_bare = re.compile(r";(?=(?:[A-Za-z0-9-]+)(?:[;:]))")  # vCard 2.1 leaves out TYPE=
_fold = re.compile(rb"\r?\n[ \t]")
_encoded = re.compile(rb"[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_parting = re.compile(r"\\.|;", re.DOTALL)
_escape = re.compile(r"\\(.)", re.DOTALL)


class Line:
    """One property: its name without a group, in capitals, its parameters, its value as it stands."""

    def __init__(self, number: int, raw: bytes, encoding: tuple[str, str]):
        self.raw = raw.decode(*encoding)
        self.problem: Problem | None = None
        self.name, self.parameters, self.raw_value = "", {}, ""
        self._encoding = encoding
        head, colon, value = raw.decode("latin-1").partition(":")
        line = _bare.sub(";TYPE=", head + ":")[:-1] + colon + value
        try:
            name, parameters, self.raw_value = Contentline(line).raw_parts()
        except (ValueError, AssertionError):
            self.problem = Problem("card_line", {"line": number})
            return
        self.name = name.rpartition(".")[2].upper()
        for key, values in parameters.items():
            self.parameters[key.upper()] = [values] if isinstance(values, str) else list(values)
        try:
            self.value = self._decoded()
        except (LookupError, UnicodeError):
            charset = self.parameters.get("CHARSET", ["?"])[0][:40]
            self.problem = Problem("card_letters", {"line": number, "charset": charset})

    @cached_property
    def types(self) -> set[str]:
        return {kind.strip().upper() for value in self.parameters.get("TYPE", []) for kind in value.split(",")}

    @property
    def preference(self) -> int:
        """1 is the most wanted; TYPE=pref counts as 1, none as the last (RFC 6350, 5.3)."""
        if "PREF" in self.types:
            return 1
        said = self.parameters.get("PREF", [""])[0]
        return int(said) if re.fullmatch(r"[0-9]{1,3}", said) else 101

    def text(self) -> str:
        return _unescaped(self.value)

    def components(self) -> list[str]:
        """The value parted at semicolons that are not escaped."""
        parted = _parting.sub(lambda match: "\0" if match[0] == ";" else match[0], self.value)  # a text holds no \0
        return [_unescaped(part) for part in parted.split("\0")]

    def _decoded(self) -> str:
        raw = self.raw_value.encode("latin-1")
        if {"QUOTED-PRINTABLE"} & ({value.upper() for value in self.parameters.get("ENCODING", [])} | self.types):
            raw = quopri.decodestring(raw)
        encoding, errors = self._encoding
        charset = self.parameters.get("CHARSET")
        return raw.decode(charset[0]) if charset else raw.decode(encoding, errors)


def lines_of(content: bytes) -> Iterator[Line]:
    """Yield the lines of all cards; a line that makes no sense has a problem. Raises Unreadable."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            raise Unreadable("damaged") from None
    encoding = encoding_of(_fold.sub(b"", content))  # a fold may part the bytes of one letter
    for number, raw in _unfolded(content.removeprefix(b"\xef\xbb\xbf")):
        yield Line(number, raw, encoding)


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each logical line with the number on which it begins, without what is skipped."""
    begun, line, skipping, encoded, soft = 0, b"", False, False, False
    for number, raw in enumerate(_physical(content), start=1):
        if soft:
            line += b"" if skipping else raw.lstrip(b" \t")
        elif raw[:1] in (b" ", b"\t"):
            line += b"" if skipping else raw[1:]
        elif skipping and b":" not in raw:
            continue  # base64 that was not indented
        else:
            if line:
                yield begun, line
            name = _name.match(raw)
            skipping = bool(name) and name[1].decode("latin-1").upper() not in WANTED
            encoded = bool(_encoded.match(raw))
            begun, line = number, b"" if skipping else raw
        soft = encoded and raw.endswith(b"=")  # quoted-printable breaks its lines in its own way
        if soft:
            line = line[:-1]
        if len(line) > MOST_IN_LINE:
            raise Unreadable("too_long_line", line=begun, most=MOST_IN_LINE)
    if line:
        yield begun, line


def _physical(content: bytes) -> Iterator[bytes]:
    alone = b"\n" not in content  # line ends of the old Mac
    for raw in BytesIO(content.replace(b"\r", b"\n") if alone else content):
        yield raw.rstrip(b"\r\n")


def _unescaped(text: str) -> str:
    return _escape.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)
