"""Says what is otherwise in a programme than in the one before, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app import dates
from app.agenda.comparing import Change
from app.agenda.content import Row
from app.language import gettext as _
from app.language import ngettext, spoken


def changes_words(changes: Sequence[Change]) -> list[str]:
    """Return a sentence for each change."""
    return [change_words(change) for change in changes]


def change_words(change: Change) -> str:
    was, now = change.was, change.now
    if was is None and now is None:
        return _("The order has changed.")
    title = (now or was).title
    if was is None:
        if now.kind == "section":
            return _("“%(title)s” is a new heading.") % {"title": title}
        return _("“%(title)s” is new, %(time)s.") % {"title": title, "time": _time(now.starts)}
    if now is None:
        return _("“%(title)s” is no longer there.") % {"title": title}
    return _CHANGED[change.what](title, was, now, change)


def _moved(title: str, was: Row, now: Row, change: Change) -> str:
    another_day = was.starts.date() != now.starts.date()
    said = {
        "title": title,
        "was": _day_and_time(was.starts) if another_day else _time(was.starts),
        "now": _day_and_time(now.starts) if another_day else _time(now.starts),
        "n": change.more,
    }
    if change.more:
        return ngettext(
            "“%(title)s” and %(n)s item after it have moved: from %(was)s to %(now)s.",
            "“%(title)s” and %(n)s items after it have moved: from %(was)s to %(now)s.",
            change.more,
        ) % said  # fmt: skip
    return _("“%(title)s” has moved from %(was)s to %(now)s.") % said


def _length(title: str, was: Row, now: Row, change: Change) -> str:
    if now.ends is None:
        return _("“%(title)s” has no end of its own any more.") % {"title": title}
    if was.ends is None:
        return _("“%(title)s” ends at %(now)s.") % {"title": title, "now": _time(now.ends)}
    minutes = {"title": title, "was": _minutes(was), "now": _minutes(now)}
    return _("“%(title)s” takes %(now)s min instead of %(was)s.") % minutes


def _title(title: str, was: Row, now: Row, change: Change) -> str:
    return _("“%(was)s” is now called “%(now)s”.") % {"was": was.title, "now": title}


def _number(title: str, was: Row, now: Row, change: Change) -> str:
    if change.more:
        return ngettext(
            "“%(title)s” and %(n)s item after it have other numbers.",
            "“%(title)s” and %(n)s items after it have other numbers.",
            change.more,
        ) % {"title": title, "n": change.more}  # fmt: skip
    if not now.number:
        return _("“%(title)s” has no number any more.") % {"title": title}
    if not was.number:
        return _("“%(title)s” has the number %(now)s.") % {"title": title, "now": now.number}
    return _("“%(title)s” has the number %(now)s instead of %(was)s.") % {
        "title": title, "now": now.number, "was": was.number,
    }  # fmt: skip


def _speakers(title: str, was: Row, now: Row, change: Change) -> str:
    before, after = (list(row.speakers.get(spoken(), ())) for row in (was, now))
    came = [one for one in after if one not in before]
    went = [one for one in before if one not in after]
    said = {"title": title, "came": "; ".join(came), "went": "; ".join(went)}
    if came and went:
        return _("“%(title)s”: %(came)s speaks, and not %(went)s.") % said
    if came:
        return _("“%(title)s”: %(came)s speaks too.") % said if before else _("“%(title)s”: %(came)s speaks.") % said
    if went:
        return _("“%(title)s”: %(went)s does not speak.") % said
    return _("“%(title)s”: what is said of the speakers has changed.") % said


def _kind(title: str, was: Row, now: Row, change: Change) -> str:
    return _("“%(title)s” is now of another kind.") % {"title": title}


def _description(title: str, was: Row, now: Row, change: Change) -> str:
    return _("“%(title)s”: the description has changed.") % {"title": title}


def _order(title: str, was: Row, now: Row, change: Change) -> str:
    return _("The heading “%(title)s” stands at another place.") % {"title": title}


_CHANGED = {
    "moved": _moved, "length": _length, "title": _title, "number": _number, "speakers": _speakers, "kind": _kind,
    "description": _description, "order": _order,
}  # fmt: skip


def _minutes(row: Row) -> int:
    return round((row.ends.timestamp() - row.starts.timestamp()) / 60)


def _time(value: datetime) -> str:
    return f"{dates.clock_word(spoken())}{dates.clock(value, spoken())}"


def _day_and_time(value: datetime) -> str:
    return dates.day_and_clock(value, spoken())
