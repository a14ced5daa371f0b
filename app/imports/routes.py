"""Pages of imports: what was brought in before, one import from its source to its result, and the way back."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.db import DbSession
from app.errors import Invalid, Refused
from app.imports.bringing import begin_bringing
from app.imports.checking import begin_checking
from app.imports.choosing import choose
from app.imports.page import Looking, columns_chosen, columns_page, import_page, start_page
from app.imports.queries import all_imports, import_by_id, rows_shown
from app.imports.refused import refused_table
from app.imports.standing import taking_back
from app.imports.starting import begin_upload
from app.imports.tables import imports_table, rows_table
from app.imports.undoing import begin_undoing
from app.imports.uploading import Uploaded
from app.imports.words import source_words
from app.imports.working import WORKING, at_once
from app.language import gettext as _
from app.spreadsheet import WantedFile, exported
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/imports", name="imports")
def show_all(request: Request, session: DbSession, account: Signed, wanted: WantedFile, page: str = "1"):
    if wanted:
        return exported(wanted, imports_table(all_imports(session)))
    return start_page(request, session, account, Form(), page)


@router.post("/imports")
def begin(request: Request, upload: Uploaded, session: DbSession, account: Signed, at: Now):
    if upload.problems:
        return start_page(request, session, account, Form(upload.posted, upload.problems), status=422)
    held = begin_upload(session, upload, account, at)
    at_once(session, held, at)
    return redirect(request, request.app.url_path_for("import", import_id=held.id))


@router.get("/imports/{import_id:int}", name="import")
def show(
    request: Request, session: DbSession, account: Signed, import_id: int, wanted: WantedFile,
    show: str = "all", page: str = "1", mend: str = "", watch: str = "",
):  # fmt: skip
    held = import_by_id(session, import_id)
    if watch and held.state not in WORKING:
        return redirect(request, request.app.url_path_for("import", import_id=import_id))
    if wanted and wanted.of == "rows":
        return exported(wanted, rows_table(held, rows_shown(session, import_id, show)))
    if wanted:
        return exported(wanted, refused_table(session, held))
    return import_page(request, session, account, held, Looking(show, page, mend))


@router.get("/imports/{import_id:int}/columns", name="import_columns")
def ask_columns(request: Request, session: DbSession, account: Signed, import_id: int):
    held = import_by_id(session, import_id)
    if held.state not in ("choosing", "checked", "undone"):
        return redirect(request, request.app.url_path_for("import", import_id=import_id))
    return columns_page(request, session, account, held)


@router.post("/imports/{import_id:int}/columns")
def choose_columns(request: Request, session: EditSession, account: Signed, import_id: int, posted: Posted, at: Now):
    held = import_by_id(session, import_id, changing=True)
    if held.state not in ("choosing", "checked", "undone"):
        raise Refused(_("The rows are being worked on, or have been brought in already. Go back and look."))
    try:
        posted = checked(posted, columns_chosen(held))
        choose(session, held, posted)
    except Invalid as error:
        return columns_page(request, session, account, held, Form.refused(posted, error), status=error.status)
    at_once(session, held, at)
    return redirect(request, request.app.url_path_for("import", import_id=import_id))


@router.post("/imports/{import_id:int}/check", name="check_import")
def check_again(request: Request, session: DbSession, account: Signed, import_id: int, at: Now):
    held = import_by_id(session, import_id, changing=True)
    if held.state in ("checked", "undone"):
        begin_checking(session, held)
        at_once(session, held, at)
    return redirect(request, request.app.url_path_for("import", import_id=import_id))


@router.post("/imports/{import_id:int}/bring-in", name="bring_in")
def bring_in(request: Request, session: DbSession, account: Signed, import_id: int, at: Now):
    held = import_by_id(session, import_id, changing=True)
    if begin_bringing(session, held):
        at_once(session, held, at)
    return redirect(request, request.app.url_path_for("import", import_id=import_id))


@router.get("/imports/{import_id:int}/undo", name="undo_import")
def ask_to_undo(request: Request, session: DbSession, account: Signed, import_id: int):
    held = import_by_id(session, import_id)
    if held.state != "done":
        return redirect(request, request.app.url_path_for("import", import_id=import_id))
    shown = {"source": source_words(held), "lost": taking_back(session, import_id)}
    return render(request, "imports/undo.html", account=account, held=held, **shown)


@router.post("/imports/{import_id:int}/undo")
def undo(request: Request, session: DbSession, account: Signed, import_id: int, at: Now):
    held = import_by_id(session, import_id, changing=True)
    if begin_undoing(session, held):
        at_once(session, held, at)
    return redirect(request, request.app.url_path_for("import", import_id=import_id))


@router.post("/imports/{import_id:int}/discard", name="discard_import")
def discard(request: Request, session: DbSession, account: Signed, import_id: int):
    held = import_by_id(session, import_id, changing=True)
    if held.state in (*WORKING, "done"):
        raise Refused(_("The rows are being worked on, or have been brought in already. Go back and look."))
    session.delete(held)
    sentence = _("%(source)s was discarded; the address book is as it was.")
    return redirect(request, request.app.url_path_for("imports"), sentence % {"source": source_words(held)})
