"""Adds, moves and deletes the memo's sections, and says which item of the agenda each is about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.language import speaking
from app.memos.attaching import annex_participants
from app.memos.headings import item_sections, new_section
from app.memos.history import Change, deleted_last, keep, keep_deleted
from app.memos.models import Memo, Revision, Section
from app.memos.texts import TITLE, Text, Title, put, text_of

TOP = "top"  # in place of a section's key: before the first one


def section_of(memo: Memo, key: str) -> Section | None:
    return next((section for section in memo.sections if section.key == key), None)


def arrange(session: Session, event: Event, memo: Memo, verb: str, key: str) -> Section | None:
    """Do what a button between the sections says: `add`, `add_agenda` … after the section of that key (TOP is before
    all), `items` there too; move it `up` or `down`; `annex` makes the list of participants an attachment. Returns the
    section that was added or moved, None where nothing is to be done."""
    if verb == "annex":
        annex_participants(memo)
        return None
    order = list(memo.sections)
    section = section_of(memo, key)
    if section is None and key != TOP:
        return None
    place = order.index(section) + 1 if section else 0
    if verb == "items":
        return add_items(session, event, memo, place)
    if verb.startswith("add"):
        with speaking(event.language):
            return _insert(session, memo, place, [new_section(event, verb.partition("_")[2])])
    if section and verb in ("up", "down"):
        order.remove(section)
        order.insert(max(place - 1 + {"up": -1, "down": 1}[verb], 0), section)
        _number(order)
        return section
    return None


def add_items(session: Session, event: Event, memo: Memo, place: int) -> Section | None:
    """Give each item of the agenda that no section is about a heading of its own, in their order, from a place on."""
    about = {section.agenda_item_id for section in memo.sections}
    new = [one for one in item_sections(session, event) if one.agenda_item_id not in about]
    return _insert(session, memo, place, new)


def delete(session: Session, memo: Memo, section: Section, *, by: str | None, at: datetime) -> Revision:
    """Delete a section; returns the revision that it is put back from."""
    kept = keep_deleted(session, memo, section, by=by, at=at)
    order = [one for one in memo.sections if one is not section]
    memo.sections.remove(section)
    _number(order)
    session.flush()
    return kept


def bring_back(
    session: Session, event: Event, memo: Memo, revision: Revision, *, by: str | None, at: datetime
) -> Section | Title:
    """Let a revision's text stand again, as a revision of its own; a deleted section comes back to its place."""
    section = section_of(memo, revision.section_key)
    place = Title(memo, event.title) if revision.section_key == TITLE else section
    before = text_of(place) if place else Text("")
    place = place or _again(session, memo, revision)
    put(place, Text(revision.heading or "", revision.body))
    keep(session, memo, [Change(place, before, text_of(place), what="restored", apart=True)], by=by, at=at)
    return place


def put_back(session: Session, event: Event, memo: Memo, key: str, *, by: str | None, at: datetime) -> Section | Title:
    """Let a section that is gone stand again: as it was deleted, or where nothing is known of it, empty at the end."""
    revision = deleted_last(session, memo, key)
    if revision:
        return bring_back(session, event, memo, revision, by=by, at=at)
    return _insert(session, memo, len(memo.sections), [Section(key=key, heading="", body="")])


def _again(session: Session, memo: Memo, revision: Revision) -> Section:
    """A section anew by what its revision knows of it."""
    section = Section(key=revision.section_key, auto=revision.auto, agenda_item_id=revision.agenda_item_id)
    place = len(memo.sections) if revision.position is None else revision.position
    _insert(session, memo, min(place, len(memo.sections)), [section])
    return section


def _insert(session: Session, memo: Memo, place: int, new: list[Section]) -> Section | None:
    order = list(memo.sections)
    order[place:place] = new
    _number(order)
    memo.sections[:] = order
    session.flush()
    return new[0] if new else None


def _number(order: list[Section]) -> None:
    for position, section in enumerate(order):
        section.position = position
