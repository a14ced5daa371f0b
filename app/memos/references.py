"""References to attachments by number in a text: (liite 2), liitteissä 2–4, bilagorna 1 och 2, attachment 3. Pure.

A number that is not known is written `?`, as it is left where the attachment is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST = 999
WIDEST = 200  # attachments in one range

AND = {"l": "ja", "b": "och", "a": "and"}  # by the word's first letter
_gap = r"[\s\u00a0\u202f]{1,3}"
_number = r"(?:[1-9][0-9]{0,2}|\?)(?![\w?]|[.,]\d)"
_item = rf"{_number}(?:[\s\u00a0]?[-–—][\s\u00a0]?{_number})?"
_and = rf"{_gap}(?:ja|sekä|tai|och|samt|eller|and|or|&){_gap}"
_one = r"liit(?:e|että|tee\w{0,12})|bilag(?:a|an|ans|as)|attachment"
_many = r"liittee[tk]\w{0,4}|liittei\w{1,12}|bilagor(?:na|nas|s)?|attachments"
_PATTERN = re.compile(
    rf"(?<!\w)(?P<word>(?P<many>{_many})|{_one}){_gap}(?:(?:nro|n:o|nr|nos?)\.?{_gap})?"
    rf"(?P<first>{_item})"
    rf"(?P<more>(?(many)(?:(?:,{_gap}|{_and}){_item}){{0,40}}|(?:{_and}{_item}(?=\s?(?:[).,;:]|$)))?))",
    re.IGNORECASE,
)
_ALL = re.compile(rf"(?<!\w)(?:{_many})(?!\w)(?!{_gap}[0-9?])", re.IGNORECASE)
_ITEM = re.compile(_item)
_TAG = re.compile(r"(<[^>]*>)")
_BETWEEN = re.compile(r"\s?[-–—]\s?")


@dataclass(frozen=True)
class Item:
    """A number or range of a reference, with its place in the text; numbers: all that it means, None where unknown."""

    start: int
    end: int
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class Reference:
    """A reference as it is written, with its place in the text."""

    words: str
    start: int
    end: int
    items: tuple[Item, ...]

    @property
    def numbers(self) -> tuple[int | None, ...]:
        return tuple(number for item in self.items for number in item.numbers)


def references_in(text: str | None) -> list[Reference]:
    """Return the references of a text in order."""
    found = []
    for one in _PATTERN.finditer(text or ""):
        items = tuple(
            Item(place.start(), place.end(), _numbers(place[0]))
            for place in _ITEM.finditer(one.string, one.start("first"), one.end())
        )
        found.append(Reference(one[0], one.start(), one.end(), items))
    return found


def mentions_all(text: str | None) -> bool:
    """Whether a text speaks of the attachments together: (ks. liitteet)."""
    return bool(_ALL.search(text or ""))


def renumbered(text: str, numbers: Mapping[int, int | None]) -> str:
    """Return a text in which each number stands as `numbers` has it, `?` for None; others stay."""
    parts, done = [], 0
    for reference in references_in(text):
        conjunction = AND[reference.words[0].lower()]
        for item in reference.items:
            new = [numbers.get(one, one) if one is not None else None for one in item.numbers]
            if tuple(new) != item.numbers:
                parts += [text[done : item.start], _written(new, conjunction if len(reference.items) == 1 else None)]
                done = item.end
    return "".join([*parts, text[done:]])


def linked(html: str, targets: Mapping[int, str]) -> str:
    """Return HTML in which numbers that have a target lead there; what is a link or code already stays.

    html is sanitised, targets are ours: what comes out is as safe as what goes in.
    """
    parts, closed = [], 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = part.strip("</>").split(maxsplit=1)[:1]
            if name and name[0] in ("a", "code", "pre"):
                closed += -1 if part.startswith("</") else 1
            parts.append(part)
        else:
            parts.append(part if closed else "".join(_linked(part, targets)))
    return "".join(parts)


def _linked(text: str, targets: Mapping[int, str]) -> Iterator[str]:
    done = 0
    for reference in references_in(text):
        places = reference.items
        if len(places) == 1:  # the word with its number is easier to press than the number
            places = (Item(reference.start, reference.end, places[0].numbers),)
        for item in places:
            target = targets.get(item.numbers[0]) if item.numbers and item.numbers[0] is not None else None
            if target:
                yield text[done : item.start]
                yield f'<a href="{target}">{text[item.start : item.end]}</a>'
                done = item.end
    yield text[done:]


def _numbers(words: str) -> tuple[int | None, ...]:
    ends = [int(one) if one != "?" else None for one in _BETWEEN.split(words)]
    if len(ends) == 2 and None not in ends and ends[0] < ends[1] < ends[0] + WIDEST:
        return tuple(range(ends[0], ends[1] + 1))
    return tuple(ends)


def _written(numbers: Sequence[int | None], conjunction: str | None) -> str:
    """A range where they follow on each other, otherwise a list."""
    if None not in numbers:
        ordered = sorted(numbers)
        if len(ordered) > 1 and ordered == list(range(ordered[0], ordered[0] + len(ordered))):
            return f"{ordered[0]}–{ordered[-1]}"
        numbers = ordered
    words = list(dict.fromkeys("?" if one is None else str(one) for one in numbers))
    if len(words) == 1 or conjunction is None:
        return ", ".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
