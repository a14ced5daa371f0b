"""Writes invitees with the answers that stand. A substitute is written with the one who sent them, and on a row of
their own only where there is more to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.eventfiles.exporting.mentions import Mention, body, without_empty
from app.invitees.models import Invitee, Response
from app.invitees.rsvp import Answered, Seat, is_withdrawn

# who waits for a seat has not said that they come, and who is asked anew has not answered
ANSWERS = {"accepted": "accepted", "declined": "declined", "tentative": "tentative", "waiting": "none", "asked": "none"}


def invitee_entries(session: Session, event_id: int) -> list[dict[str, Any]]:
    """Return a row for each invitee; the place of a substitute whose sender has answered otherwise is left out."""
    query = select(Invitee).options(selectinload(Invitee.represents), joinedload(Invitee.person))
    everyone = session.scalars(query.where(Invitee.event_id == event_id).order_by(Invitee.position, Invitee.id)).all()
    answers = _answers(session, event_id)
    standing = {id: Answered(one.choice, one.mode, one.substitute_id) for id, one in answers.items()}
    invited = [one for one in everyone if not is_withdrawn(Seat(one.id, one.substitute_for_id), standing)]
    sent = _sent(invited, answers)
    sent_by: dict[int, list[Invitee]] = defaultdict(list)
    for one in invited:
        if one.id in sent:
            sent_by[sent[one.id].id].append(one)
    written = []
    for invitee in invited:
        senders = sent_by[invitee.id]
        if not (senders and _is_implied(invitee, senders, answers)):
            written.append(_entry(invitee, senders, answers.get(invitee.id), sent.get(invitee.id)))
    return written


def _answers(session: Session, event_id: int) -> dict[int, Response]:
    query = select(Response).join(Invitee, Invitee.id == Response.invitee_id).where(Invitee.event_id == event_id)
    return {response.invitee_id: response for response in session.scalars(query.order_by(Response.id))}


def _sent(invited: Sequence[Invitee], answers: Mapping[int, Response]) -> dict[int, Invitee]:
    """Who comes in whose place: by the answer, or by the seat alone where there is no answer. Somebody without an
    address cannot be named so, and is invited in their own right.
    """
    by_id = {one.id: one for one in invited if one.person.email}
    sent = {one.substitute_for_id: one for one in by_id.values() if one.substitute_for_id not in (None, *answers)}
    named = {id: by_id[one.substitute_id] for id, one in answers.items() if one.substitute_id in by_id}
    return sent | named


def _is_implied(invitee: Invitee, senders: Sequence[Invitee], answers: Mapping[int, Response]) -> bool:
    """Whether the senders' rows say all there is to say of a substitute."""
    first = senders[0]
    return (
        invitee.role is None
        and invitee.id not in answers
        and invitee.position == first.position
        and _bodies(invitee) == _inherited(senders)
    )


def _bodies(invitee: Invitee) -> list[Mention]:
    return [body(one) for one in invitee.represents]


def _inherited(senders: Sequence[Invitee]) -> list[Mention]:
    return list(dict.fromkeys(one for sender in senders for one in _bodies(sender)))


def _entry(
    invitee: Invitee, senders: Sequence[Invitee], answer: Response | None, substitute: Invitee | None
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "person": Mention("person", invitee.person_id),
        "represents": _bodies(invitee),
        "as": invitee.role,
        "answer": ANSWERS[answer.choice] if answer else "none",
        "mode": answer.mode if answer and answer.choice == "accepted" else None,
        "comment": answer.comment or None if answer else None,
    }
    if substitute is not None:
        entry["substitute"] = {"name": substitute.person.name, "email": substitute.person.email}
    entry = without_empty(entry)
    if _inherited(senders) and not invitee.represents:
        entry["represents"] = []  # else they would stand for whom their sender stands for
    return entry
