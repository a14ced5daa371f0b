"""What has changed between two forms of a survey, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import dates
from app.language import LANGUAGES, spoken
from app.language import gettext as _
from app.surveys.building import field_words
from app.surveys.comparing import Change
from app.surveys.words import kinds, number_words


@dataclass(frozen=True)
class Said:
    """One change in words; before and after: the two texts, where it is a text that has changed."""

    words: str
    before: str = ""
    after: str = ""


def change_words(change: Change) -> Said:
    place = _place(change)
    plain = _plain(change)
    if plain:
        return Said(f"{place}: {plain}" if place else plain)
    if change.what == "agenda_item":
        return Said(f"{place}: " + _("the agenda item that it is about"))
    name = _named(change)
    texts = _value(change.what, change.before), _value(change.what, change.after)
    return Said(f"{place}: {name}" if place else name, *texts)


def _place(change: Change) -> str:
    if change.choice is not None:
        return _("“%(question)s”, option “%(choice)s”") % {"question": change.question, "choice": change.choice}
    return f"“{change.question}”" if change.question is not None else ""


def _plain(change: Change) -> str | None:
    return {
        "added": _("added"),
        "removed": _("deleted"),
        "retired": _("retired"),
        "restored": _("asked again") if change.choice is None else _("offered again"),
        "moved": _("moved"),
        "order": _("the order of the options"),
    }.get(change.what)


def _named(change: Change) -> str:
    words = field_words() | {"text": _("wording"), "condition": _("asked only of those who answered")}
    words |= {"language": _("the survey's own language"), "open": _("a line for other")}
    if change.what in LANGUAGES:
        return f"{words.get(change.column or '', change.column)} ({LANGUAGES[change.what]})"
    name = words.get(change.what, change.what)
    return name if change.question is None else name[:1].lower() + name[1:]


def _value(what: str, value: Any) -> str:
    if value is None or value == "":
        return _("none") if what != "condition" else _("everybody is asked")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if what == "condition":
        asked, answer = value
        return _("“%(answer)s” to “%(question)s”") % {"answer": answer, "question": asked}
    if isinstance(value, int | float):
        return number_words(value)
    if what == "closes_at":
        return dates.day_and_clock(datetime.fromisoformat(value), spoken())
    named = {"kind": kinds(), "language": LANGUAGES}
    named["promise"] = {"group": _("By group"), "person": _("By name"), "anonymous": _("Anonymous")}
    named["background"] = {"none": _("none"), "group": _("represented group"), "organisation": _("organisation")}
    return named.get(what, {}).get(value, value)
