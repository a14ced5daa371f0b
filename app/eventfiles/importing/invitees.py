"""Brings in who is invited, in whose place some come, and what each answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.eventfiles.importing.book import Book
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response


def add_invitees(
    session: Session, event: Event, entries: Sequence[Mapping[str, Any]], book: Book, at: datetime
) -> None:
    """Add a row for each invitee, and for each substitute who has none, at the place of the one who sends them.

    Who comes in somebody's place stands for whom they stood for, unless their own row tells otherwise. Answers are
    dated at, when the file was read.
    """
    listed = {book.person(entry["person"]).id: entry for entry in entries}
    senders: dict[int, list[int]] = defaultdict(list)
    for person_id, entry in listed.items():
        if entry.get("substitute"):
            senders[book.people[entry["substitute"]["email"].lower()].id].append(person_id)
    positions = {person_id: position for position, person_id in enumerate(listed)}
    for person_id, sent_by in _in_order(senders, positions):
        positions.setdefault(person_id, positions[sent_by[0]])
    rows = {}
    for person_id, position in positions.items():
        bodies = _bodies(person_id, listed, senders, book)
        rows[person_id] = Invitee(
            event_id=event.id,
            person_id=person_id,
            position=position,
            role=listed.get(person_id, {}).get("as"),
            represents=[Representation(position=place, **body) for place, body in enumerate(bodies)],
        )
    session.add_all(rows.values())
    session.flush()
    for person_id, sent_by in senders.items():
        rows[person_id].substitute_for_id = rows[sent_by[0]].id
    session.add_all(_responses(listed, rows, book, at))
    session.flush()


def _in_order(senders: Mapping[int, list[int]], positions: Mapping[int, int]) -> list[tuple[int, list[int]]]:
    # only listed people send somebody, so the first sender's position is always known
    return sorted(senders.items(), key=lambda one: positions[one[1][0]])


def _bodies(
    person_id: int, listed: Mapping[int, Mapping[str, Any]], senders: Mapping[int, list[int]], book: Book
) -> list[dict[str, int]]:
    entry = listed.get(person_id, {})
    if "represents" in entry or person_id not in senders:
        return book.bodies(entry.get("represents") or ())
    inherited = [body for sender in senders[person_id] for body in _bodies(sender, listed, senders, book)]
    return [body for place, body in enumerate(inherited) if body not in inherited[:place]]


def _responses(
    listed: Mapping[int, Mapping[str, Any]], rows: Mapping[int, Invitee], book: Book, at: datetime
) -> list[Response]:
    responses = []
    for person_id, entry in listed.items():
        sent = entry.get("substitute")
        # to send somebody in one's place is to decline, where the file does not say otherwise
        choice = entry.get("answer") or ("declined" if sent else "none")
        if choice == "none":
            continue
        substitute = rows[book.people[sent["email"].lower()].id].id if sent else None
        responses.append(
            Response(
                invitee_id=rows[person_id].id,
                choice=choice,
                mode=entry.get("mode"),
                comment=entry.get("comment"),
                substitute_id=substitute,
                source="file",
                responded_at=at,
            )  # fmt: skip
        )
    return responses
