"""Takes pasted text apart at its separators, however names and addresses are quoted and bracketed. Pure.

Linear in the length of the text: every bracket and quote ends within a few hundred characters or is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.imports.address_tokens import (
    AND,
    ASIDE,
    DOMAIN,
    HREF,
    INTERNAL,
    LABELS,
    NICKNAME,
    POINTS,
    QUOTES,
    ROUTE,
    SCHEME,
    TAG,
    TOKEN,
    WEB,
    closing_brackets,
)
from app.imports.local_parts import related
from app.imports.names_known import given_weight

LONGEST_NOTE = 300


@dataclass(slots=True)
class Part:
    """What stands between two separators: a name or a piece of one, at most one address, and notes in brackets.

    after is what ends it: one of , ; tab and line feed, or "" where only the next address or name did. label is what
    stands before a colon. address is as written, "" for <>. inner counts the notes before words, Anna (Annu) Oja.
    """

    start: int
    end: int = 0
    words: list[str] = field(default_factory=list)
    quoted: bool = False
    notes: list[str] = field(default_factory=list)
    address: str | None = None
    angled: bool = False
    named_before: bool = False
    inner: int = 0
    label: str | None = None
    formula: bool = False
    after: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.words)

    @property
    def empty(self) -> bool:
        return not self.words and not self.notes and self.address is None and self.label is None


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text that was made even; a blank line is a part without content."""
    scan = _Scan(text)
    position = 0
    while (found := TOKEN.match(text, position)) is not None:
        kind = found.lastgroup or "other"
        position = getattr(scan, kind)(found[kind], found.start(kind), found.end())
    scan.end("\n", len(text), len(text))
    return scan.parts


def _ends_a_name(words: list[str]) -> bool:
    """Whether the words before an "and" can be a name rather than half of an organisation's."""
    return bool(words) and not words[-1].endswith("-") and (len(words) > 1 or given_weight(words[0]) > 0)


class _Scan:
    """The part that is being read. Each kind of token has a method, which returns where to read on."""

    def __init__(self, text: str):
        self.text = text
        self.closing = closing_brackets(text) if "(" in text and ")" in text else {}
        self.parts: list[Part] = []
        self.part = Part(0)

    def end(self, token: str, begins: int, ends: int) -> int:
        self.part.end, self.part.after = begins, token[:1].replace("|", ",")
        if token in ("\n", "\t") or not self.part.empty:
            self.parts.append(self.part)
        self.part = Part(ends)
        return ends

    def stray(self, token: str, begins: int, ends: int) -> int:
        return ends

    other = stray

    def word(self, token: str, begins: int, ends: int) -> int:
        if "@" in token and self._address_in(token, begins):
            return ends
        part = self.part
        if token in AND and _ends_a_name(part.words):
            return self.end(";", begins, ends)
        if not token.strip(POINTS) or (token.startswith("--") and not token.strip("-:")) or token.startswith(WEB):
            return ends
        if token[0] == "/" and token[:4].lower().startswith(INTERNAL) and part.address is None:
            self._address(token, False, begins)
            return ends
        if part.address is not None:
            if part.address[:1] == "/" and not part.angled:
                part.address += " " + token
                return ends
            if part.address.endswith("@") and DOMAIN.fullmatch(token):
                part.address += " " + token
                return ends
            if part.named_before:
                self.end("", begins, begins)
                part = self.part
        if not part.words and (token[0] == "=" or (token[0] in "@+-" and self.text.startswith("(", ends))):
            part.formula = True
        if token[-1] in ":." and token.rstrip(":.").lower() in LABELS and (token[-1] == ":" or len(token) > 2):
            return ends
        if token[-1] == ":" and len(token) > 1 and part.address is None:
            part.label = " ".join([*part.words, token[:-1]])
            part.words.clear()
            return ends
        part.words.append(token.lstrip("@") or token)
        part.inner = len(part.notes) if part.address is None else part.inner
        return ends

    def quoted(self, token: str, begins: int, ends: int) -> int:
        told = token[1:-1].replace("\n", " ").strip()
        if "\\" in told:
            told = re.sub(r"\\(.)", r"\1", NICKNAME.sub(" ", told))
        doubled = token[1:-1] == told and self.text[begins - 1 : begins] == '"'
        inside = not self.part.quoted and " " not in told and self.text[ends : ends + 2].strip().isalpha()
        if self.part.words and (doubled or inside) and "@" not in told:
            return ends  # a nickname: Matti "Masa" Virtanen, also with the doubled marks of a spreadsheet's cell
        if "@" in told:
            return begins + 1  # what is in it is read as if the marks were not there
        if "(" in told or "[" in told:
            notes = [one or other for one, other in ASIDE.findall(told)]
            ends = self._named(ASIDE.sub(" ", told).replace(";", ","), begins, ends)
            self.part.notes += notes
            return ends
        return self._named(told.replace(";", ","), begins, ends)

    def angle(self, token: str, begins: int, ends: int) -> int:
        told = token[1:-1].strip().strip(QUOTES).strip()
        if TAG.match(token):
            return self._tag(token, begins, ends)
        if "://" in told or told[:4].lower() == "tel:":
            return ends
        if "@" not in told and " " in told and told.replace(" ", "").isalpha():
            return self._named(told, begins, ends)
        told = ROUTE.sub("", SCHEME.sub("", told), count=1).strip()
        if told.count("@") > 1 and any(c in told for c in ";, "):
            return begins + 1
        self._address(told, True, begins)
        return ends

    def note(self, token: str, begins: int, ends: int) -> int:
        close = self.closing.get(begins)
        if close is None and ends - 1 not in self.closing:
            return ends  # of several that open, none is closed where the last is not
        if close is None or close - begins > LONGEST_NOTE:
            return begins + 1
        return self._aside(self.text[begins + 1 : close], begins, close + 1)

    def bracket(self, token: str, begins: int, ends: int) -> int:
        if self.text.startswith("(mailto:", ends):
            return self._named(token[1:-1], begins, ends)
        return self._aside(token[1:-1], begins, ends)

    def _aside(self, told: str, begins: int, ends: int) -> int:
        if self.part.address and self.part.address[0] == "/" and not self.part.angled:
            return ends
        if "@" in told:
            bare = told.strip(" <>\n")
            if bare.count("@") != 1 or any(c in bare for c in " ;,\t\n<>"):
                return begins + 1
            self._address(SCHEME.sub("", bare).split("?")[0], True, begins)
        else:
            self.part.notes += [note.strip() for note in re.split(r"[()\n]", told) if note.strip()]
        return ends

    def _named(self, told: str, begins: int, ends: int) -> int:
        if self.part.address is not None and self.part.named_before:
            self.end("", begins, begins)
        self.part.words += told.split()
        self.part.quoted = True
        return ends

    def _address_in(self, token: str, begins: int) -> bool:
        """Take a word with an @ for an address, unless it is a web address or only begins with the @."""
        words = self.part.words
        if "://" in token:
            return True
        if token == "@":
            return False
        if "/" in token and "." not in token.rpartition("@")[2]:
            words.append(token.rpartition("@")[0])  # Notes: Matti Virtanen/VM/FI@VM
            return True
        if token[0] == "@":
            if words and DOMAIN.fullmatch(token[1:]):
                self._address(f"{words.pop()} {token}", False, begins)
                return True
            if not DOMAIN.fullmatch(token[1:]):
                return False
        for one in token.split("/") if token.count("@") > 1 and "@@" not in token else [token]:
            told = SCHEME.sub("", one.strip(QUOTES)).split("?")[0].strip(QUOTES).rstrip(".:!").lstrip(":")
            self._address(told, False, begins)
        return True

    def _address(self, address: str, angled: bool, begins: int) -> None:
        part = self.part
        if part.address is not None:
            if part.address.lower() == address.lower():
                part.angled = part.angled or angled
                return
            if angled and not part.angled and (part.named_before or not part.words):
                part.address, part.angled = address, True  # the first stood in the place of the name
                return
            words = []
            if not part.named_before and (angled or related(part.words, address.split("@")[0])):
                words, part.words = part.words, []
            self.end("", begins, begins)
            self.part.words += words
        part = self.part
        part.address, part.angled, part.named_before = address, angled, bool(part.words)

    def _tag(self, token: str, begins: int, ends: int) -> int:
        if found := HREF.search(token):
            self._address(found[1], False, begins)
        elif token[:3].lower() in ("<td", "<th"):
            return self.end("\t", begins, ends)
        elif re.match(r"<(?:br|p|div|li|tr)", token, re.I):
            return self.end("\n", begins, ends)
        return ends
