"""People out of address cards: vCard 3.0 (RFC 2426), 4.0 (RFC 6350), and 2.1 as Outlook writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.imports.reading.cardlines import Line, lines_of
from app.imports.reading.problems import Problem, Unreadable
from app.imports.reading.rows import CARD_FIELDS, Row

MOST_OF_BROKEN = 2_000  # letters of a card that cannot be read
PERSON = ("individual", "")


class Card:
    """The properties of one card, in their order."""

    def __init__(self):
        self._lines: dict[str, list[Line]] = {}
        self.problems: list[Problem] = []
        self._raw: list[str] = []

    def add(self, line: Line) -> None:
        self._raw.append(line.raw)
        if line.problem:
            self.problems.append(line.problem)
        else:
            self._lines.setdefault(line.name, []).append(line)

    def parts(self, name: str) -> list[str]:
        """The components of the property's preferred instance (PREF=1 first, then TYPE=pref, then the first)."""
        found = self._lines.get(name)
        return min(found, key=lambda line: line.preference).components() if found else []

    def text(self, name: str) -> str:
        found = self._lines.get(name)
        return min(found, key=lambda line: line.preference).text() if found else ""

    def row(self, number: int) -> Row:
        family, given, additional = [*self.parts("N"), "", "", ""][:3]
        whole = self.text("FN").strip()
        if additional and f"{given} {additional}" in whole:
            given = f"{given} {additional}"
        organisation, unit = [*self.parts("ORG"), "", ""][:2]
        values = {
            "given_name": given,
            "family_name": family,
            "name": "" if given or family else whole,
            "email": re.sub(r"^mailto:", "", self.text("EMAIL").strip(), flags=re.IGNORECASE),
            "organisation": organisation,
            "unit": unit,
            "title": self.text("TITLE") or self.text("ROLE"),
            "language": self.text("LANG"),
            "note": self.text("NOTE"),
        }
        problems = [*self.problems, *self._refusals(values)]
        if self.problems and not any(values.values()):
            values["note"] = "\n".join(self._raw)[:MOST_OF_BROKEN]
        return Row(number, [values[field].strip() for field in CARD_FIELDS], problems)

    def _refusals(self, values: dict[str, str]) -> Iterator[Problem]:
        kind = (self.text("KIND") or self.text("X-ADDRESSBOOKSERVER-KIND")).strip().lower()
        if self.text("X-ABSHOWAS").strip().upper() == "COMPANY":
            kind = "org"
        if kind not in PERSON:
            yield Problem("not_a_person", {"kind": kind[:40]})
        named = any(values[field].strip() for field in ("given_name", "family_name", "name", "email"))
        if not named and not self.problems:
            yield Problem("nobody")


def read_cards(content: bytes) -> Iterator[Row]:
    """Yield a row of CARD_FIELDS for each card, numbered from 1; a card that cannot be read carries why.

    Raises Unreadable when there is no card at all.
    """
    number, card = 0, None
    for line in lines_of(content):
        mark = line.name, line.raw_value.strip().upper()
        if mark == ("BEGIN", "VCARD"):
            if card:
                yield _unended(card, number)
            number, card = number + 1, Card()
        elif card is None:
            continue  # what stands between cards is nobody's
        elif mark == ("END", "VCARD"):
            yield card.row(number)
            card = None
        else:
            card.add(line)
    if card:
        yield _unended(card, number)
    if not number:
        raise Unreadable("no_card")


def _unended(card: Card, number: int) -> Row:
    card.problems.append(Problem("card_unended"))
    return card.row(number)
