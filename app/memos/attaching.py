"""Attaches papers and files to a memo, changes what is said of them, and orders them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.files.store import store
from app.language import gettext as _
from app.memos.models import GENERATED, Attachment, Memo
from app.memos.uploads import File


@dataclass(frozen=True)
class Said:
    """What a form says of an attached file: its title, whether its pages follow in the memo's PDF, and an image's text
    for those who do not see it."""

    title: str | None
    appended: bool = False
    alternative: str | None = None


def attachment_values(one: Attachment) -> dict[str, Any]:
    """Return what is said of an attached file as its form shows it, and which file it is."""
    title = one.title or PurePath(one.file_name or "").stem
    return {"title": title, "alternative": one.alternative, "appended": one.appended, "content": one.sha256}


def attach_generated(memo: Memo, kind: str) -> None:
    """Attach a paper that is made from the event's data; one that is there already stays where it is."""
    if kind not in GENERATED:
        raise Invalid([("kind", _("Choose a paper to attach."))])
    if all(one.generated != kind for one in memo.attachments):
        memo.attachments.append(Attachment(position=_next(memo), generated=kind))


def shape_kept(memo: Memo, participants: str | None) -> str | None:
    """The shape in which a list goes on to be written that becomes, or stays, an attachment of its own."""
    if participants != "attachment":
        return None
    return memo.listed_as if memo.participants == "attachment" else memo.participants


def annex_participants(memo: Memo) -> None:
    """Let the list of participants be an attachment of the memo, in the shape that it had in the memo."""
    memo.listed_as = shape_kept(memo, "attachment")
    memo.participants = "attachment"
    attach_generated(memo, "participants")


def attach_file(session: Session, memo: Memo, file: File, title: str | None) -> Attachment:
    """Store a file and attach it as the last of the memo's own."""
    attachment = stored(session, file, title=title, position=_next(memo))
    memo.attachments.append(attachment)
    return attachment


def stored(session: Session, file: File, *, title: str | None, position: int) -> Attachment:
    """Store a file and return it as an attachment that is nobody's yet, called as its name where no title is given."""
    attachment = Attachment(position=position, title=title or PurePath(file.name).stem)
    return file.fill(attachment, store(session, file.content))


def change(session: Session, attachment: Attachment, said: Said, file: File | None = None) -> None:
    """Set what is said of an attached file, and put another file in its place where one is given; its number stays.

    Raises Invalid, with the fields `alternative` and `appended`, having changed nothing.
    """
    now = file or attachment
    picture = (now.media_type or "").startswith("image/")
    if said.appended and not may_follow(now.media_type, now.finding):
        raise Invalid([("appended", _("The pages of this file cannot follow in the memo's PDF."))])
    if said.appended and picture and not said.alternative:
        sentence = _("Describe what the image shows; without that, those who do not see it get nothing of it.")
        raise Invalid([("alternative", sentence)])
    if file:
        file.fill(attachment, store(session, file.content))
    attachment.title = said.title or PurePath(attachment.file_name or "").stem
    attachment.appended = said.appended
    attachment.alternative = said.alternative if picture else None


def may_follow(media_type: str | None, finding: str | None) -> bool:
    """Whether a file's pages can follow in the memo's PDF: a sound PDF's, and an image."""
    return finding == "sound" and media_type in ("application/pdf", "image/png", "image/jpeg")


def follows(attachment: Attachment) -> bool:
    """Whether an attached file's pages do follow."""
    return attachment.appended and may_follow(attachment.media_type, attachment.finding)


def rearrange(session: Session, memo: Memo, attachment_id: int, action: str) -> None:
    """Move an attachment `up` or `down`, or `remove` it; numbers follow."""
    put_in_order(session, memo.attachments, attachment_id, action)
    session.flush()
    session.refresh(memo, ["attachments"])


def set_order(memo: Memo, ids: Sequence[int]) -> None:
    """Put a memo's own attachments in the order given; what is not named keeps its place after them."""
    places = {one: place for place, one in enumerate(ids)}
    ordered = sorted(memo.attachments, key=lambda one: places.get(one.id, len(places)))
    for position, one in enumerate(ordered):
        one.position = position
    memo.attachments.sort(key=lambda one: one.position)


def put_in_order(session: Session, attachments: Sequence[Attachment], attachment_id: int, action: str) -> None:
    """Move one of several attachments, which come in order, `up` or `down`, or `remove` it."""
    order = list(attachments)
    place = next((place for place, one in enumerate(order) if one.id == attachment_id), None)
    if place is None:
        return
    one = order.pop(place)
    if action == "remove":
        session.delete(one)
    else:
        order.insert(max(place + {"up": -1, "down": 1}.get(action, 0), 0), one)
    for position, kept in enumerate(order):
        kept.position = position


def next_position(attachments: Sequence[Attachment]) -> int:
    return max((one.position for one in attachments), default=-1) + 1


def _next(memo: Memo) -> int:
    return next_position(memo.attachments)
