"""Lists participants in five shapes. Pure; called within `speaking(language)`.

Shapes and orders are those of the event file's format, "How participants are listed"; states and limits of presence
follow real records (remote, arrived, left, items, deputy for).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app import dates
from app.language import pgettext, spoken
from app.memos.listing_words import absence, item_words, role_word
from app.memos.participants import Convener, LineGroup, Member, Participant, Participants, Table
from app.people.words import bodies_joined, elative, people_joined, with_article

ROLE_ORDER = (
    "chair", "vice_chair", "member", "deputy", None, "adjuster", "expert", "speaker", "observer", "secretary",
)  # fmt: skip

HEADS = ("chair", "vice_chair", "secretary")


def shape_of(chosen: str | None, stood_for: bool) -> str:
    """The shape that is meant when none is chosen, or when the list goes to an attachment of its own.

    stood_for: whether anybody invited or present stands for a group; organisations alone make no difference.
    """
    if chosen and chosen != "attachment":
        return chosen
    return "represented" if stood_for else "roles"


def listed(
    shape: str,
    people: Sequence[Participant],
    convener: Convener,
    show: Iterable[str] = (),
    members: Sequence[Member] = (),
    same_day: Callable[[datetime], bool] = lambda _at: True,
) -> Participants:
    """List people in one of the five shapes. show: title, unit, role; same_day says whether a time needs its date."""
    came_for = {sender: person.name for person in people if person.present for sender in person.sent_by}
    write = Writer(frozenset(show), same_day, came_for)
    ordered = sorted(people, key=lambda person: person.seat)
    return {
        "represented": write.represented,
        "roles": write.roles,
        "institutions": write.institutions,
        "classes": write.classes,
        "members_and_deputies": lambda people, convener: write.members(people, members),
    }[shape](ordered, convener)


class Writer:
    """Writes lines; holds what is the same on all of them. came_for: who came in somebody's place, by the id of who
    stayed away."""

    def __init__(
        self,
        show: frozenset[str],
        same_day: Callable[[datetime], bool],
        came_for: Mapping[int | None, str] | None = None,
    ):
        self.show = show
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
        parts += [person.unit] if "unit" in self.show else []
        parts += [person.organisation] if organisation and person.organisation not in lead else []
        limits = self.limits(person)
        return ", ".join(filter(None, parts)) + (f" ({limits})" if limits else "")

    def stands_for(self, person: Participant, **how) -> str:
        """The line of somebody who stands for groups: those first."""
        return self.line(person, lead=[bodies_joined(person.bodies, self.language)] if person.bodies else (), **how)

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

    def represented(self, people: Sequence[Participant], convener: Convener) -> Participants:
        """One line each for those who represent; then everybody else, the convener's chair, its secretariat."""
        there = [person for person in people if person.present]
        rest = [person for person in there if not person.bodies or heads(person, convener)]
        standing = [self.stands_for(person) for person in there if person not in rest]
        others = [person for person in rest if person.role not in HEADS or person.presides]
        others = [person for person in others if person.count is None]
        lines = [*standing, *(self.line(person, role=person.role not in (None, "member")) for person in others)]
        for role in ("chair", "vice_chair"):
            lines += [self.head(person, convener) for person in rest if person.role == role and person not in others]
        secretaries = [person for person in rest if person.role == "secretary"]
        lines += [self.secretariat(secretaries, convener)] if secretaries else []
        lines += [self.line(person) for person in rest if person.count is not None]
        return Participants((LineGroup(None, tuple(lines)),))

    def head(self, person: Participant, convener: Convener) -> str:
        """`…-neuvottelukunnan puheenjohtaja Etunimi Sukunimi`."""
        name, role = self.bare(person), role_word(person.role)
        if self.language == "fi":
            return f"{convener.genitive} {role} {name}" if convener.genitive else f"{convener.name}, {role} {name}"
        chairs = person.role == "chair"
        words = pgettext("paper", "Chair of %(group)s") if chairs else pgettext("paper", "Vice chair of %(group)s")
        return f"{words % {'group': with_article(convener.name, self.language)}}, {name}"

    def bare(self, person: Participant) -> str:
        return Writer(self.show - {"role"}, self.same_day, self.came_for).line(person, organisation=False)

    def secretariat(self, people: Sequence[Participant], convener: Convener) -> str:
        """`…-neuvottelukunnan sihteeristöstä: a, b ja c, VM.`; institutions in the order in which they first stand."""
        by_organisation: dict[str | None, list[str]] = {}
        for person in people:
            by_organisation.setdefault(person.organisation, []).append(self.bare(person))
        rows = [
            ", ".join(filter(None, (people_joined(names, self.language), organisation)))
            for organisation, names in by_organisation.items()
        ]
        return f"{secretariat_words(convener, self.language)}: {bodies_joined(rows, self.language)}."

    def roles(self, people: Sequence[Participant], _convener: Convener) -> Participants:
        """`name, role`, by role; those who sent word or stayed away are named at the end."""
        there = sorted(
            (person for person in people if person.present), key=lambda person: ROLE_ORDER.index(person.role)
        )
        there.sort(key=lambda person: person.count is not None)
        groups = [LineGroup(None, tuple(self.line(person, role=True) for person in there))]
        return Participants((*groups, *self.away(people, role=True)))

    def away(self, people: Sequence[Participant], **how) -> list[LineGroup]:
        away = [self.line(person, **how) for person in people if not person.present]
        return [LineGroup(pgettext("paper", "Absent"), tuple(away))] if away else []

    def institutions(self, people: Sequence[Participant], _convener: Convener) -> Participants:
        """The organisation's full name, its people under it; those of none, and the unnamed, last."""
        grouped: dict[str, list[str]] = {}
        rest = []
        for person in people:
            if person.present and person.institution:
                grouped.setdefault(person.institution, []).append(self.line(person, organisation=False))
            elif person.present:
                rest.append(self.line(person))
        groups = [LineGroup(name, tuple(lines)) for name, lines in grouped.items()]
        groups += [LineGroup(pgettext("paper", "Others") if groups else None, tuple(rest))] if rest else []
        return Participants((*groups, *self.away(people)))

    def classes(self, people: Sequence[Participant], _convener: Convener) -> Participants:
        """By the heading under which each is listed, in their first order; those without one, and the absent, last."""
        others, absent = pgettext("paper", "Others"), pgettext("paper", "Absent")
        if not any(person.heading for person in people):
            others = None
        ordered = sorted(people, key=lambda person: 0 if person.heading else 1 if person.present else 2)
        grouped: dict[str | None, list[str]] = {}
        for person in ordered:
            heading = person.heading or (others if person.present else absent)
            grouped.setdefault(heading, []).append(self.stands_for(person) + self.unless_said(person, heading))
        return Participants(tuple(LineGroup(heading, tuple(lines)) for heading, lines in grouped.items()))

    def unless_said(self, person: Participant, heading: str | None) -> str:
        """The mark of somebody absent, where the class does not already say so."""
        said = {pgettext("paper", word).casefold() for word in ("Absent", "absent", "apologies")}
        said |= {"poissa", "poissaolleet", "estyneet"}
        return (
            ""
            if person.present or self.is_replaced(person) or (heading or "").casefold() in said
            else f" ({absence(person.mode)})"
        )

    def members(self, people: Sequence[Participant], members: Sequence[Member]) -> Participants:
        """A row a member with the deputies beside; who was not there is marked; others below."""
        by_id = {person.person_id: person for person in people if person.person_id is not None}
        rows, seated = [], set()
        for member in members:
            seated |= {one.person_id for one in (member.person, *member.deputies) if one}
            deputies = [self.seat(by_id.get(one.person_id, one)) for one in member.deputies]
            own = (
                self.seat(by_id.get(member.person.person_id, member.person), member.person.role)
                if member.person
                else ""
            )
            rows.append((own, "; ".join(deputies)))
        others = [person for person in people if person.person_id not in seated or person.person_id is None]
        lines = [self.line(person, role=True) for person in others if person.present]
        table = Table((pgettext("paper", "Member"), pgettext("paper", "Deputy")), tuple(rows)) if rows else None
        groups = [LineGroup(pgettext("paper", "Others present") if rows else None, tuple(lines))] if lines else []
        return Participants((*groups, *self.away(others)), table)

    def seat(self, person: Participant, role: str | None = None) -> str:
        """A cell of the table: whoever sits there, marked where they were not there. role: the member's in the body."""
        own = role if role in ("chair", "vice_chair") else None
        line = self.line(replace(person, role=own) if own else person, role=bool(own))
        return line if person.present or self.is_replaced(person) else f"{line} ({absence(person.mode)})"


def heads(person: Participant, convener: Convener) -> bool:
    """Whether somebody of the convener's chair or secretariat stands for nobody but the convener."""
    return person.role in HEADS and not person.presides and set(person.bodies) <= {convener.name}


def secretariat_words(convener: Convener, language: str) -> str:
    """What the line of the convener's secretariat begins with."""
    if language != "fi":
        return pgettext("paper", "From the secretariat of %(group)s") % {"group": with_article(convener.name, language)}
    called = convener.secretariat or "sihteeristö"
    inflected = convener.secretariat_elative or elative(called)
    if convener.genitive and inflected:
        return f"{convener.genitive} {inflected}"
    return f"{convener.name}, {called}"
