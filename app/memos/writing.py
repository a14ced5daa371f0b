"""Writes the memo's sections. A save over a newer one is refused with both texts; nothing is overwritten unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.events.models import Event
from app.forms import clean_text, key_of
from app.language import pgettext
from app.memos.attaching import annex_participants
from app.memos.models import AUTO_SECTIONS, Memo, Section


@dataclass(frozen=True)
class Written:
    """What a writer sends of one section: its heading, its text, and the mark of the text that they began from."""

    heading: str
    body: str
    begun_from: str

    @property
    def untouched(self) -> bool:
        """Whether the writer has left the text as it was shown to them."""
        return mark(self.heading, self.body) == self.begun_from


def mark(heading: str | None, body: str | None) -> str:
    """What a section's text is known by from one save to the next."""
    return hashlib.sha256(f"{clean_text(heading or '')}\0{clean_text(body or '')}".encode()).hexdigest()[:16]


class Overtaken(Exception):
    """Others have saved these sections meanwhile; `sections` are their ids."""

    def __init__(self, sections: list[int]):
        super().__init__(f"sections {sections}")
        self.sections = sections


def write(memo: Memo, title: str | None, written: Mapping[int, Written]) -> None:
    """Set the memo's title and the texts that the writer has touched; raises Overtaken, having changed nothing."""
    touched = {section: written[section.id] for section in memo.sections if section.id in written}
    touched = {section: text for section, text in touched.items() if not text.untouched}
    overtaken = [section.id for section, text in touched.items() if is_overtaken(section, text)]
    if overtaken:
        raise Overtaken(overtaken)
    memo.title = title
    for section, text in touched.items():
        section.heading = text.heading or None
        if section.auto is None:
            section.body = text.body


def is_overtaken(section: Section, text: Written) -> bool:
    """Whether somebody else has saved another text since the writer began."""
    now = mark(section.heading, section.body)
    return now not in (text.begun_from, mark(text.heading, text.body))


def act(session: Session, memo: Memo, action: str) -> Section | None:
    """Do what a button between the sections says: `add-3`, `add_agenda-3` (after section 3; 0 is the top), `up-3`,
    `down-3`, `delete-3`; `annex-0` makes the list of participants an attachment. Returns the section that was added or
    moved. An unknown action does nothing."""
    verb, _dash, number = action.rpartition("-")
    key = key_of(number)
    if key is None:
        return None
    if verb == "annex":
        annex_participants(memo)
        return None
    order = list(memo.sections)
    place = next((place for place, section in enumerate(order) if section.id == key), None)
    if verb.startswith("add") and (place is not None or key == 0):
        return _add(session, memo, order, (place + 1) if place is not None else 0, verb.partition("_")[2])
    if place is None:
        return None
    section = order.pop(place)
    if verb == "delete":
        session.delete(section)
    else:
        order.insert(max(place + {"up": -1, "down": 1}.get(verb, 0), 0), section)
    _number(order)
    return section if verb != "delete" else None


def _add(session: Session, memo: Memo, order: list[Section], place: int, auto: str) -> Section:
    kind = auto if auto in AUTO_SECTIONS else None
    event = session.get_one(Event, memo.event_id)
    heading = auto_heading(kind, event) if kind else ""
    section = Section(memo_id=memo.id, position=place, heading=heading, body=None if kind else "", auto=kind)
    session.add(section)
    order.insert(place, section)
    _number(order)
    session.flush()
    return section


def _number(order: list[Section]) -> None:
    for position, section in enumerate(order):
        section.position = position


def auto_heading(kind: str, event: Event) -> str:
    """The heading that a part which fills itself in has unless it is given one, in the language spoken."""
    return {
        "time_and_place": pgettext("paper", "Time and place"),
        "participants": pgettext("paper", "Participants"),
        "agenda": pgettext("paper", "Agenda") if event.kind == "meeting" else pgettext("paper", "Programme"),
        "survey_summary": pgettext("paper", "Summary of the pre-survey"),
        "follow_ups": pgettext("paper", "Follow-up"),
    }[kind]
