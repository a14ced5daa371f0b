"""Says in words where an event stands and what is next."""

from __future__ import annotations

from datetime import datetime

from app import dates
from app.comments.words import waiting_words
from app.desk.figures import deadline_of
from app.events.models import Event
from app.events.readiness import Lack
from app.events.stages import Figures, Moment
from app.language import gettext as _
from app.language import ngettext, pgettext, spoken


def stage_word(key: str) -> str:
    """The name of a stage, as its link on the line says it."""
    return {
        "prepare": _("Prepare"),
        "invite": _("Invite"),
        "answers": _("Answers"),
        "day": _("Day"),
        "memo": _("Memo"),
        "sent": _("Sent"),
    }[key]


def stage_figure(key: str, figures: Figures, seen: Moment, event: Event) -> str:
    """The few words under a stage's name: how far it is."""
    if key == "prepare":
        return _n("%(n)s agenda item", "%(n)s agenda items", figures.items) if figures.items else _("no agenda yet")
    if key == "invite":
        if figures.invited:
            return _n("%(n)s invited", "%(n)s invited", figures.invited)
        return _n("%(n)s picked", "%(n)s picked", figures.picked) if figures.picked else _("nobody yet")
    if key == "answers":
        asked = figures.invited or figures.answered
        return _("%(n)s of %(all)s") % {"n": figures.answered, "all": figures.picked} if asked else "–"
    if key == "day":
        return _day_figure(figures, seen, event)
    if key == "memo":
        if figures.comments:
            return waiting_words(figures.comments)
        if figures.version:
            return _("version %(n)s") % {"n": figures.version}
        return _("being written") if figures.memo else _("not begun")
    if not figures.copies:
        return "–"
    return _("%(n)s of %(all)s") % {"n": figures.copied, "all": figures.copies}


def _day_figure(figures: Figures, seen: Moment, event: Event) -> str:
    if figures.ticked:
        return _n("%(n)s came", "%(n)s came", figures.came)
    if event.cancelled_at is not None:
        return _("cancelled")
    if seen.days == 0:
        return _("today")
    if seen.days == 1:
        return _("tomorrow")
    if 1 < seen.days < 100:
        return _n("in %(n)s day", "in %(n)s days", seen.days)
    return dates.day(event.starts_at, spoken())


def next_sentence(key: str, figures: Figures, seen: Moment, event: Event) -> str:
    """One sentence on what is next for the secretary; key is Standing.next."""
    if key == "answers":
        return _answers_due(figures, event)
    if key == "chase":
        silent = figures.picked - figures.answered
        words = ngettext(
            "The time to answer is over; %(n)s has not answered",
            "The time to answer is over; %(n)s have not answered",
            silent,
        )
        return words % {"n": silent}
    numbers = {"n": figures.picked, "all": figures.picked, "coming": figures.coming, "came": figures.came}
    numbers |= {"clock": dates.clock_word(spoken()) + dates.clock(event.starts_at, spoken())}
    numbers |= {"rest": figures.picked - figures.invited, "sent": figures.copied, "copies": figures.copies}
    return {
        "agenda": _("The agenda is to be written"),
        "pick": _("Pick whom to invite"),
        "invite": ngettext(
            "%(n)s person is picked; the invitation has not been sent",
            "%(n)s people are picked; the invitations have not been sent",
            figures.picked,
        ),  # fmt: skip
        "invite_rest": ngettext(
            "%(rest)s person is picked but not yet invited",
            "%(rest)s people are picked but not yet invited",
            numbers["rest"],
        ),  # fmt: skip
        "wait": ngettext(
            "All have answered; %(coming)s is coming", "All have answered; %(coming)s are coming", figures.coming
        ),  # fmt: skip
        "today": ngettext(
            "Today %(clock)s; %(coming)s is coming", "Today %(clock)s; %(coming)s are coming", figures.coming
        ),  # fmt: skip
        "arrive": ngettext("%(came)s has come", "%(came)s have come", figures.came),
        "tick": _("Tick who came"),
        "write": ngettext(
            "%(came)s came; the memo is to be written", "%(came)s came; the memo is to be written", figures.came
        ),  # fmt: skip
        "finish": _("The memo is being written") + (f"; {waiting_words(figures.comments)}" if figures.comments else ""),
        "send": _("The memo is issued; it has not been sent to anybody"),
        "sending": _("%(sent)s of %(copies)s copies of the memo have left"),
        "done": ngettext(
            "The memo was sent to %(sent)s person", "The memo was sent to %(sent)s people", figures.copied
        ),
    }[key] % numbers


def cancelled_words(event: Event) -> str:
    """Say of a cancelled event, in place of what is next, on which day it was cancelled."""
    day = dates.day(dates.in_zone(event.cancelled_at, event.time_zone), spoken())
    return _("The event was cancelled %(day)s") % {"day": day}


def _answers_due(figures: Figures, event: Event) -> str:
    answered = _("%(n)s of %(all)s have answered") % {"n": figures.answered, "all": figures.picked}
    deadline = deadline_of(event)
    if deadline is None:
        return answered
    day = dates.day_long(deadline, spoken())
    if isinstance(deadline, datetime):
        day += f"{',' if spoken() == 'en' else ''} {dates.clock_word(spoken())}{dates.clock(deadline, spoken())}"
    return _("%(answered)s; answers are due on %(day)s") % {"answered": answered, "day": day}


def saved_words(withdrawn: int) -> str:
    """Say that the details are saved, and how many mails were withdrawn because the event is not public any more."""
    if not withdrawn:
        return _("The details are saved.")
    return _n(
        "The details are saved. The event is not public any more, so %(n)s mail that waited was withdrawn.",
        "The details are saved. The event is not public any more, so %(n)s mails that waited were withdrawn.",
        withdrawn,
    )


def _n(one: str, many: str, n: int) -> str:
    return ngettext(one, many, n) % {"n": n}


def event_choices() -> dict[str, dict[str, str]]:
    """Return what an event's form offers, as words by value."""
    return {"kinds": kind_words(), "event_languages": {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}}


def kind_words() -> dict[str, str]:
    """What each kind of event is called."""
    return {
        "discussion": pgettext("kind of event", "Discussion"),
        "meeting": pgettext("kind of event", "Meeting"),
        "hearing": pgettext("kind of event", "Hearing"),
        "seminar": pgettext("kind of event", "Seminar"),
        "workshop": pgettext("kind of event", "Workshop"),
        "other": pgettext("kind of event", "Other"),
    }


def lack_words(lack: Lack) -> str:
    """Say what an event lacks before people are invited."""
    return {
        "place": _("It has neither a place nor an online link: nobody could come"),
        "past": _("Its day has passed"),
        "not_public": _("It is not public: its papers cannot be sent by mail"),
        "term": _("Its convener’s term ends before it: appoint the group anew or change the term"),
        "end": _("It has no end: the calendar entry needs one"),
        "deadline": _("It has no day by which to answer"),
        "background": _("It has no background: the invitation will say only when and where"),
        "agenda": _("Its agenda is empty"),
        "overrun": _("The agenda goes %(minutes)s min past the end"),
        "overlap": _("Items overlap by %(minutes)s min"),
        "gap": _("The agenda leaves %(minutes)s min empty"),
        "questions": _("The survey has no questions"),
        "survey_late": _("The survey closes after the event has started"),
    }[lack.key] % {"minutes": lack.minutes}
