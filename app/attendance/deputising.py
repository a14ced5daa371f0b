"""Lets somebody be present in the place of an invitee who had named nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attendance.marking import came
from app.attendance.models import Attendance, PresentFor
from app.errors import Invalid
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.language import gettext as _
from app.people.models import Person


def come_instead(
    session: Session, event: Event, person: Person, written: str, *, at: datetime, by: str | None = None,
    key: str | None = None,
) -> Attendance:  # fmt: skip
    """Mark who came in a person's place as present, as their deputy and for whom they were to represent.

    Whoever comes is written like a walk-in; the person's own mark is left as it is. Raises Invalid at `name`.
    """
    line = came(session, event, written, key=key, at=at, by=by)
    if line.person_id == person.id:
        raise Invalid([("name", _("This is the invitee. Write the name of who came instead."))])
    session.refresh(line, ["represents"])
    if line.deputy_for_id == person.id:
        return line
    line.deputy_for_id, line.role = person.id, "deputy"
    stands = select(Representation).join(Invitee).where(Invitee.event_id == event.id, Invitee.person_id == person.id)
    bodies = session.scalars(stands.order_by(Representation.position))
    line.represents = [
        PresentFor(position=place, group_id=body.group_id, organisation_id=body.organisation_id)
        for place, body in enumerate(bodies)
    ]
    session.flush()
    return line
