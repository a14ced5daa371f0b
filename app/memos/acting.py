"""What the buttons in the memo's text do, once what was typed is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.forms import key_of
from app.memos.arranging import arrange, delete, section_of
from app.memos.by_hand import fill_in_again, write_by_hand
from app.memos.history import Change, keep
from app.memos.models import Memo, Section
from app.memos.phrases import phrase_of, with_phrase
from app.memos.texts import Text, put, text_of


@dataclass(frozen=True)
class Shown:
    """Where the page goes on: at which section, with which one shown as it will look, after which deletion."""

    key: str = ""
    look: str = ""
    deleted: int | None = None


def act(session: Session, event: Event, memo: Memo, action: str, *, by: str, at: datetime) -> Shown:
    """Do what a button says: a verb, a dash and a section's key. An unknown one does nothing; raises NotFound for a
    phrase that is another body's, and Refused where a text would be longer than texts may be."""
    verb, _dash, key = action.rpartition("-")
    section = section_of(memo, key)
    if verb == "delete" and section:
        return Shown(deleted=delete(session, memo, section, by=by, at=at).id)
    if verb in ("look", "about"):
        return Shown(key=key, look=key if verb == "look" else "")
    if verb == "hand" and section:
        write_by_hand(session, event, memo, section, by=by, at=at)
    elif verb == "again" and section:
        fill_in_again(session, memo, section, by=by, at=at)
    elif verb.startswith("phrase_") and section:
        _take_phrase(session, event, memo, section, key_of(verb.partition("_")[2]) or 0, by=by, at=at)
    else:
        section = arrange(session, event, memo, verb, key)
    return Shown(key=section.key if section else "")


def _take_phrase(
    session: Session, event: Event, memo: Memo, section: Section, phrase_id: int, *, by: str, at: datetime
) -> None:
    phrase, before = phrase_of(session, event.convener_id, phrase_id), text_of(section)
    if before.body is not None:
        put(section, Text(before.heading, with_phrase(before.body, phrase)))
        keep(session, memo, [Change(section, before, text_of(section))], by=by, at=at)
