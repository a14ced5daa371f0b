"""Follow-ups: what was proposed, who has it in hand, and by when."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.follow_ups.models import STATES, FollowUp
from app.forms import Reading
from app.language import gettext as _
from app.memos.models import Memo
from app.people.finding import person_called


def read_follow_up(session: Session, posted) -> dict[str, object]:
    """Return the values of a follow-up from its form; raises Invalid. The owner may be anybody, by name."""
    reading = Reading(posted)
    owner = reading.line("owner", most=200)
    values: dict[str, object] = {
        "text": reading.text("text", needed=_("Write what is proposed."), most=2000),
        "due": reading.day("due"),
        "state": reading.choice("state", STATES) or "proposed",
    }
    reading.done()
    try:
        person_id = person_called(session, owner).id if owner else None
    except Invalid:
        person_id = None
    return values | {"owner_id": person_id, "owner_name": None if person_id else owner}


def add_follow_up(memo: Memo, values: dict[str, object]) -> None:
    position = max((one.position for one in memo.follow_ups), default=-1) + 1
    memo.follow_ups.append(FollowUp(position=position, **values))


def change_follow_up(session: Session, memo: Memo, follow_up_id: int, values: dict[str, object] | None) -> None:
    """Set a follow-up's values, or delete it where there are none."""
    for one in memo.follow_ups:
        if one.id == follow_up_id and values is None:
            memo.follow_ups.remove(one)
            session.delete(one)
            return
        elif one.id == follow_up_id:
            for name, value in values.items():
                setattr(one, name, value)
