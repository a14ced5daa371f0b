"""Attaches papers and files to a memo, and orders them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.files.store import store
from app.forms import clean_line
from app.language import gettext as _
from app.memos.models import GENERATED, Attachment, Memo

MOST_BYTES = 25 * 1024 * 1024

# what a file must begin with to be what its name says; Office and OpenDocument files are ZIP archives
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK\x03\x04"),
    ".odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    ".odp": ("application/vnd.oasis.opendocument.presentation", b"PK\x03\x04"),
}


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


def attach_file(session: Session, memo: Memo, *, file_name: str, content: bytes, title: str | None) -> None:
    """Store an uploaded file and attach it; raises Invalid as `uploaded` does."""
    file = uploaded(session, file_name=file_name, content=content, title=title, position=_next(memo))
    memo.attachments.append(file)


def uploaded(session: Session, *, file_name: str, content: bytes, title: str | None, position: int) -> Attachment:
    """Store an uploaded file and return it as an attachment that is nobody's yet, called as its name where no title is
    given; raises Invalid for a kind that is not taken, or too large a file."""
    name = clean_line(PurePath(file_name.replace("\\", "/")).name, 200)
    media_type = kind_of(name, content)
    return Attachment(
        position=position,
        title=title or PurePath(name).stem,
        file_name=name,
        media_type=media_type,
        sha256=store(session, content),
    )


def kind_of(file_name: str, content: bytes) -> str:
    """Return the media type of an upload whose name and first bytes agree; raises Invalid otherwise."""
    kind = KINDS.get(PurePath(file_name).suffix.lower())
    if kind is None:
        raise Invalid([("file", _("Attach a PDF, an image (PNG, JPEG), or an Office or OpenDocument file."))])
    if not content.startswith(kind[1]):
        raise Invalid(
            [("file", _("%(name)s is not what its name says. Save it again in its own program.") % {"name": file_name})]
        )
    if len(content) > MOST_BYTES:
        raise Invalid([("file", _("%(name)s is too large: at most 25 MB.") % {"name": file_name})])
    return kind[0]


def rearrange(session: Session, memo: Memo, attachment_id: int, action: str) -> None:
    """Move an attachment `up` or `down`, or `remove` it; numbers follow."""
    put_in_order(session, memo.attachments, attachment_id, action)


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
