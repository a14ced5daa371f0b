"""Numbers the references in a memo's texts anew, through everybody's own writing: nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.events.models import Event
from app.memos.closing import attachments_of
from app.memos.models import Memo
from app.memos.references import renumbered
from app.memos.referring import new_numbers, referring
from app.memos.writing import Written, write


def renumber(session: Session, event: Event, memo: Memo, seen: Mapping[int, str]) -> None:
    """Let the texts refer to the attachments by the numbers that they have now.

    seen: the marks of the sections as they were shown with what would change. Raises Overtaken, having changed nothing,
    where one of them has been saved since.
    """
    attachments = attachments_of(session, event, memo)
    numbers = new_numbers(memo, attachments)
    written = {
        section.id: Written(section.heading or "", renumbered(section.body or "", numbers), seen.get(section.id, ""))
        for section in referring(memo, attachments).sections
    }
    write(memo, memo.title, written)
    memo.referred_to = None
