"""Which attachments a memo's texts refer to, which references lead nowhere, and what numbering them anew would change.

`Memo.referred_to` keeps by which order the texts refer, from the moment at which that order changes until somebody has
the references numbered anew, or says that they are right as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.events.models import Event
from app.memos.closing import attachments_of
from app.memos.models import Attachment, Memo, Section
from app.memos.references import Reference, mentions_all, references_in, renumbered
from app.memos.texts import text_of

BESIDE = 30  # letters of the text on either side of a reference


@dataclass(frozen=True)
class Changed:
    """A reference as it stands and as it would, between the words beside it."""

    section: Section
    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True)
class Referring:
    """nowhere: references that lead to no attachment, by the section's key. mentioned: the numbers that some text
    refers to, all of them where one speaks of the attachments together. changes: what numbering anew would change."""

    nowhere: dict[str, list[str]]
    mentioned: frozenset[int]
    changes: list[Changed]

    @property
    def sections(self) -> list[Section]:
        """The sections that numbering anew would change, once each."""
        return list({one.section.key: one.section for one in self.changes}.values())

    @property
    def marks(self) -> dict[str, str]:
        """The marks of those sections' texts, by key."""
        return {section.key: text_of(section).mark for section in self.sections}


def referring(memo: Memo, attachments: Sequence[Attachment]) -> Referring:
    """Look through a memo's texts; attachments are all of it in the order of their numbers."""
    numbers, now = range(1, len(attachments) + 1), new_numbers(memo, attachments)
    nowhere: dict[str, list[str]] = {}
    mentioned: set[int] = set()
    for section, text in texts_of(memo):
        if mentions_all(text):
            mentioned.update(numbers)
        for reference in references_in(text):
            meant = [now.get(number, number) if number else None for number in reference.numbers]
            if all(number in numbers for number in meant):
                mentioned.update(number for number in meant if number)
            else:
                nowhere.setdefault(section.key, []).append(" ".join(reference.words.split()))
    return Referring(nowhere, frozenset(mentioned), list(_changes(memo, now)))


def texts_of(memo: Memo) -> Iterator[tuple[Section, str]]:
    """What is written by hand in a memo, by section."""
    for section in memo.sections:
        for text in (section.body, section.by_hand):
            if text:
                yield section, text


def new_numbers(memo: Memo, attachments: Sequence[Attachment]) -> dict[int, int | None]:
    """Return what becomes of the numbers by which the texts refer: None where the attachment is gone and its number is
    another's. Only numbers that change."""
    if memo.referred_to is None:
        return {}
    now = {one.id or 0: number for number, one in enumerate(attachments, 1)}
    found = {old: now.get(id) for old, id in enumerate(memo.referred_to, 1)}
    return {old: new for old, new in found.items() if new != old and (new or old <= len(attachments))}


def remember_order(session: Session, event: Event, memo: Memo) -> None:
    """Call before the order changes: the texts refer by the order that there is, unless an earlier one still waits."""
    attachments = attachments_of(session, event, memo)
    if not any(_changes(memo, new_numbers(memo, attachments))):
        memo.referred_to = [one.id or 0 for one in attachments]


def _changes(memo: Memo, numbers: dict[int, int | None]) -> Iterator[Changed]:
    if not numbers:
        return
    for section, text in texts_of(memo):
        for reference in references_in(text):
            new = renumbered(reference.words, numbers)
            if new != reference.words:
                yield _shown(section, text, reference, new)


def _shown(section: Section, text: str, reference: Reference, new: str) -> Changed:
    before, after = text[: reference.start], text[reference.end :]
    before = f"…{before[-BESIDE:]}" if len(before) > BESIDE else before
    after = f"{after[:BESIDE]}…" if len(after) > BESIDE else after
    return Changed(section, before, reference.words, new, after)
