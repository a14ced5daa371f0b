"""A group's term in the words of the moment's language."""

from __future__ import annotations

from app.dates import day
from app.language import gettext as _
from app.language import ngettext, spoken
from app.people.terms import Term

DAYS_COUNTED = 60  # a term that ends sooner is counted in days


def term_days(term: Term) -> str:
    """The days alone: 1.3.2025–28.2.2027; from 1.3.2025; until further notice, where nothing is written."""
    if term.state == "unwritten":
        return _("until further notice")
    starts, ends = (day(it, spoken()) if it else "" for it in (term.starts, term.ends))
    if not starts or not ends:
        return _("from %(starts)s") % {"starts": starts} if starts else _("until %(ends)s") % {"ends": ends}
    return f"{starts}–{ends}"


def term_note(term: Term) -> str:
    """A word on where the term stands, for a row of a table; nothing while it runs on."""
    if term.state == "ended":
        return _("ended")
    if term.state == "later":
        return _("begins later")
    return _("ends %(when)s") % {"when": time_left(term)} if term.state == "ending" else ""


def term_sentence(term: Term) -> str:
    """Where the term stands, in one sentence."""
    words = {
        "unwritten": _("No term is written: the group works until further notice."),
        "later": _("The term begins on %(starts)s."),
        "ended": _("The term ended on %(ends)s."),
        "ending": _("The term ends on %(ends)s, %(when)s."),
        "running": _("The term ends on %(ends)s, %(when)s.")
        if term.ends
        else _("The term has run since %(starts)s, until further notice."),
    }[term.state]
    starts, ends = (day(it, spoken()) if it else "" for it in (term.starts, term.ends))
    return words % {"starts": starts, "ends": ends, "when": time_left(term)}


def term_warning(term: Term) -> str:
    """That an event stands after the term's end, and what to do; nothing where none does."""
    if not term.beyond:
        return ""
    words = (
        _("The term ended on %(ends)s, before %(event)s on %(day)s: appoint the group anew or change the term.")
        if term.state == "ended"
        else _("The term ends on %(ends)s, before %(event)s on %(day)s: appoint the group anew or change the term.")
    )
    days = {"ends": day(term.ends, spoken()), "day": day(term.beyond.day, spoken())}
    return words % {"event": term.beyond.title, **days}


def time_left(term: Term) -> str:
    """How long the term still runs: today, in 12 days, in 5 months, in 2 years."""
    if term.days_left < 1:
        return _("today")
    if term.days_left < DAYS_COUNTED:
        return ngettext("in %(n)s day", "in %(n)s days", term.days_left) % {"n": term.days_left}
    if term.months_left < 24:
        return ngettext("in %(n)s month", "in %(n)s months", term.months_left) % {"n": term.months_left}
    years = term.months_left // 12
    return ngettext("in %(n)s year", "in %(n)s years", years) % {"n": years}
