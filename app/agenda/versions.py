"""Versions of a programme: what was sent is kept, and what is published later replaces it for invitees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.agenda.comparing import Change, changes_between
from app.agenda.content import Row, read_rows, written
from app.agenda.lines import Line, programme_of
from app.agenda.models import ProgrammeVersion
from app.agenda.words import speaker_words
from app.events.models import Event
from app.events.queries import hold
from app.language import LANGUAGES


@dataclass(frozen=True)
class Kept:
    """A version with its rows, and what is otherwise in it than in the one before; nothing in the first."""

    version: ProgrammeVersion
    rows: list[Row]
    changes: list[Change]


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return a programme's lines as a version keeps them; what is compared with a version has gone the same way."""
    rows = [
        Row(
            line.item.id, line.item.kind, line.item.title, line.number, line.slot.start, line.slot.until,
            {language: [speaker_words(one, language) for one in line.item.speakers] for language in LANGUAGES},
            line.item.description or None,
        )
        for line in lines
    ]  # fmt: skip
    return read_rows(written(rows))


def newest_version(session: Session, event_id: int) -> ProgrammeVersion | None:
    """Return the version that invitees have, or None before there is one."""
    return session.scalar(_newest_first(event_id).limit(1))


def versions_of(session: Session, event_id: int) -> list[Kept]:
    """Return all versions, the newest first; one query."""
    return kept(session.scalars(_newest_first(event_id)).all())


def newest_with_changes(session: Session, event_id: int) -> Kept | None:
    """Return the version that invitees have with what is new in it, or None; one query."""
    return next(iter(kept(session.scalars(_newest_first(event_id).limit(2)).all())), None)


def kept(versions: Sequence[ProgrammeVersion]) -> list[Kept]:
    """Return versions, which come the newest first, as they read; what is new in the last of them is not known."""
    read = [read_rows(version.content) for version in versions]
    before = [*read[1:], None][: len(read)]
    return [
        Kept(version, rows, [] if earlier is None else changes_between(earlier, rows))
        for version, rows, earlier in zip(versions, read, before, strict=True)
    ]


def publish_first(session: Session, event: Event, *, at: datetime, by: str | None = None) -> None:
    """Keep the programme as the first version where it has items and no version yet: it is being sent out."""
    if newest_version(session, event.id) is None:
        publish(session, event, at=at, by=by)


def publish(session: Session, event: Event, *, at: datetime, by: str | None = None) -> ProgrammeVersion | None:
    """Make the programme as it is now the newest version; None where there is nothing, or nothing new."""
    hold(session, event.id)
    rows = rows_of(programme_of(session, event))
    last = newest_version(session, event.id)
    if (not rows and last is None) or (last is not None and read_rows(last.content) == rows):
        return None
    number = last.number + 1 if last else 1
    version = ProgrammeVersion(event_id=event.id, number=number, made_at=at, made_by=by, content=written(rows))
    session.add(version)
    session.flush()
    return version


def unpublish(session: Session, event: Event, made_at: datetime | None = None) -> None:
    """Take back the newest version where it was made at a moment, with what was sent then; all of them if none is told,
    since nobody has been sent anything any more."""
    of_event = ProgrammeVersion.event_id == event.id
    if made_at is None:
        session.execute(delete(ProgrammeVersion).where(of_event))
        return
    last = newest_version(session, event.id)
    if last is not None and last.made_at == made_at:
        session.delete(last)
        session.flush()


def _newest_first(event_id: int):
    mine = select(ProgrammeVersion).where(ProgrammeVersion.event_id == event_id)
    return mine.order_by(ProgrammeVersion.number.desc())
