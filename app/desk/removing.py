"""Removes an event with all that hangs on it (`app/desk/losing.py` says what that is)."""

from __future__ import annotations

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import Event
from app.language import gettext as _
from app.memos.models import Memo
from app.people.models import DistributionList, Recipient, RecipientField


def remove_event(session: Session, event: Event) -> None:
    """Delete an event and all that belongs to it alone; raises Refused where a distribution list names it."""
    lists = _lists_naming(session, event)
    if lists:
        raise Refused(
            _("These lists name the event: %(lists)s. Take it out of them first.") % {"lists": ", ".join(lists)}
        )
    memo = session.scalar(select(Memo).where(Memo.event_id == event.id))
    fields = [memo.distribution_id, memo.for_information_id] if memo else []
    session.execute(delete(Memo).where(Memo.event_id == event.id))
    session.execute(delete(RecipientField).where(RecipientField.id.in_(fields)))
    session.execute(delete(Event).where(Event.id == event.id))


def _lists_naming(session: Session, event: Event) -> list[str]:
    own = select(Memo.distribution_id).where(Memo.event_id == event.id)
    own_copy = select(Memo.for_information_id).where(Memo.event_id == event.id)
    named = select(Recipient.field_id).where(
        Recipient.event_id == event.id, Recipient.field_id.not_in(own), Recipient.field_id.not_in(own_copy)
    )
    lists = session.scalars(select(DistributionList.name).where(DistributionList.field_id.in_(named)))
    papers = session.scalars(
        select(Event.title)
        .join(Memo, Memo.event_id == Event.id)
        .where(or_(Memo.distribution_id.in_(named), Memo.for_information_id.in_(named)))
    )
    return [*lists, *papers]
