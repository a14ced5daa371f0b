"""The attachments as the editor lists them: numbered as they print, with what was found and what refers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.files.models import StoredFile
from app.files.words import kind_words, size_words
from app.language import speaking
from app.memos.attaching import attachment_values, may_follow
from app.memos.closing import attachment_name, attachments_of
from app.memos.finding_words import finding_words, is_trouble
from app.memos.models import Attachment, Memo
from app.memos.referring import Referring, referring
from app.web import Form


@dataclass(frozen=True)
class Line:
    """One attachment. about: kind and size of a file; found, meaning: of what was found in it. own: it is the memo's
    and may be moved; may_follow: its pages can be in the memo's PDF; picture: an image; mentioned: in a text.
    """

    number: int
    one: Attachment
    name: str
    about: str
    found: str
    meaning: str
    trouble: bool
    own: bool
    may_follow: bool
    picture: bool
    mentioned: bool

    @property
    def form(self) -> Form:
        """What the form that changes it begins from."""
        return Form(attachment_values(self.one))


@dataclass(frozen=True)
class Attached:
    """All attachments in the order of their numbers, and what the texts say of them."""

    lines: Sequence[Line]
    referring: Referring
    empty: ClassVar[Form] = Form()

    @property
    def own(self) -> list[Line]:
        return [line for line in self.lines if line.own]

    @property
    def troubles(self) -> list[Line]:
        """Those that somebody may not be able to read."""
        return [line for line in self.lines if line.trouble]


def attached_to(session: Session, event: Event, memo: Memo) -> Attached:
    """Read a memo's attachments, in the language spoken; names are in the event's where they are made from it."""
    attachments = attachments_of(session, event, memo)
    refers = referring(memo, attachments)
    hashes = [one.sha256 for one in attachments if one.sha256]
    query = select(StoredFile.sha256, StoredFile.size).where(StoredFile.sha256.in_(hashes))
    sizes = dict(session.execute(query).all()) if hashes else {}
    lines = [_line(number, one, event, sizes, number in refers.mentioned) for number, one in enumerate(attachments, 1)]
    return Attached(lines, refers)


def _line(number: int, one: Attachment, event: Event, sizes: dict[str, int], mentioned: bool) -> Line:
    size = size_words(sizes[one.sha256]) if one.sha256 else ""
    found, meaning = finding_words(one)
    with speaking(event.language):
        name = attachment_name(one, event)
    return Line(
        number=number, one=one, name=name,
        about=", ".join(filter(None, (kind_words(one.file_name), size))) if one.sha256 else "",
        found=found, meaning=meaning, trouble=is_trouble(one), own=bool(one.id and one.memo_id),
        may_follow=may_follow(one.media_type, one.finding), picture=(one.media_type or "").startswith("image/"),
        mentioned=mentioned,
    )  # fmt: skip
