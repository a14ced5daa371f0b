"""Lists participants in five shapes. Pure; called within `speaking(language)`.

Shapes and orders are those of the event file's format, "How participants are listed"; states and limits of presence
follow real records (remote, arrived, left, items, deputy for).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from app.language import pgettext
from app.memos.listing_line import Lines
from app.memos.listing_words import absence, absence_heading, role_word
from app.memos.participants import Convener, LineGroup, Member, Participant, Participants, Table
from app.people.words import bodies_joined, elative, people_joined, with_article

ROLE_ORDER = (
    "chair", "vice_chair", "member", "deputy", "adjuster", None, "expert", "speaker", "observer", "secretary",
)  # fmt: skip
OF_THE_BODY = ("chair", "vice_chair", "member", "deputy", "adjuster")

HEADS = ("chair", "vice_chair", "secretary")


def shape_of(chosen: str | None, stood_for: bool) -> str:
    """The shape that is meant when none is chosen.

    stood_for: whether anybody invited or present stands for a group; organisations alone make no difference.
    """
    return chosen or ("represented" if stood_for else "roles")


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


class Writer(Lines):
    """Puts lines together into lists."""

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
        """`name, role`, by role; where members sit, those who are none stand under headings of their own. Those who
        sent word or stayed away are named at the end."""
        there = by_role(person for person in people if person.present)
        seated = any(person.role in OF_THE_BODY and person.role != "chair" for person in people)
        headed = seated and any(person.role not in (*OF_THE_BODY, "secretary") for person in there)
        grouped: dict[str | None, list[str]] = {}
        for person in there:
            heading = beside_members(person) if headed else None
            grouped.setdefault(heading, []).append(self.line(person, role=True))
        groups = [LineGroup(heading, tuple(lines)) for heading, lines in grouped.items()]
        return Participants((*groups, *self.away(people, role=True)))

    def away(self, people: Sequence[Participant], **how) -> list[LineGroup]:
        """Those who sent word, then those who stayed away without a word."""
        found = []
        for mode in ("excused", "absent"):
            lines = [self.line(person, **how) for person in people if person.mode == mode]
            found += [LineGroup(absence_heading(mode), tuple(lines))] if lines else []
        return found

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
        others = pgettext("paper", "Others") if any(person.heading for person in people) else None
        last = ("excused", "absent")
        ordered = sorted(people, key=lambda one: 0 if one.heading else 1 if one.present else 2 + last.index(one.mode))
        grouped: dict[str | None, list[str]] = {}
        for person in ordered:
            heading = person.heading or (others if person.present else absence_heading(person.mode))
            grouped.setdefault(heading, []).append(self.stands_for(person) + self.unless_said(person, heading))
        return Participants(tuple(LineGroup(heading, tuple(lines)) for heading, lines in grouped.items()))

    def unless_said(self, person: Participant, heading: str | None) -> str:
        """The mark of somebody absent, where the class does not already say so."""
        said = {pgettext("paper", word).casefold() for word in ("Absent", "Apologies", "absent", "apologies")}
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
        lines = [self.line(person, role=True) for person in by_role(person for person in others if person.present)]
        table = Table((pgettext("paper", "Member"), pgettext("paper", "Deputy")), tuple(rows)) if rows else None
        groups = [LineGroup(pgettext("paper", "Others present") if rows else None, tuple(lines))] if lines else []
        return Participants((*groups, *self.away(others)), table)

    def seat(self, person: Participant, role: str | None = None) -> str:
        """A cell of the table: whoever sits there, marked where they were not there. role: the member's in the body."""
        own = role if role in ("chair", "vice_chair") else None
        line = self.line(replace(person, role=own) if own else person, role=bool(own))
        return line if person.present or self.is_replaced(person) else f"{line} ({absence(person.mode)})"


def by_role(people: Iterable[Participant]) -> list[Participant]:
    """In the order of roles, within a role as they were; those who are counted and not named last."""
    return sorted(people, key=lambda person: (person.count is not None, ROLE_ORDER.index(person.role)))


def beside_members(person: Participant) -> str | None:
    """The heading under which somebody stands in a list of members; None for a member."""
    if person.role in OF_THE_BODY:
        return None
    if person.role == "observer":
        return pgettext("paper", "Observers")
    return pgettext("paper", "Secretariat") if person.role == "secretary" else pgettext("paper", "In attendance")


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
