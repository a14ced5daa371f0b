"""Every paper of an event, by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.attendance.models import Attendance
from app.events.models import Event
from app.files.names import safe_names
from app.files.store import read
from app.invitations.printed import printed_for
from app.language import pgettext, speaking
from app.memos.closing import attachment_name, attachments_of, generated_name
from app.memos.day_papers import AT_ONCE as GUESTS_AT_ONCE
from app.memos.day_papers import KINDS, awaited, door_manuscript, kind_name
from app.memos.document import memo_manuscript, paper_manuscript
from app.memos.memos import memo_of
from app.memos.models import Attachment
from app.memos.preview import document_word
from app.memos.printed_letters import AT_ONCE as LETTERS_AT_ONCE
from app.memos.printed_letters import letters_manuscript
from app.pdf import Manuscript
from app.people.words import upper_first
from app.settings import Settings
from app.surveys.models import Survey

SLASHES = re.compile(r"[/\\]+")  # of a title, which opens no folder

Made = Manuscript | bytes  # a paper as it goes to the renderer, or an uploaded file as it is


def papers_of(session: Session, settings: Settings, event: Event, *, at: datetime) -> list[tuple[str, Made]]:
    """Return the papers of an event in its language, each with a file name that says what it is and is like no other:
    the memo, what is attached to it by number, then what stands alone, what is for the door, and letters.

    A paper of which there is nothing to print is left out. Raises Refused where a text is longer than texts may be.
    """
    with speaking(event.language):
        found = [*_memo(session, event, at), *_alone(session, event, at), *_door(session, event)]
        found += _letters(session, settings, event)
        names = safe_names(SLASHES.sub(" ", name) for name, _made in found)
        return list(zip(names, [made for _name, made in found], strict=True))


def _memo(session: Session, event: Event, at: datetime) -> Iterator[tuple[str, Made]]:
    memo = memo_of(session, event.id)
    if memo is None:
        return
    word = document_word(memo.document or "memo")
    yield f"{word}.pdf", memo_manuscript(session, event, at=at)
    for number, one in enumerate(attachments_of(session, event, memo), 1):
        label = pgettext("paper", "Attachment %(number)s") % {"number": number}
        yield f"{label} {_file_name(one, event)}", _attached(session, event, one, at)


def _file_name(one: Attachment, event: Event) -> str:
    name = attachment_name(one, event)
    return (
        f"{name}.pdf" if one.generated else name.removesuffix(ending := PurePath(one.file_name or "").suffix) + ending
    )


def _attached(session: Session, event: Event, one: Attachment, at: datetime) -> Made:
    if one.generated:
        return paper_manuscript(session, event, one.generated, at=at)
    return read(session, one.sha256)


def _alone(session: Session, event: Event, at: datetime) -> Iterator[tuple[str, Made]]:
    """Those that the memo has not attached, and the running order, which is never attached."""
    memo = memo_of(session, event.id)
    attached = {one.generated for one in attachments_of(session, event, memo)} if memo else set()
    held = {
        "programme": AgendaItem, "running_order": AgendaItem, "survey_summary": Survey, "participants": Attendance,
    }  # fmt: skip
    for kind in ("invitation", "programme", "survey_summary", "participants", "running_order"):
        table = held.get(kind)
        count = table is None or session.scalar(select(func.count()).where(table.event_id == event.id))
        if kind not in attached and count:
            name = upper_first(generated_name(kind, event))
            yield f"{name}.pdf", paper_manuscript(session, event, kind, at=at)


def _door(session: Session, event: Event) -> Iterator[tuple[str, Made]]:
    who = "coming" if awaited(session, event, "coming") else "invited"
    count = len(awaited(session, event, who))
    for kind in KINDS if count else ():
        for part in range(1, -(-count // GUESTS_AT_ONCE) + 1):
            yield f"{_part(kind_name(kind), part)}.pdf", door_manuscript(session, event, kind, who, part)


def _letters(session: Session, settings: Settings, event: Event) -> Iterator[tuple[str, Made]]:
    those = printed_for(session, event)
    for part, start in enumerate(range(0, len(those), LETTERS_AT_ONCE), 1):
        some = those[start : start + LETTERS_AT_ONCE]
        name = _part(pgettext("paper", "Letters"), part)
        yield f"{name}.pdf", letters_manuscript(session, settings, event, some)


def _part(name: str, part: int) -> str:
    return name if part == 1 else f"{name} {part}"
