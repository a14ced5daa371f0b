"""Whom the memo goes to: as its lists reach people now, or as they did when the version before went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.distribution.fields import load_fields
from app.distribution.resolving import Contact, people_of
from app.distribution.words import named_in, way_words
from app.events.models import Event
from app.language import speaking
from app.memos.closing import closing_of
from app.memos.copies import copies_so_far
from app.memos.models import Issue, Memo


@dataclass(frozen=True)
class Addressee:
    """Somebody whom the memo goes to: by which field, and the strongest way in which it reaches them, in words."""

    person: Contact
    field: str
    reached_by: str


@dataclass(frozen=True)
class Sending:
    """Whom the next version goes to. A correction goes to those of all versions before, also to a substitute who was
    let go since: who got a paper gets its correction. more are those whom the lists reach only by now, and reprinted
    says that the printed lists are not those of the version before."""

    addressees: Sequence[Addressee]
    more: Sequence[Addressee] = ()
    reprinted: bool = False


def addressees_of(session: Session, event: Event, memo: Memo) -> list[Addressee]:
    """Return whom the lists reach now: those of Jakelu, then those of Tiedoksi who are not among them."""
    fields = load_fields(session, [memo.distribution_id, memo.for_information_id])
    reached = {
        "distribution": people_of(session, fields[memo.distribution_id], event.id),
        "for_information": people_of(session, fields[memo.for_information_id], event.id),
    }
    named = named_in(session, {term for those in reached.values() for one in those for term in one.ways[0]})
    found: dict[int, Addressee] = {}
    with speaking(event.language):
        for field, those in reached.items():
            for one in those:
                addressee = Addressee(one.person, field, way_words(one.ways[0], named, event))
                found.setdefault(one.person.id, addressee)
    return list(found.values())


def sending_of(session: Session, event: Event, memo: Memo, before: Issue | None) -> Sending:
    """Return whom the next version goes to; before is the version that was issued last."""
    now = addressees_of(session, event, memo)
    if before is None:
        return Sending(now)
    frozen = [Addressee(person, copy.field, copy.reached_by) for copy, person in copies_so_far(session, memo)]
    known = {one.person.id for one in frozen}
    more = [one for one in now if one.person.id not in known]
    closing = closing_of(session, event, memo, event.language)
    printed = [{"label": field.label, "items": list(field.items)} for field in closing]
    return Sending(frozen, more, reprinted=_lists(printed) != _lists(before.fields.get("closing", [])))


def _lists(closing: Sequence[dict]) -> list[object]:
    """The recipients' fields: what stands before them are attachments, which are no list."""
    return [field["items"] for field in closing[-2:]]
