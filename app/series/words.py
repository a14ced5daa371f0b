"""Says in words when the next event is proposed and why, and what a copying did."""

from __future__ import annotations

from app import dates
from app.language import gettext as _
from app.language import ngettext, spoken
from app.series.copying import Copied
from app.series.intervals import DAY_OF_MONTH, UNKNOWN, WEEKS, Proposal


def proposal_words(proposal: Proposal, *, series: bool) -> list[str]:
    """Return the sentences under the day that is proposed: by which interval, and what was passed by."""
    return [_interval_words(proposal, series=series), *_passed_by_words(proposal)]


def _interval_words(proposal: Proposal, *, series: bool) -> str:
    interval = proposal.interval
    if interval.kind == UNKNOWN:
        if series:
            return _("The series has one event so far. Its interval shows when there are two; this is four weeks on.")
        return _("No interval is known. This is four weeks on, on the same weekday.")
    sentence = {
        WEEKS: ngettext(
            "The series meets every week on the same weekday.",
            "The series meets every %(num)s weeks on the same weekday.",
            interval.every,
        ),
        DAY_OF_MONTH: ngettext(
            "The series meets every month on the same day of the month.",
            "The series meets every %(num)s months on the same day of the month.",
            interval.every,
        ),
    }.get(interval.kind) or ngettext(
        "The series meets every month on the same weekday of the month.",
        "The series meets every %(num)s months on the same weekday of the month.",
        interval.every,
    )
    return sentence % {"num": interval.every}


def _passed_by_words(proposal: Proposal) -> list[str]:
    """Each reason once, with the days that it is about."""
    sentences = {
        "passed": _("Passed already: %(days)s."),
        "weekend": _("Not on a weekend: %(days)s."),
        "holiday": _("Not on a public holiday or its eve: %(days)s."),
    }
    days: dict[str, list[str]] = {}
    for day, reason in proposal.passed_by:
        days.setdefault(reason, []).append(dates.day(day, spoken()))
    return [sentences[reason] % {"days": ", ".join(which[-3:])} for reason, which in days.items()]


def copied_words(copied: Copied) -> str:
    """What has to be said of a copying at once: times that the clock skips, questions that lost their condition."""
    said = [_("The event is made.")]
    for title, meant, has in copied.shifted:
        times = {"meant": dates.clock(meant, spoken()), "has": dates.clock(has, spoken()), "item": title[:60]}
        said.append(_("The clock skips %(meant)s on that day: “%(item)s” now begins at %(has)s.") % times)
    if copied.unconditional:
        lost = ", ".join(f"“{text[:60]}”" for text in copied.unconditional)
        said.append(_("Now asked of everybody: %(questions)s") % {"questions": lost})
    return " ".join(said)
