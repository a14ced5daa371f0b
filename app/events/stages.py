"""Where an event stands between the first plan and the sent memo, and what is next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

STAGES = ("prepare", "invite", "answers", "day", "memo", "sent")


@dataclass(frozen=True)
class Figures:
    """What an event has so far.

    picked: whom to invite; invited: of them, who have been asked; answered, coming and waiting (for a seat): by
    the last answer of each.
    ticked: lines of presence; came: people present. version: of the issued memo, 0 before. copies and copied: mails of
    the version issued last in all and sent. failed: mails of any kind that did not go. comments: those on the draft
    that wait.
    """

    items: int = 0
    picked: int = 0
    invited: int = 0
    answered: int = 0
    coming: int = 0
    waiting: int = 0
    ticked: int = 0
    came: int = 0
    memo: bool = False
    version: int = 0
    copies: int = 0
    copied: int = 0
    failed: int = 0
    comments: int = 0


@dataclass(frozen=True)
class Moment:
    """An event seen from now: whole days to its first day (negative: since), and what has passed."""

    days: int
    begun: bool = False
    ended: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Standing:
    """stage: where the event is, None when all is done. next: what is to be done, a key of app/desk/words.py."""

    stage: str | None
    next: str

    def state(self, key: str) -> str:
        """Return done, now or later, for one of STAGES."""
        here = len(STAGES) if self.stage is None else STAGES.index(self.stage)
        place = STAGES.index(key)
        return "now" if place == here else "done" if place < here else "later"

    @property
    def done(self) -> int:
        """How many of the six stages lie behind."""
        return len(STAGES) if self.stage is None else STAGES.index(self.stage)


def moment(starts: datetime, ends: datetime | None, deadline: datetime | date | None, now: datetime) -> Moment:
    """See an event from now. All times are aware and in the event's zone; a bare deadline lasts until its day ends."""
    overdue = False
    if isinstance(deadline, datetime):
        overdue = now.timestamp() > deadline.timestamp()
    elif deadline is not None:
        overdue = now.date() > deadline
    instant = now.timestamp()
    return Moment(
        days=(starts.date() - now.date()).days,
        begun=instant >= starts.timestamp(),
        ended=instant >= (ends or starts).timestamp() and (ends is not None or now.date() > starts.date()),
        overdue=overdue,
    )


def standing(figures: Figures, seen: Moment) -> Standing:
    """Return where an event stands: the stage that it has come to, by what has been done and by the calendar."""
    if figures.version:
        if not figures.copies:
            return Standing("sent", "send")
        return Standing("sent", "sending") if figures.copied < figures.copies else Standing(None, "done")
    if seen.ended or figures.memo and (seen.begun or figures.came):
        if not figures.ticked:
            return Standing("day", "tick")
        return Standing("memo", "finish" if figures.memo else "write")
    if seen.begun or seen.days == 0 or figures.came:
        return Standing("day", "arrive" if figures.came else "today")
    if not figures.picked:
        return Standing("prepare", "pick" if figures.items else "agenda")
    if not (figures.invited or figures.answered):
        return Standing("invite", "invite")
    if figures.answered >= figures.picked:
        return Standing("day", "wait")
    if figures.invited and figures.invited < figures.picked:
        return Standing("answers", "invite_rest")
    return Standing("answers", "chase" if seen.overdue else "answers")
