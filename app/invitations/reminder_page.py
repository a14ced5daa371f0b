"""What the page of reminders shows: who is silent now, what is scheduled, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app import dates
from app.events.details import read_clock
from app.events.models import Event
from app.forms import Reading
from app.invitations.models import Reminder
from app.invitations.reminder_times import Due, due, reminds_at
from app.invitations.reminding import silent, until
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import ngettext, spoken

ABOUT = ("answer", "survey")


@dataclass(frozen=True)
class Silent:
    """Those who would be reminded now, and until when that makes sense (local); until is None for no survey."""

    about: str
    heading: str
    invitees: Sequence[Invitee]
    until: datetime | None
    over: bool


@dataclass(frozen=True)
class Line:
    """A reminder in words: when it leaves, or left and to how many."""

    reminder: Reminder
    words: str
    note: str
    waits: bool


@dataclass(frozen=True)
class ReminderPage:
    silent: Sequence[Silent]
    lines: Sequence[Line]


def reminder_page(session: Session, event: Event, at: datetime) -> ReminderPage:
    """Read it all; thirteen queries at most, however many are invited."""
    now = dates.in_zone(at, event.time_zone).replace(tzinfo=None)
    last = {about: until(session, event, about) for about in ABOUT}
    headings = {"answer": _("Who has not answered"), "survey": _("Who has not filled in the survey")}
    found = [
        Silent(about, headings[about], silent(session, event, about), last[about], now >= last[about])
        for about in ABOUT
        if last[about] is not None
    ]
    mine = select(Reminder).where(Reminder.event_id == event.id).order_by(Reminder.id.desc())
    lines = [_line(one, event, last[one.about], now) for one in session.scalars(mine)]
    return ReminderPage(found, lines)


def _line(reminder: Reminder, event: Event, last: datetime | None, now: datetime) -> Line:
    words = _("To answer") if reminder.about == "answer" else _("To fill in the survey")
    if reminder.sent_at is not None:
        sent = dates.day_and_clock(dates.in_zone(reminder.sent_at, event.time_zone), spoken())
        to = ngettext("sent to %(num)s person, %(day)s", "sent to %(num)s people, %(day)s", reminder.sent)
        note = (
            to % {"num": reminder.sent, "day": sent}
            if reminder.sent
            else _("nobody was silent, %(day)s") % {"day": sent}
        )
        return Line(reminder, words, note, False)
    if last is None or due(last, reminder.days_before, reminder.clock, now) == Due.MISSED:
        return Line(reminder, words, _("its time has passed"), True)
    leaves = dates.day_and_clock(reminds_at(last, reminder.days_before, reminder.clock), spoken())
    return Line(reminder, words, _("leaves %(day)s, to those who are silent then") % {"day": leaves}, True)


def schedule(session: Session, event: Event, posted: FormData) -> Reminder:
    """Store a reminder to be sent by itself; raises Invalid at `about`, `days_before` or `clock`."""
    reading = Reading(posted)
    about = reading.choice("about", ABOUT, needed=_("Choose of what to remind."))
    days = reading.whole("days_before", least=0)
    if days is None and not reading.problems:
        reading.problem("days_before", _("Write how many days before."))
    if days is not None and days > 365:
        reading.problem("days_before", _("Write a number of days up to 365."))
    clock = read_clock(reading, "clock", needed=_("Write at what time it is to leave."))
    if about and not reading.problems and until(session, event, about) is None:
        reading.problem("about", _("The event has no survey with questions."))
    reading.done()
    reminder = Reminder(event_id=event.id, about=about, days_before=days, clock=f"{clock:%H:%M}")
    session.add(reminder)
    session.flush()
    return reminder
