"""Takes a mail that anybody may have written apart, within bounds: its parts, its headers, who sent it. Pure.

Python's parser follows a mail into multiparts as deep as they go, and its reader of addresses into comments; both are
kept shallow here (RFC 2046, RFC 5322 section 3.4).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from app.forms import clean_line, clean_text

MOST_BYTES = 1_000_000
MOST_PARTS = 100
MOST_IN_HEADER = 2_000
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
COMMENT = re.compile(r"\([^()]*\)")
ADDRESS = re.compile(r"[^\s\x00-\x20\x7f-\x9f<>()\[\],;:\"@]{1,64}@[^\s\x00-\x20\x7f-\x9f<>()\[\],;:\"@]{1,180}")
# those that mails are written in; others are no letters (base64), or take hours (punycode)
CHARSETS = re.compile(
    r"utf-?(8|16(le|be)?)|us-ascii|iso-?8859-.*|latin.*|windows-.*|cp\d+|koi8-.|mac.*|gb.*|big5.*|euc.*|shift.jis|"
    r"iso-2022-.*",
    re.IGNORECASE,
)
# how often what costs Python's parser much may stand in a mail: within, the longest takes a fraction of a second
COSTS = [
    (25, re.compile(rb"multipart/|message/", re.IGNORECASE)),
    (2_000, re.compile(rb"^--", re.MULTILINE)),
    (15_000, re.compile(rb"\n\r?\n")),
]
STRUCTURE = re.compile(rb"^content-[a-z-]+:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
MOST_IN_STRUCTURE = 3_000


class Unreadable(Exception):
    """Why something that arrived cannot be read, as a code."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def opened(content: bytes) -> Message:
    """Return a mail as parts; raises Unreadable for one that is empty or too deep."""
    content = content[:MOST_BYTES]
    if not content.strip():
        raise Unreadable("empty")
    costly = any(sum(1 for _ in pattern.finditer(content)) > most for most, pattern in COSTS)
    if costly or any(len(one[0]) > MOST_IN_STRUCTURE for one in STRUCTURE.finditer(content)):
        raise Unreadable("nested")
    try:
        return message_from_bytes(content)
    except (RecursionError, ValueError, LookupError) as error:
        raise Unreadable("nested") from error


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something; what a forwarded mail or a report holds is not the sender's own."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting.extend(reversed(inner))
        else:
            yield part


def header(message: Message, name: str) -> str:
    """Return a header's first value on one line, decoded (RFC 2047); empty where there is none."""
    raw = message.get(name)
    return said(raw) if raw is not None else ""


def said(raw: object) -> str:
    """Return a header's value in words; what cannot be decoded stays as it is."""
    text = str(raw)[:MOST_IN_HEADER]
    try:
        text = str(make_header(decode_header(text)))
    except (ValueError, LookupError, AssertionError):
        pass
    return clean_line(_sound(text), MOST_IN_HEADER)


def plain_address(text: str) -> str | None:
    """Return the one address of a header in lower case; None where it names none, or several."""
    text = COMMENT.sub(" ", QUOTED.sub(" ", text[:MOST_IN_HEADER]))
    found = {one.lower() for one in ADDRESS.findall(text)}
    bracketed = {one.lower() for one in re.findall(rf"<\s*({ADDRESS.pattern})\s*>", text)}
    if len(found) == 1:
        return found.pop()
    return bracketed.pop() if len(bracketed) == 1 and text.count("<") == 1 and "," not in text else None


def sender_of(message: Message) -> str | None:
    """Return who says to have written a mail; None where two say so, or nobody."""
    written = message.get_all("From", [])
    return plain_address(str(written[0])) if len(written) == 1 else None


def sender_name(message: Message) -> str:
    """Return the name beside the sender's address, or the address."""
    words = header(message, "From")
    name = clean_line(re.sub(r"<[^<>]*>\s*$", "", words).strip().strip('"'), 200)
    return name or words


def addresses_in(message: Message, *names: str) -> Iterator[str]:
    """Yield every address that stands in headers of these names, as it is written."""
    for name in names:
        for raw in message.get_all(name, [])[:20]:
            yield from ADDRESS.findall(str(raw)[:MOST_IN_HEADER])


def part_text(part: Message, most: int) -> str:
    """Return what a part says, by its charset, else UTF-8, else Windows' own; never raises."""
    content = part_bytes(part)[:most]
    named = str(part.get_content_charset())
    for charset in (named if CHARSETS.fullmatch(named) else "utf-8", "utf-8"):
        try:
            return _sound(content.removeprefix(BOM_UTF8).decode(charset))
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _sound(text: str) -> str:
    """Text that a database takes: no halves of letters."""
    return text.encode("utf-8", "replace").decode()


def part_bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, RecursionError):
        return b""
    return content if isinstance(content, bytes) else b""


def text_of(message: Message, most: int = 4_000) -> str:
    """Return what the mail says in its first plain text, or empty."""
    for part in leaves(message):
        if part.get_content_type() == "text/plain" and (text := clean_text(part_text(part, 4 * most))):
            return text[:most]
    return ""
