from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dates import HOME_ZONE
from app.db import Base, Instant, LocalTime, one_of
from app.people.found import Found
from app.people.lines import Line
from app.people.models import LANGUAGES, Group
from app.secretariats.models import OfSecretariat

OFFERED_BY = ("automatic", "hand")
KINDS = ("discussion", "meeting", "hearing", "seminar", "workshop", "other")


class Event(Found, OfSecretariat, Base):
    """What is convened. Times are local to `time_zone`; confidentiality `public` is the only one that may be mailed.

    cancelled_at is when it was called off. capacity counts the seats in the room; offers_by says who offers those that
    become free to the waiting list, offer_hours how long one may think about it.
    rsvp_deadline is a local date or time: a bare date in the event file means the end of that day.
    numbering is how the agenda's items are numbered from first_number on, such as `{n} §`; None where they are not.
    template is the name of an event that never takes place and others are copied from. shows_follow_ups: whether the
    invitation tells what is open from earlier events; None where the rule decides (app/invitees/telling.py).
    diet_asked, access_asked: whether invitees are asked what they cannot eat, and what they need to take part.
    erased_at is when the personal data were erased; held_until is until when they are not, and held_because why.
    """

    FOUND_BY: ClassVar = ("title", "place", "series")

    __tablename__ = "events"
    __table_args__ = (Index("uq_events_template", "secretariat_id", "template", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Line(300))
    convener_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    kind: Mapped[str | None] = mapped_column(one_of("kind", *KINDS))
    language: Mapped[str] = mapped_column(one_of("language", *LANGUAGES), default="fi")
    time_zone: Mapped[str] = mapped_column(String(64), default=HOME_ZONE)
    starts_at: Mapped[datetime] = mapped_column(LocalTime, index=True)
    ends_at: Mapped[datetime | None] = mapped_column(LocalTime)
    place: Mapped[str | None] = mapped_column(String(300))
    online_url: Mapped[str | None] = mapped_column(String(1000))
    rsvp_deadline: Mapped[str | None] = mapped_column(String(22))
    capacity: Mapped[int | None] = mapped_column(Integer)
    offers_by: Mapped[str] = mapped_column(String(20), default="automatic", server_default="automatic")
    offer_hours: Mapped[int] = mapped_column(default=24, server_default="24")
    background: Mapped[str | None] = mapped_column(Text)
    case_number: Mapped[str | None] = mapped_column(String(100))
    project_number: Mapped[str | None] = mapped_column(String(100))
    confidentiality: Mapped[str] = mapped_column(String(300), default="public")
    series: Mapped[str | None] = mapped_column(String(200))
    numbering: Mapped[str | None] = mapped_column(String(40))
    first_number: Mapped[int | None]
    template: Mapped[str | None] = mapped_column(String(200))
    shows_follow_ups: Mapped[bool | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    cancelled_at: Mapped[datetime | None] = mapped_column(Instant)
    diet_asked: Mapped[bool] = mapped_column(default=False, server_default=false())
    access_asked: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    held_until: Mapped[date | None]
    held_because: Mapped[str | None] = mapped_column(String(500))

    convener: Mapped[Group] = relationship(lazy="raise")


TAKES_PLACE = Event.template.is_(None)  # of every list of events but that of templates
