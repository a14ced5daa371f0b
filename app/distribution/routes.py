"""Distribution lists: all of them, a new one, one with its people and its history, its end."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.distribution.fields import load_terms
from app.distribution.lists import (
    add_list,
    all_lists,
    delete_list,
    list_by_id,
    people_typed,
    refuse_if_named,
    rename_list,
)
from app.distribution.resolving import people_of
from app.distribution.showing import edited_field
from app.distribution.tables import lists_table, people_table, uses_table
from app.distribution.uses import uses_of
from app.distribution.words import named_in, use_words
from app.errors import Invalid
from app.forms import Reading
from app.language import gettext as _
from app.memos.naming import naming
from app.people.models import DistributionList, Recipient
from app.spreadsheet import WantedFile, exported
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/lists", name="lists")
def show_lists(request: Request, session: DbSession, account: Signed, file: WantedFile):
    if file:
        return exported(file, lists_table(all_lists(session)))
    return lists_page(request, session, account, Form())


def lists_page(request: Request, session, account, form: Form):
    """All lists and the form of a new one, refused or empty."""
    rows, status = all_lists(session), 422 if form.errors else 200
    return render(request, "distribution/lists.html", account=account, rows=rows, form=form, status=status)


@router.post("/lists")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        people = people_typed(session, str(posted.get("people", "")).splitlines())
        made = add_list(session, read_name(posted), people)
    except Invalid as invalid:
        return lists_page(request, session, account, Form(posted, invalid.problems))
    return redirect(request, request.app.url_path_for("list", list_id=made.id))


def read_name(posted) -> str:
    """Return the name that a form gives a list; raises Invalid."""
    reading = Reading(posted)
    name = reading.line("name", needed=_("Give the list a name."), most=200)
    reading.done()
    return name


@router.get("/lists/{list_id:int}", name="list")
def show_list(request: Request, session: DbSession, account: Signed, list_id: int, file: WantedFile):
    shown = list_by_id(session, list_id)
    if file and file.of == "uses":
        return exported(file, uses_table(shown.name, uses_of(session, shown.field_id)))
    if file:
        people = people_of(session, load_terms(session, shown.field_id))
        named = named_in(session, {term for one in people for way in one.ways for term in way})
        return exported(file, people_table(shown.name, people, named))
    return list_page(request, session, account, shown)


def list_page(request: Request, session, account, shown: DistributionList, form: Form | None = None, status: int = 200):
    """A list's page; form is that of its name, where it was refused."""
    here = request.app.url_path_for("list", list_id=shown.id)
    field = edited_field(session, shown.field_id, label=_("On the list"), next=here)
    return render(
        request, "distribution/list.html", account=account, shown=shown, field=field,
        form=form or Form({"name": shown.name}), uses=uses_of(session, shown.field_id), use_words=use_words,
        named=naming(session, Recipient.list_id == shown.id), status=status,
    )  # fmt: skip


@router.post("/lists/{list_id:int}")
def rename(request: Request, session: EditSession, account: Signed, list_id: int, posted: Posted):
    shown = list_by_id(session, list_id)
    try:
        posted = checked(posted, {"name": shown.name})
        rename_list(session, shown, read_name(posted))
    except Invalid as invalid:
        return list_page(request, session, account, shown, Form.refused(posted, invalid), invalid.status)
    return redirect(request, request.app.url_path_for("list", list_id=list_id), flash=_("The name is saved."))


@router.get("/lists/{list_id:int}/deletion", name="list_deletion")
def ask_deletion(request: Request, session: DbSession, account: Signed, list_id: int):
    shown = list_by_id(session, list_id)
    return deletion_page(request, session, account, shown)


def _lost(session, shown: DistributionList) -> dict[str, Any]:
    used = len(uses_of(session, shown.field_id))
    return {"name": shown.name, "items": len(load_terms(session, shown.field_id)), "uses": used}


def deletion_page(request: Request, session, account, shown: DistributionList, posted=None, error=None):
    """Ask whether a list is deleted; error: what is lost is otherwise now."""
    lost = _lost(session, shown)
    return render(
        request, "distribution/delete_list.html", account=account, shown=shown, uses=uses_of(session, shown.field_id),
        named=naming(session, Recipient.list_id == shown.id), items=lost["items"],
        form=Form.refused(posted, error) if error else Form(lost), status=error.status if error else 200,
    )  # fmt: skip


@router.post("/lists/{list_id:int}/deletion")
def delete(request: Request, session: EditSession, account: Signed, list_id: int, posted: Posted):
    gone = list_by_id(session, list_id)
    refuse_if_named(session, gone)
    try:
        checked(posted, _lost(session, gone))
    except Overtaken as error:
        return deletion_page(request, session, account, gone, posted, error)
    delete_list(session, gone)
    flash = _("The list %(name)s is deleted.") % {"name": gone.name}
    return redirect(request, request.app.url_path_for("lists"), flash=flash)
