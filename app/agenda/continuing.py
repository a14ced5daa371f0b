"""How an agenda's items are numbered, and with which number it goes on from the last meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.agenda.models import AgendaItem
from app.agenda.numbering import MOST, last_number, sound_pattern
from app.events.models import Event
from app.forms import Reading
from app.language import gettext as _


@dataclass(frozen=True)
class Last:
    """The number with which an earlier event ended, as it stands on its agenda's pattern, and that event."""

    number: int
    pattern: str
    title: str
    starts_at: datetime

    @property
    def printed(self) -> str:
        return self.pattern.replace("{n}", str(self.number))

    @property
    def next(self) -> int:
        return self.number + 1


def last_of_earlier(session: Session, event: Event) -> Last | None:
    """Return with which number the newest earlier event ended that numbered its items: of the same series, or where the
    event is of none, of the same convener. Two queries at most."""
    own = AgendaItem.event_id == Event.id, AgendaItem.kind == "item"
    same = Event.series == event.series if event.series else Event.convener_id == event.convener_id
    numbered = or_(
        Event.numbering.is_not(None), select(AgendaItem.id).where(*own, AgendaItem.number.is_not(None)).exists()
    )
    earlier = session.scalar(
        select(Event)
        .where(same, Event.id != event.id, Event.starts_at < event.starts_at, Event.cancelled_at.is_(None))
        .where(Event.template.is_(None), numbered, select(AgendaItem.id).where(*own).exists())
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(1)
    )
    if earlier is None:
        return None
    items = select(AgendaItem.kind, AgendaItem.number).where(AgendaItem.event_id == earlier.id)
    rows = session.execute(items.order_by(AgendaItem.position, AgendaItem.id)).all()
    last = last_number(rows, earlier.numbering, earlier.first_number)
    return None if last is None else Last(last, earlier.numbering or "{n}", earlier.title, earlier.starts_at)


def read_numbering(posted: FormData, last: Last | None) -> dict[str, object]:
    """Return an event's columns from the form of the numbering, or from its button that goes on from the last meeting;
    raises Invalid."""
    if posted.get("go_on") and last:
        return {"numbering": last.pattern, "first_number": last.next}
    reading = Reading(posted)
    pattern = reading.line("numbering", most=40)
    first = reading.whole("first_number", least=0, most=MOST)
    if pattern and not sound_pattern(pattern):
        reading.problem("numbering", _("Write {n} where the number stands, once and apart from other digits."))
    reading.done()
    return {"numbering": pattern, "first_number": first}


def number_items(session: Session, event: Event, values: dict[str, object]) -> None:
    """Store how an event's items are numbered."""
    for name, value in values.items():
        setattr(event, name, value)
    session.flush()
