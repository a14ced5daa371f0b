"""The attachments beside the memo: added, changed, ordered, read, and referred to in its texts."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.files.handing import handed_out
from app.files.store import read
from app.forms import clean_line, clean_text, key_of
from app.language import gettext as _
from app.memos.attaching import Said, attach_file, attach_generated, attachment_values, change, rearrange, set_order
from app.memos.attachment_page import done, refused
from app.memos.closing import attachments_of
from app.memos.models import Attachment
from app.memos.referring import remember_order
from app.memos.renumbering import Overtaken, renumber
from app.memos.routes import requested_memo
from app.memos.uploading import Upload
from app.memos.writing import memo_to_write
from app.web import EditSession, Form, Posted, checked

router = APIRouter(prefix="/events/{event_id:int}/memo")


@router.post("/attachments", name="memo_attachments")
def attach(
    request: Request, upload: Upload, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted,
    at: Now,
):  # fmt: skip
    memo = memo_to_write(session, event)
    if upload.problems:
        return refused(request, session, account, event, memo, at, Form(posted, upload.problems))
    remember_order(session, event, memo)
    try:
        if upload.file:
            attach_file(session, memo, upload.file, clean_line(str(posted.get("title", "")), 300) or None)
        else:
            attach_generated(memo, str(posted.get("kind", "")))
    except Invalid as invalid:
        return refused(request, session, account, event, memo, at, Form(posted, invalid.problems))
    return done(request, session, event, memo, at)


@router.post("/attachments/order", name="memo_attachments_order")
def order(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    memo = memo_to_write(session, event)
    remember_order(session, event, memo)
    keys = map(key_of, str(posted.get("order", "")).split(","))
    set_order(memo, [key for key in keys if key is not None])
    return done(request, session, event, memo, at)


@router.get("/attachments/{attachment_id:int}", name="memo_attachment")
def download(session: DbSession, account: Signed, event: RequestedEvent, attachment_id: int):
    one = attachment_of(requested_memo(session, event).attachments, attachment_id)
    if one.sha256 is None:
        raise NotFound
    return handed_out(read(session, one.sha256), one.file_name or one.title or "", one.media_type)


@router.post("/attachments/{attachment_id:int}")
def rearrange_one(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, attachment_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    memo = memo_to_write(session, event)
    remember_order(session, event, memo)
    rearrange(session, memo, attachment_id, str(posted.get("action", "")))
    return done(request, session, event, memo, at)


@router.post("/attachments/{attachment_id:int}/change", name="memo_attachment_change")
def change_one(
    request: Request, upload: Upload, session: EditSession, account: Signed, event: RequestedEvent, attachment_id: int,
    posted: Posted, at: Now,
):  # fmt: skip
    memo = memo_to_write(session, event)
    one = attachment_of(attachments_of(session, event, memo), attachment_id)
    try:
        if upload.problems or one.sha256 is None:
            raise Invalid(upload.problems)
        posted = checked(posted, attachment_values(one))
        change(session, one, said_of(posted), upload.file)
    except Invalid as invalid:
        form = Form.refused(posted, invalid)
        return refused(request, session, account, event, memo, at, form, changing=attachment_id, status=invalid.status)
    return done(request, session, event, memo, at)


@router.post("/references", name="memo_references")
def references(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    memo, sentence = memo_to_write(session, event), None
    if posted.get("action") == "keep":
        memo.referred_to = None
    elif posted.get("action") == "renumber":
        try:
            seen = {one.key: str(posted.get(f"mark-{one.key}", "")) for one in memo.sections}
            renumber(session, event, memo, seen, by=account.name, at=at)
        except Overtaken:
            sentence = _("Somebody has saved one of these sections meanwhile. Look once more at what would change.")
    return done(request, session, event, memo, at, problem=sentence, texts=True)


def attachment_of(attachments: Iterable[Attachment], attachment_id: int) -> Attachment:
    for one in attachments:
        if one.id == attachment_id:
            return one
    raise NotFound


def said_of(posted) -> Said:
    return Said(
        title=clean_line(str(posted.get("title", "")), 300) or None,
        appended=bool(posted.get("appended")),
        alternative=clean_text(str(posted.get("alternative", ""))) or None,
    )
