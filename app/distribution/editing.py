"""What is done to a field: items and exceptions added, taken away, put back, moved; people left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.distribution.altering import Terms, added, at_place, leaving_out, less, moved, without
from app.distribution.codes import mark_of, term_from
from app.distribution.fields import load_terms, store_terms
from app.distribution.recipients import EVENT_KINDS, Term, lists_in, loop, within
from app.distribution.resolving import lists_within, sources_of
from app.distribution.typed import MODELS
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.language import gettext as _
from app.people.models import RECIPIENT_KINDS, WHO, DistributionList, RecipientField


def add_item(session: Session, field_id: int, term: Term) -> None:
    """Add an item; the same item twice stays one. Raises Invalid with the path when a list would hold itself."""
    _change(session, field_id, lambda terms: added(terms, term))


def except_from(session: Session, field_id: int, item: str, but: Term) -> None:
    """Add an exception to the item of a mark; raises Invalid as `add_item`, and where the item is no longer there."""
    _change(session, field_id, lambda terms: less(terms, _item(terms, item), but))


def remove_item(session: Session, field_id: int, item: str, but: str | None = None) -> tuple[Term, int] | None:
    """Take away the item of a mark, or one of its exceptions; one that is gone already changes nothing.

    Returns the item with the place where it stood, to be put back.
    """
    terms = _held(session, field_id)
    found = next((term for term in terms if mark_of(term) == item), None)
    if found is None:
        return None
    out = next((one for one in found.excepts if mark_of(one) == but), None) if but else None
    if out or not but:
        store_terms(session, field_id, without(terms, found, out))
    return found, terms.index(found)


def put_back(session: Session, field_id: int, item: str, place: int) -> None:
    """Put an item back where it stood; raises Invalid for what is no item, or names what is no longer there."""
    try:
        term = term_from(item)
    except ValueError:
        raise Invalid([("item", _("This cannot be put back. Add it anew."))]) from None
    if not all(_there(session, one) for one in within([term])):
        raise Invalid([("item", _("This cannot be put back: what it names is no longer there."))])
    _change(session, field_id, lambda terms: at_place(terms, term, place))


def move_item(session: Session, field_id: int, item: str, *, by: int) -> None:
    """Move the item of a mark so many places down (-1: up) in the order in which they are printed."""
    _change(session, field_id, lambda terms: moved(terms, _item(terms, item), by=by))


def leave_out(session: Session, field_id: int, but: Term, event_id: int | None) -> None:
    """Leave somebody out of the whole field: of every item that reaches them now."""
    terms = _held(session, field_id)
    sources = sources_of(session, [*terms, but], event_id)
    _change(session, field_id, lambda terms: leaving_out(terms, but, sources))


def _change(session: Session, field_id: int, change: Callable[[Terms], Terms]) -> None:
    before = _held(session, field_id)
    terms = change(before)
    if terms == before:
        return
    if lists_in(terms):
        _refuse_loop(session, field_id, terms)
    store_terms(session, field_id, terms)


def _held(session: Session, field_id: int) -> Terms:
    """What a field holds, kept from others until this request ends (SQLite has one writer at a time anyway)."""
    query = select(RecipientField.id).where(RecipientField.id == field_id)
    if session.scalar(query.with_for_update()) is None:
        raise NotFound
    return load_terms(session, field_id)


def _item(terms: Terms, mark: str) -> Term:
    found = next((term for term in terms if mark_of(term) == mark), None)
    if found is None:
        raise Invalid([("item", _("Somebody has changed this meanwhile. Look again and repeat what you did."))])
    return found


def _refuse_loop(session: Session, field_id: int, terms: Terms) -> None:
    # no two requests that each close one half of a loop
    session.execute(select(DistributionList.id).order_by(DistributionList.id).with_for_update())
    owner = session.scalar(select(DistributionList.id).where(DistributionList.field_id == field_id))
    path = loop(owner, terms, lists_within(session, terms)) if owner else None
    if path:
        raise Invalid([("named", _("The list would hold itself: %(path)s.") % {"path": _path(session, path)})])


def _path(session: Session, ids: Sequence[int]) -> str:
    query = select(DistributionList.id, DistributionList.name).where(DistributionList.id.in_(ids))
    names = dict(session.execute(query).all())
    return " → ".join(names[one] for one in ids)


def _there(session: Session, term: Term) -> bool:
    """Whether a term is sound and what it names still exists."""
    if term.kind in MODELS and term.kind in RECIPIENT_KINDS:
        fits = term.id is not None and session.get(MODELS[term.kind], term.id) is not None
        return fits and (term.who is None or (term.kind == "group" and term.who in WHO)) and term.event_id is None
    if term.kind in EVENT_KINDS:
        return term.id is None and (term.event_id is None or session.get(Event, term.event_id) is not None)
    return term.kind == "text" and bool(term.text)
