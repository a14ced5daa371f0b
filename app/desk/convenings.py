"""All convenings in time order, and what waits on the secretary over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.desk.figures import all_figures, seen_from
from app.desk.words import cancelled_words, next_sentence, stage_word
from app.events.models import TAKES_PLACE, Event
from app.events.stages import standing
from app.language import gettext as _
from app.mail.standing import backlog

SHOWN_FINISHED = 10


@dataclass(frozen=True)
class Convening:
    """One line of the start page. done: stages of six behind it; failed: mails that did not go; comments: those on its
    draft that wait."""

    event: Event
    done: int
    word: str
    next: str
    failed: int
    comments: int = 0


@dataclass(frozen=True)
class Convenings:
    """open: what is still to be done, the earliest first. finished: what is done or
    cancelled, the latest first, and how many more are hidden.
    unsent: mails of all events that should have left by now; late: so long ago that somebody should look why."""

    open: list[Convening]
    finished: list[Convening]
    hidden: int
    unsent: int = 0
    late: bool = False

    @property
    def waiting(self) -> list[Convening]:
        return [one for one in [*self.open, *self.finished] if one.failed]

    @property
    def commented(self) -> list[Convening]:
        return [one for one in [*self.open, *self.finished] if one.comments]


def convenings(session: Session, at: datetime, *, all_finished: bool = False) -> Convenings:
    """Return every convening as the start page shows it; three queries."""
    figures = all_figures(session)
    query = select(Event).options(joinedload(Event.convener)).where(TAKES_PLACE).order_by(Event.starts_at, Event.id)
    open_ones, finished = [], []
    for event in session.scalars(query):
        seen = seen_from(event, at)
        stands = standing(figures[event.id], seen)
        line = Convening(
            event=event,
            done=stands.done,
            word=_("Cancelled") if event.cancelled_at else stage_word(stands.stage) if stands.stage else _("Done"),
            next=cancelled_words(event)
            if event.cancelled_at
            else next_sentence(stands.next, figures[event.id], seen, event),
            failed=figures[event.id].failed,
            comments=figures[event.id].comments,
        )
        (open_ones if stands.stage and event.cancelled_at is None else finished).append(line)
    finished.reverse()
    shown = finished if all_finished else finished[:SHOWN_FINISHED]
    waits = backlog(session, at)
    return Convenings(open_ones, shown, len(finished) - len(shown), waits.due, waits.is_late(at))
