"""Who took part, as values: what a paper may print of each, and the list as it is printed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Participant:
    """One line of presence with all that a paper may print of it.

    bodies are the groups and organisations stood for (words), own those that are no news beside `organisation`;
    seat orders: the invitee's place, or that of the one whose substitute they are; count is for unnamed people.
    presides: chairs the event while the convener's chair is somebody else. sent_by: the people in whose place they were
    to come, up the line. items: for which items they were there, from the first to the last; None is an open end.
    """

    name: str
    seat: tuple[int, ...]
    mode: str = "in_person"
    role: str | None = None
    bodies: tuple[str, ...] = ()
    organisation: str | None = None
    institution: str | None = None
    title: str | None = None
    unit: str | None = None
    deputy_for: str | None = None
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    items: tuple[int | None, int | None] | None = None
    heading: str | None = None
    count: int | None = None
    person_id: int | None = None
    presides: bool = False
    sent_by: tuple[int, ...] = ()

    @property
    def present(self) -> bool:
        return self.mode in ("in_person", "remote")


@dataclass(frozen=True)
class Member:
    """A seat of the convening body: its member, none where deputies are nobody's in particular, and the deputies
    beside; each as the address book has them, absent until their presence is on record."""

    person: Participant | None
    deputies: tuple[Participant, ...] = ()


@dataclass(frozen=True)
class Convener:
    """What lines about the chair and the secretariat need of the convening group."""

    name: str
    genitive: str | None = None
    secretariat: str | None = None
    secretariat_elative: str | None = None


@dataclass(frozen=True)
class LineGroup:
    heading: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


MOST_LINES = 40  # about a page; a longer list is better off as an attachment, which the secretary decides


@dataclass(frozen=True)
class Participants:
    """The list as it is printed: a table first where there is one, then groups of lines."""

    groups: tuple[LineGroup, ...] = ()
    table: Table | None = None

    @property
    def lines(self) -> list[str]:
        return [line for group in self.groups for line in group.lines]

    @property
    def length(self) -> int:
        """How many lines it takes on paper, headings and rows of the table included."""
        headings = sum(group.heading is not None for group in self.groups)
        return headings + len(self.lines) + (len(self.table.rows) if self.table else 0)

    @property
    def too_long(self) -> bool:
        """Whether it would fill the memo that it stands in."""
        return self.length > MOST_LINES
