"""Who was in an online meeting, out of the report that Teams or Zoom gives of it: one line a person. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.attendance.report_tables import NoReport, Seen, seen_in
from app.attendance.report_times import Way, covered, read_time, seconds_of, way_of
from app.people.collation import folded

MOST_PEOPLE = 1_000

# what stands in brackets after a name and is no name
MARKS = frozenset(
    "guest vieras gast external ulkoinen extern unverified vahvistamaton overifierad host jarjestaja vard co-host me"
    " mina jag presenter esittaja presentator organizer organiser".split()
)
_brackets = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_phone = re.compile(r"\+?[\d *x()–-]{5,}$", re.IGNORECASE)
_machine = re.compile(r"\b(note ?taker|otter\.?ai|fireflies|read\.?ai|bot|recorder|tallennin|transcri\w+|copilot)\b")


@dataclass(frozen=True)
class Joined:
    """One person of a report: name given name first where a comma tells, also: what stood in brackets after it.

    first and last are on the event's clock, None where the report tells no times of this event; kind: person, phone,
    machine, or lobby for one who was not let in.
    """

    name: str
    also: str = ""
    email: str = ""
    kind: str = "person"
    minutes: int | None = None
    first: datetime | None = None
    last: datetime | None = None


def read_report(text: str, starts: datetime, ends: datetime | None, zone: str) -> list[Joined]:
    """Return who was in a meeting, of its report's text, as `people_of` does. Raises NoReport, and nothing else."""
    return people_of(seen_in(text), starts, ends, zone)


def people_of(seen: Sequence[Seen], starts: datetime, ends: datetime | None, zone: str) -> list[Joined]:
    """Return who was in a meeting, in the order of the report, several stays of one person as one.

    starts and ends are the event's, on the clock of its zone, without offset. Raises NoReport for too many people.
    """
    way = way_of([stamp for stay in seen for stamp in (stay.join, stay.leave)], starts, ends, zone)
    groups = _by_person(seen)
    if len(groups) > MOST_PEOPLE:
        raise NoReport("too_many")
    return [_joined(stays, way, zone, ends) for stays in groups]


def called(written: str) -> tuple[str, str]:
    """Return the name that a written one holds, given name first, and what stood in brackets after it."""
    inside = [words.strip() for words in _brackets.findall(written)]
    name = " ".join(_brackets.sub(" ", written).split()) or written
    family, comma, given = name.partition(", ")
    if comma and given and "," not in given:
        name = f"{given} {family}"
    return name, next((words for words in inside if words and folded(words) not in MARKS), "")


def _by_person(seen: Iterable[Seen]) -> list[list[Seen]]:
    """The stays of each: of one address, or of one name where there is none; a name of one address alone is theirs."""
    groups: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    addresses: dict[str, set[str]] = defaultdict(set)
    seen = list(seen)
    for stay in seen:
        if stay.email:
            addresses[_plain(stay.name)].add(stay.email)
    for stay in seen:
        name = _plain(stay.name)
        theirs = addresses.get(name, set())
        email = stay.email or (next(iter(theirs)) if len(theirs) == 1 else "")
        groups[("email", email) if email else ("name", name)].append(replace(stay, email=email))
    return list(groups.values())


def _plain(name: str) -> str:
    return " ".join(sorted(folded(called(name)[0]).split()))


def _joined(stays: Sequence[Seen], way: Way | None, zone: str, ends: datetime | None) -> Joined:
    name, also = called(stays[0].name)
    let_in = [stay for stay in stays if not stay.lobby]
    times = _times(let_in, way, zone, ends) if way else []
    told = [seconds_of(stay.duration) for stay in let_in]
    seconds = covered(times) if times else sum(one for one in told if one) if any(told) else None
    return Joined(
        name=name,
        also=also,
        email=stays[0].email,
        kind=_kind(name, let_in),
        minutes=None if seconds is None else round(seconds / 60),
        first=min((start for start, _end in times), default=None),
        last=max((end for _start, end in times), default=None),
    )


def _kind(name: str, let_in: Sequence[Seen]) -> str:
    if not let_in:
        return "lobby"
    if _phone.match(name):
        return "phone"
    return "machine" if _machine.search(folded(name)) else "person"


def _times(stays: Sequence[Seen], way: Way, zone: str, ends: datetime | None) -> list[tuple[datetime, datetime]]:
    """From when until when each stay was; a flat list's comings and goings are paired in their order."""
    pairs = []
    came: datetime | None = None
    for stay in stays:
        start, end = read_time(stay.join, way, zone), read_time(stay.leave, way, zone)
        if start and end:
            pairs.append((start, max(start, end)))
        elif start and came is None:
            came = start
        elif end and came:
            pairs.append((came, max(came, end)))
            came = None
    if came:  # still there when the report was taken
        pairs.append((came, max(came, ends) if ends else came))
    return pairs
