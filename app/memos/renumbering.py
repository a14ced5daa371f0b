"""Numbers the references in a memo's texts anew, through everybody's own writing: nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import Event
from app.markdown import too_long
from app.memos.closing import attachments_of
from app.memos.models import Memo
from app.memos.references import renumbered
from app.memos.referring import new_numbers, referring
from app.memos.texts import Text, text_of
from app.memos.writing import Written, write


class Overtaken(Exception):
    """A section that refers to attachments has been saved since it was shown."""


def renumber(
    session: Session, event: Event, memo: Memo, seen: Mapping[str, str], *, by: str | None, at: datetime
) -> None:
    """Let the texts refer to the attachments by the numbers that they have now.

    seen: the marks of the sections as they were shown with what would change, by key. Raises Overtaken, having changed
    nothing, where one of them has been saved since; Refused where a text would be longer than texts may be.
    """
    attachments = attachments_of(session, event, memo)
    numbers = new_numbers(memo, attachments)
    texts = {section.key: text_of(section) for section in referring(memo, attachments).sections}
    if any(text.mark != seen.get(key) for key, text in texts.items()):
        raise Overtaken
    new = {key: Text(text.heading, renumbered(text.body or "", numbers)) for key, text in texts.items()}
    written = {key: Written(text, texts[key].mark) for key, text in new.items()}
    if write(session, event, memo, written, by=by, at=at).too_long:
        raise Refused(too_long())
    memo.referred_to = None
