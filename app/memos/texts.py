"""A section's text, the mark that it is known by from one save to the next, and where a memo keeps it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TITLE = "title"  # the memo's title among its sections: no section's key is so short


@dataclass(frozen=True)
class Text:
    """A heading with its text in CommonMark; body is None where a part fills itself in."""

    heading: str
    body: str | None = ""

    @property
    def mark(self) -> str:
        """What the text is known by; equal texts have equal marks."""
        body = "" if self.body is None else f"={self.body}"
        return hashlib.sha256(f"{self.heading}\0{body}".encode()).hexdigest()[:16]

    @property
    def whole(self) -> str:
        """The heading and what stands under it, as one text to compare."""
        return "\n\n".join(filter(None, (self.heading, self.body)))


class Title:
    """The title of a memo, to be written and kept as a section is; where it has none, its event's."""

    key = TITLE
    auto = agenda_item_id = position = None

    def __init__(self, memo: Any, event_title: str):
        self.memo = memo
        self.event_title = event_title

    @property
    def text(self) -> Text:
        return Text(self.memo.title or self.event_title)

    def put(self, text: Text) -> None:
        self.memo.title = text.heading if text.heading not in ("", self.event_title) else None


def text_of(place: Any) -> Text:
    """The text of a section, or of a Title: of a part that fills itself in, what stands in its place by hand."""
    if isinstance(place, Title):
        return place.text
    return Text(place.heading or "", place.by_hand if place.auto else place.body or "")


def put(place: Any, text: Text) -> None:
    """Set the text of a section or of a Title."""
    if isinstance(place, Title):
        return place.put(text)
    place.heading = text.heading or None
    if place.auto:
        place.by_hand = text.body
    else:
        place.body = text.body or ""


def places_of(memo: Any, event_title: str) -> Iterator[Any]:
    """All that a memo's writers write: its title, then its sections in order."""
    yield Title(memo, event_title)
    yield from memo.sections
