"""The materials of an agenda's items, on the secretary's side."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.agenda.page import done, page
from app.agenda.queries import item_of
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.files.handing import handed_out
from app.files.store import read
from app.forms import clean_line
from app.language import gettext as _
from app.memos.materials import add_material, material_of, rearrange_material
from app.memos.uploading import Upload
from app.web import Form, Posted

router = APIRouter(prefix="/events/{event_id:int}/agenda")


@router.post("/{item_id:int}/materials", name="agenda_materials")
def add(
    request: Request, upload: Upload, session: DbSession, account: Signed, event: RequestedEvent, item_id: int,
    posted: Posted, at: Now,
):  # fmt: skip
    item, title = item_of(session, event.id, item_id), clean_line(str(posted.get("title", "")), 300) or None
    try:
        if upload.file is None:
            raise Invalid(upload.problems or [("file", _("Choose a file."))])
        add_material(session, item, upload.file, title)
    except Invalid as invalid:
        form = Form({"title": title}, invalid.problems)
        return page(request, session, account, event, at, materials=item.id, form=form, status=422)
    return done(request, session, account, event, at, materials=item.id)


@router.post("/{item_id:int}/materials/{material_id:int}", name="agenda_material")
def order(
    request: Request,
    session: DbSession,
    account: Signed,
    event: RequestedEvent,
    item_id: int,
    material_id: int,
    posted: Posted,
    at: Now,
):
    rearrange_material(session, item_of(session, event.id, item_id), material_id, str(posted.get("action", "")))
    return done(request, session, account, event, at, materials=item_id)


@router.get("/materials/{material_id:int}", name="agenda_material_file")
def download(session: DbSession, account: Signed, event: RequestedEvent, material_id: int):
    file = material_of(session, event.id, material_id)
    if file.sha256 is None:
        raise NotFound
    return handed_out(read(session, file.sha256), file.file_name or file.title or "", file.media_type)
