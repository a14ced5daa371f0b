"""The programme on the guest's page: the version that was published last, what is new in it, and the materials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import dates
from app.agenda.content import Row
from app.agenda.lines import headed, programme_of
from app.agenda.version_words import changes_words
from app.agenda.versions import newest_with_changes, rows_of
from app.errors import NotFound
from app.events.details import PUBLIC
from app.events.models import Event
from app.files.handing import handed_out
from app.files.store import read
from app.guests.opening import Guest
from app.invitees.rsvp import Standing
from app.language import spoken
from app.markdown import markdown
from app.memos.materials import Material, material_of, materials_of


@dataclass(frozen=True)
class Point:
    """One line of the programme: who speaks and what it is about in words; day where another one begins."""

    row: Row
    day: date | None
    speakers: Sequence[str]
    about: Markup
    materials: Sequence[Material]


@dataclass(frozen=True)
class Programme:
    """version is None before one was published, and made_at with it, on the event's clock. handed_out: there are
    materials which are given at the meeting only, since the event is not public."""

    points: list[Point]
    version: int | None
    made_at: datetime | None
    changes: list[str]
    handed_out: bool


def guest_programme(session: Session, event: Event, standing: Standing) -> Programme | None:
    """Return the programme as invitees have it, before any was published as it is written; None where it is empty.
    At most four queries."""
    kept = newest_with_changes(session, event.id)
    rows = kept.rows if kept else rows_of(programme_of(session, event))
    if not rows:
        return None
    materials = materials_of(session, event.id)
    given = materials if _gives_materials(event, standing) else {}
    days = headed([row.starts.date() for row in rows])
    return Programme(
        points=[
            Point(row, day, row.speakers.get(spoken(), ()), markdown(row.description, below=3), given.get(row.id, ()))
            for row, day in zip(rows, days, strict=True)
        ],
        version=kept.version.number if kept else None,
        made_at=dates.in_zone(kept.version.made_at, event.time_zone) if kept else None,
        changes=changes_words(kept.changes) if kept else [],
        handed_out=event.confidentiality != PUBLIC and any(row.id in materials for row in rows),
    )


def material_file(session: Session, guest: Guest, standing: Standing, material_id: int) -> Response:
    """Return a material of the programme that a guest has before them; raises NotFound for any other."""
    event = guest.event
    file = material_of(session, event.id, material_id)
    kept = newest_with_changes(session, event.id)
    shown = kept is None or any(row.id == file.agenda_item_id for row in kept.rows)
    if not shown or not _gives_materials(event, standing) or file.sha256 is None:
        raise NotFound
    return handed_out(read(session, file.sha256), file.file_name or file.title or "", file.media_type)


def _gives_materials(event: Event, standing: Standing) -> bool:
    return event.confidentiality == PUBLIC and standing != Standing.WITHDRAWN
