from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.agenda.editing import add_item, change_item, move_item, remove_item, reorder
from app.agenda.items import days_of, item_values, kind_words, read_item
from app.agenda.picture import picture
from app.agenda.queries import agenda_of, item_of
from app.agenda.tables import agenda_table
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.spreadsheet import WantedFile, exported
from app.surveys.by_item import of_items
from app.web import Form, Posted, is_htmx, redirect, render

router = APIRouter(prefix="/events/{event_id:int}/agenda")


@router.get("", name="agenda")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    edit: int = 0,
):  # fmt: skip
    if wanted:
        return exported(wanted, agenda_table(picture(agenda_of(session, event.id), event), event))
    return _page(request, session, account, event, at, edit=edit)


@router.post("")
def add(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        values, speakers = read_item(session, event, posted)
    except Invalid as error:
        return _page(request, session, account, event, at, new=Form(posted, error.problems), status=422)
    add_item(session, event, values, speakers)
    return _done(request, session, account, event, at, write_on=True)


@router.post("/order", name="agenda_order")
def order(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    keys = map(key_of, str(posted.get("order", "")).split(","))
    reorder(session, event, [key for key in keys if key is not None])
    return _done(request, session, account, event, at)


@router.post("/{item_id:int}", name="agenda_item")
def change(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, item_id: int, posted: Posted, at: Now
):
    item = item_of(session, event.id, item_id)
    try:
        values, speakers = read_item(session, event, posted, item)
    except Invalid as error:
        form = Form(posted, error.problems)
        return _page(request, session, account, event, at, edit=item.id, form=form, status=422)
    change_item(session, item, values, speakers)
    return _done(request, session, account, event, at)


@router.post("/{item_id:int}/move", name="agenda_move")
def move(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, item_id: int, posted: Posted, at: Now
):
    move_item(session, event, item_id, -1 if posted.get("steps") == "-1" else 1)
    return _done(request, session, account, event, at)


@router.post("/{item_id:int}/removal", name="agenda_removal")
def remove(request: Request, session: DbSession, account: Signed, event: RequestedEvent, item_id: int, at: Now):
    remove_item(session, item_of(session, event.id, item_id))
    return _done(request, session, account, event, at)


def _done(request: Request, session: Session, account, event, at, *, write_on=False):
    if is_htmx(request):
        return _page(request, session, account, event, at, write_on=write_on)
    return redirect(request, request.app.url_path_for("agenda", event_id=event.id))


def _page(
    request: Request, session: Session, account, event, at, *, edit=0, form=None, new=None, write_on=False, status=200
):
    items = agenda_of(session, event.id)
    edited = next((item for item in items if item.id == edit), None)
    if edited and form is None:
        form, write_on = Form(item_values(edited)), True
    shown = {"event": event, "stages": event_line(session, event, at), "picture": picture(items, event)}
    shown |= {"edit": edited.id if edited else 0, "form": form, "new": new or Form({"kind": "item"})}
    shown |= {"kinds": kind_words(), "days": days_of(event), "write_on": write_on}
    shown |= {"survey": of_items(session, event, at)}
    return render(request, "agenda/agenda.html", block="agenda", status=status, account=account, **shown)
