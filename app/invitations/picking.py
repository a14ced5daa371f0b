"""Picks whom to invite: people by the groups and lists that lead to them, each once, with whom they represent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.distribution.recipients import Sources, Term
from app.distribution.resolving import sources_of
from app.distribution.ways import resolve
from app.errors import NotFound
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.invitees.queries import invitees_of
from app.invitees.substitutes import let_go_by
from app.links.revoking import revoke_links
from app.mail.outbox import supersede, withdraw_from

ORDER = (Invitee.position, Invitee.id)


@dataclass(frozen=True)
class Picked:
    """What a pick did: how many people are new, and how many were there already."""

    added: int
    known: int


def pick(session: Session, event: Event, term: Term) -> Picked:
    """Add whom a term reaches to the invitees, at the end.

    One who is reached through a group comes for it (but for the convener and its own people); several groups merge,
    also those of earlier picks.
    """
    sources = sources_of(session, [term], event.id)
    stands_for = represented_through(term, sources, event.convener_id)
    known = {invitee.person_id: invitee for invitee in invitees_of(session, event.id)}
    last = session.scalar(select(func.max(Invitee.position)).where(Invitee.event_id == event.id))
    position = -1 if last is None else last
    added = 0
    reached = resolve([term], sources)
    for one in reached:
        invitee = known.get(one.person_id)
        if invitee is None:
            position += 1
            invitee = Invitee(event_id=event.id, person_id=one.person_id, position=position, represents=[])
            try:
                with session.begin_nested():
                    session.add(invitee)
            except IntegrityError:  # another secretary has just picked the same person
                continue
            added += 1
        _add_groups(invitee, stands_for[one.person_id])
    session.flush()
    return Picked(added, len(reached) - added)


def represented_through(term: Term, sources: Sources, convener_id: int) -> dict[int, list[int]]:
    """Return the groups that people stand for when picked by a term, by person. Secretaries stand for nobody."""
    stands_for: dict[int, list[int]] = defaultdict(list)
    for group in _groups(term, sources, frozenset()):
        if group.id != convener_id and group.who != "secretaries":
            for reached in resolve([replace(group, excepts=())], sources):
                if group.id not in stands_for[reached.person_id]:
                    stands_for[reached.person_id].append(group.id)
    return stands_for


def _groups(term: Term, sources: Sources, inside: frozenset[int]) -> Iterator[Term]:
    if term.kind == "group":
        yield term
    elif term.kind == "list" and term.id is not None and term.id not in inside:
        for item in sources.lists.get(term.id, ()):
            yield from _groups(item, sources, inside | {term.id})


def _add_groups(invitee: Invitee, groups: Iterable[int]) -> None:
    there = {one.group_id for one in invitee.represents}
    for group_id in groups:
        if group_id not in there:
            invitee.represents.append(Representation(position=len(invitee.represents), group_id=group_id))


def change_place(session: Session, invitee: Invitee, *, role: str | None, bodies: Sequence[tuple[str, int]]) -> None:
    """Set as what and for whom somebody is invited; bodies are ("group" or "organisation", id), in order."""
    invitee.role = role
    invitee.represents = [
        Representation(position=place, **{f"{kind}_id": body_id}) for place, (kind, body_id) in enumerate(bodies)
    ]
    session.flush()


def move(session: Session, event_id: int, invitee_id: int, *, by: int) -> None:
    """Move an invitee by so many places, -1 for up; past either end nothing happens. Raises NotFound for another's."""
    invitees = list(session.scalars(select(Invitee).where(Invitee.event_id == event_id).order_by(*ORDER)))
    at = next((place for place, invitee in enumerate(invitees) if invitee.id == invitee_id), None)
    if at is None:
        raise NotFound
    if not 0 <= at + by < len(invitees):
        return
    invitees.insert(at + by, invitees.pop(at))
    for position, invitee in enumerate(invitees):
        invitee.position = position


def remove(session: Session, invitee: Invitee, *, at: datetime, keeping: str | None = None) -> None:
    """Take somebody off the list with their answers; a mail that has not left stays here, but for those of the kind
    that is kept, and their link opens nothing: not even when they are invited once more, by another one."""
    remove_let_go(session, [invitee.id], at=at)
    _take_off(session, invitee, at, keeping)


def remove_let_go(session: Session, sender_ids: Iterable[int], *, at: datetime) -> int:
    """Take off the list the substitutes who were let go by invitees that go from it now; returns how many.

    Their senders' answers, by which they are known to be let go, go as well: they would be invited again. What tells
    them that they are not needed still leaves.
    """
    let_go = let_go_by(session, sender_ids)
    for substitute in let_go:
        _take_off(session, substitute, at, "cancellation")
    return len(let_go)


def _take_off(session: Session, invitee: Invitee, at: datetime, keeping: str | None) -> None:
    withdraw_from(session, invitee.event_id, invitee.person_id, keeping)
    supersede(session, invitee.event_id, [invitee.person_id], keeping)  # also what a mail server has put off
    revoke_links(session, invitee.event_id, invitee.person_id, at, "invitation")
    session.delete(invitee)
    session.flush()
