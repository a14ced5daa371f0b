"""What is done to one row on the preview: mended, left out, taken in again."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.access import Signed
from app.accounts.models import Account
from app.db import DbSession
from app.errors import Invalid
from app.forms import key_of
from app.imports.mending import leave_out, mend, say_who, values_to_mend
from app.imports.models import Import
from app.imports.page import Looking, import_page
from app.imports.queries import import_by_id, row_by_number
from app.imports.words import written
from app.web import EditSession, Form, Posted, checked, is_htmx, redirect

router = APIRouter()


@router.post("/imports/{import_id:int}/rows/{number:int}", name="mend_import_row")
def change(request: Request, session: EditSession, account: Signed, import_id: int, number: int, posted: Posted):
    held = import_by_id(session, import_id, changing=True)
    row = row_by_number(session, held, number)
    looking = _looking(posted)
    try:
        posted = checked(posted, values_to_mend(row, written(held, row)))
        with session.begin_nested():
            mend(session, held, row, posted)
    except Invalid as error:
        open_row = {"opened": number, "form": Form.refused(posted, error), "status": error.status}
        return import_page(request, session, account, held, looking, **open_row)
    return _shown(request, session, account, held, looking)


@router.post("/imports/{import_id:int}/rows/{number:int}/left-out", name="leave_out_import_row")
def leave(request: Request, session: DbSession, account: Signed, import_id: int, number: int, posted: Posted):
    held = import_by_id(session, import_id, changing=True)
    leave_out(session, held, row_by_number(session, held, number), out=posted.get("out") == "yes")
    looking = _looking(posted)
    return _shown(request, session, account, held, looking)


@router.post("/imports/{import_id:int}/rows/{number:int}/person", name="say_who_import_row")
def say(request: Request, session: DbSession, account: Signed, import_id: int, number: int, posted: Posted):
    held = import_by_id(session, import_id, changing=True)
    say_who(session, held, row_by_number(session, held, number), key_of(posted.get("person")))
    return _shown(request, session, account, held, _looking(posted))


def _looking(posted: FormData) -> Looking:
    return Looking(str(posted.get("show") or "all"), str(posted.get("page") or "1"))


def _shown(request: Request, session: Session, account: Account, held: Import, looking: Looking) -> Response:
    if is_htmx(request):
        return import_page(request, session, account, held, looking)
    return redirect(request, looking.address(request, held.id))
