"""One participant as a line of a paper. Pure; called within `speaking(language)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from app import dates
from app.language import pgettext, spoken
from app.memos.listing_words import item_words, role_word
from app.memos.participants import Participant
from app.people.words import bodies_joined

# JulkICT, KAO, DVV-TK: one word with two capitals or more, or a figure; siltayksikkö and Siltayksikkö are names
UNIT_CODE = re.compile(r"(?=\S{2,20}$)(?=(?:.*[A-ZÅÄÖ]){2}|[A-ZÅÄÖ].*\d)[\w/.-]+")


class Lines:
    """Writes participants as lines; holds what is the same on all of them.

    show: title, unit, role. same_day says whether a time needs its date. came_for: who came in somebody's place, by
    the id of who stayed away.
    """

    def __init__(
        self,
        show: Iterable[str],
        same_day: Callable[[datetime], bool],
        came_for: Mapping[int | None, str] | None = None,
    ):
        self.show = frozenset(show)
        self.same_day = same_day
        self.came_for = came_for or {}
        self.language = spoken()

    def line(
        self, person: Participant, *, role: bool = False, organisation: bool = True, lead: Sequence[str] = ()
    ) -> str:
        """bodies, name, role, title, unit, organisation (limits)."""
        if person.count is not None:
            return f"{person.count} {person.name}"
        parts = [*lead, person.name]
        if (role or "role" in self.show) and person.role:
            parts.append(role_word(person.role))
        parts += [person.title] if "title" in self.show else []
        parts += self.whence(person, organisation and person.organisation not in lead)
        limits = self.limits(person)
        return ", ".join(filter(None, parts)) + (f" ({limits})" if limits else "")

    def whence(self, person: Participant, organisation: bool) -> list[str | None]:
        """Unit and organisation; the code of a unit stands after its organisation's abbreviation, as VM/JulkICT."""
        unit, body = person.unit if "unit" in self.show else None, person.organisation
        if unit and body and UNIT_CODE.fullmatch(unit) and " " not in body:
            return [unit if unit.startswith(f"{body}/") else f"{body}/{unit}"]
        return [unit, body if organisation else None]

    def stands_for(self, person: Participant, **how) -> str:
        """The line of somebody who stands for groups: those first."""
        return self.line(person, lead=[bodies_joined(person.bodies, self.language)] if person.bodies else (), **how)

    def bare(self, person: Participant) -> str:
        """The line without role and organisation, which stand elsewhere."""
        return Lines(self.show - {"role"}, self.same_day, self.came_for).line(person, organisation=False)

    def limits(self, person: Participant) -> str:
        """What limits a presence, in words, in the order in which it happened."""
        limits = []
        if person.mode == "remote":
            limits.append(pgettext("paper", "remotely"))
        if person.arrived_at:
            limits.append(pgettext("paper", "arrived %(time)s") % {"time": self.time(person.arrived_at)})
        if person.left_at:
            limits.append(pgettext("paper", "left %(time)s") % {"time": self.time(person.left_at)})
        if person.items:
            limits.append(item_words(person.items))
        if person.deputy_for:
            limits.append(pgettext("paper", "deputy for %(name)s") % {"name": person.deputy_for})
        if self.is_replaced(person):
            limits.append(pgettext("paper", "represented by %(name)s") % {"name": self.came_for[person.person_id]})
        return ", ".join(limits)

    def is_replaced(self, person: Participant) -> bool:
        """Whether somebody came in the place of one who stayed away, who is then not merely absent."""
        return not person.present and person.person_id in self.came_for

    def time(self, at: datetime) -> str:
        """`klo 14.35`, with its date on another day than the event's first."""
        if self.same_day(at):
            return (dates.clock_word(self.language) or "at ") + dates.clock(at, self.language)
        return ("on " if self.language == "en" else "") + dates.day_and_clock(at, self.language)
