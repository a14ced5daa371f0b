"""What an anonymous survey would hide for its few invitees, said while it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.language import spoken
from app.people.words import body_name

Sizes = list[tuple[str, int]]
Class = tuple[int, str]  # a body and its name: two may be called the same


@dataclass(frozen=True)
class Hiding:
    """invited: how many there are to answer; few: so few that nearly everything would stay hidden. groups and
    organisations: the classes smaller than least, whose answers would not be shown apart, with their sizes; of: how
    many classes there are in all."""

    invited: int
    least: int
    groups: Sizes
    organisations: Sizes
    of: tuple[int, int]

    @property
    def few(self) -> bool:
        return self.invited < 2 * self.least


def hiding(session: Session, event: Event, least: int) -> Hiding:
    """Return what an anonymous survey of this event would hide, in two queries."""
    invitees = invitees_of(session, event.id)
    groups, organisations = Counter(map(_group, invitees)), Counter(map(_organisation, invitees))
    return Hiding(
        len(invitees),
        least,
        _smaller(groups, least),
        _smaller(organisations, least),
        (len(groups.keys() - {None}), len(organisations.keys() - {None})),
    )


def _group(invitee: Invitee) -> Class | None:
    """The first group that an invitee stands for; None for one who stands for none."""
    return _first(one.group for one in invitee.represents)


def _organisation(invitee: Invitee) -> Class | None:
    """The first organisation that an invitee stands for, else their own."""
    return _first([*(one.organisation for one in invitee.represents), invitee.person.organisation])


def _first(bodies: Iterable) -> Class | None:
    return next(((body.id, body_name(body, spoken())) for body in bodies if body is not None), None)


def _smaller(sizes: Mapping[Class | None, int], least: int) -> Sizes:
    small = [(one[1], size) for one, size in sizes.items() if one and size < least]
    return sorted(small, key=lambda one: (-one[1], one[0]))
