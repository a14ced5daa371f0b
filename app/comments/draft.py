"""The draft of a round as it is kept in JSON, and read from it. Pure.

{"title", "word", "language", "sections": [{"key", "heading", "number", "auto", "html", "blocks": [{"text", "html"}]}]}:
html is what was printed, made of sanitised text. A part that fills itself in has html of its own and no blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

CLOSING = "closing"  # the key of the memo's closing fields, which are no section
WHOLE = ""  # the key by which the memo as a whole is commented on

Place = tuple[str, int | None]  # a section's key and a block in it; no block is the section as a whole


@dataclass(frozen=True)
class Passage:
    """What is commented on as one: a block of text; or a part that fills itself in, or an empty section (block None,
    text None).

    number counts from 1 through the draft.
    """

    number: int
    section_key: str
    block: int | None
    html: Markup
    text: str | None = None

    @property
    def place(self) -> Place:
        return self.section_key, self.block

    @property
    def rewordable(self) -> bool:
        """Whether another wording of it can be proposed."""
        return self.text is not None


@dataclass(frozen=True)
class DraftSection:
    """A section of the draft: its heading with its number, and its passages."""

    key: str
    heading: str | None
    number: str | None
    passages: Sequence[Passage]
    texts: Sequence[str]


def sections_of(draft: Mapping[str, Any]) -> list[DraftSection]:
    """Return a draft's sections with their passages. Blocks that print nothing are left out, and keep their place."""
    found, number = [], 1
    for kept in draft["sections"]:
        passages = list(_passages(kept, number))
        number += len(passages)
        texts = [block["text"] for block in kept["blocks"]]
        found.append(DraftSection(kept["key"], kept["heading"], kept["number"], passages, texts))
    return found


def _passages(kept: Mapping[str, Any], number: int) -> Iterator[Passage]:
    for place, block in enumerate(kept["blocks"]):
        if block["html"]:
            yield Passage(number, kept["key"], place, Markup(block["html"]), block["text"])
            number += 1
    if kept["html"] or (kept["heading"] and not kept["blocks"]):
        yield Passage(number, kept["key"], None, Markup(kept["html"]))


def passages_by_place(sections: Sequence[DraftSection]) -> dict[Place, Passage]:
    return {passage.place: passage for section in sections for passage in section.passages}
