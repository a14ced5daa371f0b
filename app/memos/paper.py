"""All that a paper prints, in words and in order, frozen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Html = str  # sanitised, as `app.markdown` returns it


class Labelled(Protocol):
    """A field with its items as lines, and the same in one row (app/memos/closing.py)."""

    label: str
    items: Sequence[str]
    row: str


@dataclass(frozen=True)
class Field:
    """A label with its lines."""

    label: str
    items: tuple[str, ...]

    @property
    def row(self) -> str:
        return ", ".join(self.items)


@dataclass(frozen=True)
class ProgrammeRow:
    """One item: its time in words, who speaks (a line each), what it is about; day where a new day begins. heading: it
    is none, but stands over those that follow."""

    time: str
    title: str
    speakers: tuple[str, ...] = ()
    about: Html = ""
    number: str | None = None
    pause: bool = False
    heading: bool = False
    day: str | None = None


@dataclass(frozen=True)
class FollowUpRow:
    text: str
    owner: str
    due: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class FollowUps:
    """A table of proposals under a heading, or under none."""

    heading: str | None
    rows: tuple[FollowUpRow, ...]


@dataclass(frozen=True)
class Programme:
    facts: tuple[Labelled, ...]
    rows: tuple[ProgrammeRow, ...]
    distribution: tuple[Labelled, ...]


@dataclass(frozen=True)
class RunningOrderRow:
    """An item as the chair needs it: minutes, and all from the first item to its end; files by their titles; notes are
    the chair's own, a paragraph each."""

    row: ProgrammeRow
    minutes: str
    sum: str
    materials: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunningOrder:
    facts: tuple[Labelled, ...]
    rows: tuple[RunningOrderRow, ...]


@dataclass(frozen=True)
class Invitation:
    """The letter of an invitation as everybody's. open: what is open from earlier meetings."""

    convener: str
    subject: str
    text: Html
    facts: tuple[Labelled, ...]
    distribution: tuple[Labelled, ...]
    open: tuple[FollowUpRow, ...] = ()


@dataclass(frozen=True)
class PrintedLetter:
    """An invitation on paper to one recipient, in their language. identity: the metadata block, addressee: who they
    are, a line each."""

    language: str
    identity: tuple[str, ...]
    convener: str
    addressee: tuple[str, ...]
    subject: str
    text: Html


@dataclass(frozen=True)
class Section:
    """A heading with its text; auto names the part that fills itself in, content is what it holds.

    level: that of the heading above what the section holds, 2 for its own. key: the section's own, through its life.
    """

    heading: str | None
    number: str | None = None
    body: Html = ""
    auto: str | None = None
    content: object = None
    level: int = 2
    key: str = ""


@dataclass(frozen=True)
class Annexe:
    """A Liite that follows: kind names its template (templates/papers/), label is `Liite 1`, anchor leads to it."""

    label: str
    name: str
    kind: str
    content: object
    subject: str | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper in its language. word is the document's kind, numbers those of case and project, all as printed.

    layout: the edition of SFS 2487 that it follows (app/memos/models.py, LAYOUTS). anchor: what an issued one prints of
    the audit trail, small and below its first page, outside the text that is read (app/audit/chain.py).
    """

    language: str
    title: str
    word: str | None = None
    numbers: tuple[str, ...] = ()
    confidentiality: str | None = None
    version: str | None = None
    date: str | None = None
    sender: str | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    signers: tuple[str, ...] = ()
    closing: tuple[Labelled, ...] = ()
    inline: bool = False
    annexes: tuple[Annexe, ...] = ()
    layout: str = "2024"
    anchor: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """The metadata block: what stands beside the page's mark, a line each."""
        parts = (self.word, *self.numbers, self.confidentiality, self.version, self.date)
        return tuple(part for part in parts if part)

    @property
    def running(self) -> str:
        """What later pages repeat of the metadata block; a paper that has but a date repeats none of it."""
        if self.identity == (self.date,):
            return ""
        return ", ".join(part for part in self.identity if part != self.version)

    @property
    def subject(self) -> str:
        """The document's subject property: the metadata block in one line."""
        return ", ".join(self.identity)
