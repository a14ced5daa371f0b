"""Recipients as they were used: frozen as printed and as resolved, and read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.orm import Session

from app.distribution.difference import Then
from app.distribution.fields import load_fields, load_terms
from app.distribution.recipients import Sources, Term
from app.distribution.resolving import fields_of_lists, people_reached, sources_of
from app.distribution.ways import Reached, resolve
from app.distribution.words import named_in, phrase, way_words
from app.events.models import Event
from app.language import speaking
from app.people.models import ReachedThen, Use
from app.people.queries import by_id


def freeze(session: Session, field_ids: Collection[int], event: Event, paper: str, at: datetime) -> None:
    """Keep fields, and every list that leads to people of theirs, as they are printed and whom they reach now.

    A list that only takes people away is not used. Each list is kept once, however many fields and lists hold it.
    """
    fields = load_fields(session, field_ids)
    terms = [term for held in fields.values() for term in held]
    sources = sources_of(session, terms, event.id)
    lists = _lists_used(terms, sources)
    owners = fields_of_lists(session, lists) if lists else {}
    held = fields | {owners[list_id]: tuple(sources.lists[list_id]) for list_id in lists}
    _keep(session, held, sources, event, paper, at)


def forget(session: Session, event: Event, paper: str, at: datetime) -> None:
    """Let go of what was kept for an event's paper at a moment, since it was taken back and went to nobody."""
    session.execute(delete(Use).where(Use.event_id == event.id, Use.paper == paper, Use.used_at == at))


def freeze_pick(session: Session, term: Term, event: Event, at: datetime) -> None:
    """Keep a list that invitees were picked from, as it was then; anything but a list leaves no trace.

    The same list that reaches the same people for the same event once more is the same use: a second press.
    """
    field_id = fields_of_lists(session, [term.id]).get(term.id) if term.kind == "list" and term.id else None
    if field_id is None:
        return
    terms = load_terms(session, field_id)
    reached = {one.person_id for one in resolve(terms, sources_of(session, terms, event.id))}
    before = select(Use.id).where(Use.field_id == field_id, Use.event_id == event.id, Use.paper == "invitation")
    last = session.scalar(before.order_by(Use.id.desc()).limit(1))
    if last is None or {one.person_id for one in reached_then(session, last)} != reached:
        freeze(session, [field_id], event, "invitation", at)


def last_uses(session: Session, field_ids: Iterable[int]) -> dict[int, Row]:
    """Return the newest use of each field, with the title of its event, by the field's id, in one query."""
    newest = select(func.max(Use.id)).where(Use.field_id.in_(list(field_ids))).group_by(Use.field_id)
    return {row.field_id: row for row in session.execute(_told().where(Use.id.in_(newest)))}


def uses_of(session: Session, field_id: int) -> Sequence[Row]:
    """Return a field's uses, the newest first, each with its event's title and how many it reached."""
    return session.execute(_told().where(Use.field_id == field_id).order_by(Use.id.desc())).all()


def use_by_id(session: Session, use_id: int) -> Use:
    """Return one use; raises NotFound."""
    return by_id(session, Use, use_id)


def reached_then(session: Session, use_id: int) -> list[Then]:
    """Return whom a use reached, as of its day, in order."""
    columns = ReachedThen.person_id, ReachedThen.name, ReachedThen.email, ReachedThen.reached_by
    query = select(*columns).where(ReachedThen.use_id == use_id).order_by(ReachedThen.position)
    return [Then(*row) for row in session.execute(query)]


def _told():
    people = select(func.count()).where(ReachedThen.use_id == Use.id).scalar_subquery().label("people")
    columns = Use.id, Use.field_id, Use.event_id, Use.paper, Use.used_at, Event.title, Event.time_zone, people
    return select(*columns).join(Event, Event.id == Use.event_id)


def _lists_used(terms: Iterable[Term], sources: Sources) -> list[int]:
    found: dict[int, None] = {}
    pending = list(terms)
    while pending:
        term = pending.pop()
        if term.kind == "list" and term.id is not None and term.id not in found:
            found[term.id] = None
            pending.extend(sources.lists.get(term.id, ()))
    return list(found)


def _keep(
    session: Session, held: dict[int, tuple[Term, ...]], sources: Sources, event: Event, paper: str, at: datetime
) -> None:
    reached = {field_id: resolve(terms, sources) for field_id, terms in held.items()}
    everybody = [one for those in reached.values() for one in those]
    people = people_reached(session, everybody)
    printed = [term for terms in held.values() for term in terms]
    named = named_in(session, {*printed, *(term for one in everybody for term in one.ways[0])})
    with speaking(event.language):
        for field_id, terms in held.items():
            words = [phrase(term, named, event) for term in terms]
            use = Use(field_id=field_id, event_id=event.id, paper=paper, used_at=at, printed=words)
            session.add(use)
            session.flush()
            rows = [_row(use.id, place, one, people, named, event) for place, one in enumerate(reached[field_id])]
            if rows:
                session.execute(insert(ReachedThen), rows)


def _row(use_id: int, place: int, one: Reached, people, named, event: Event) -> dict[str, object]:
    person = people[one.person_id]
    return {
        "use_id": use_id, "position": place, "person_id": one.person_id, "name": person.name, "email": person.email,
        "reached_by": way_words(one.ways[0], named, event),
    }  # fmt: skip
