from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.agenda.continuing import last_of_earlier, number_items, read_numbering
from app.agenda.editing import add_item, change_item, move_item, remove_item, reorder
from app.agenda.items import item_values, read_item
from app.agenda.page import done, numbering_values, page
from app.agenda.picture import picture
from app.agenda.queries import agenda_of, item_of
from app.agenda.tables import agenda_table
from app.db import DbSession
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.spreadsheet import WantedFile, exported
from app.web import EditSession, Form, Posted, checked

router = APIRouter(prefix="/events/{event_id:int}/agenda")


@router.get("", name="agenda")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    edit: int = 0, materials: int = 0,
):  # fmt: skip
    if wanted:
        return exported(wanted, agenda_table(picture(agenda_of(session, event.id), event), event))
    return page(request, session, account, event, at, edit=edit, materials=materials)


@router.post("")
def add(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        values, speakers = read_item(session, event, posted)
    except Invalid as error:
        return page(request, session, account, event, at, new=Form(posted, error.problems), status=422)
    add_item(session, event, values, speakers)
    return done(request, session, account, event, at, write_on=True)


@router.post("/order", name="agenda_order")
def order(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    keys = map(key_of, str(posted.get("order", "")).split(","))
    reorder(session, event, [key for key in keys if key is not None])
    return done(request, session, account, event, at)


@router.post("/numbering", name="agenda_numbering")
def number(request: Request, session: EditSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        posted = checked(posted, numbering_values(event))
        values = read_numbering(posted, last_of_earlier(session, event))
    except Invalid as error:
        numbering = Form.refused(posted, error)
        return page(request, session, account, event, at, numbering=numbering, status=error.status)
    number_items(session, event, values)
    return done(request, session, account, event, at)


@router.post("/{item_id:int}", name="agenda_item")
def change(
    request: Request, session: EditSession, account: Signed, event: RequestedEvent, item_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    item = item_of(session, event.id, item_id)
    try:
        posted = checked(posted, item_values(item))
        values, speakers = read_item(session, event, posted, item)
    except Invalid as error:
        form = Form.refused(posted, error)
        return page(request, session, account, event, at, edit=item.id, form=form, status=error.status)
    change_item(session, item, values, speakers)
    return done(request, session, account, event, at)


@router.post("/{item_id:int}/move", name="agenda_move")
def move(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, item_id: int, posted: Posted, at: Now
):
    move_item(session, event, item_id, -1 if posted.get("steps") == "-1" else 1)
    return done(request, session, account, event, at)


@router.post("/{item_id:int}/removal", name="agenda_removal")
def remove(request: Request, session: DbSession, account: Signed, event: RequestedEvent, item_id: int, at: Now):
    remove_item(session, item_of(session, event.id, item_id))
    return done(request, session, account, event, at)
