from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import func, select

from app.access import Signed
from app.db import DbSession
from app.distribution.editing import add_term, edited_field, read_term, remove_term
from app.distribution.fields import load_fields
from app.distribution.lists import add_list, delete_list, list_by_id, rename_list
from app.distribution.words import words_of
from app.errors import Invalid, NotFound
from app.events.queries import event_by_id
from app.forms import Reading, key_of
from app.language import gettext as _
from app.people.models import DistributionList, RecipientField
from app.web import Form, Posted, is_htmx, own_path, redirect, render

router = APIRouter()


@router.get("/lists", name="lists")
def show_lists(request: Request, session: DbSession, account: Signed):
    return lists_page(request, session, account, Form())


def lists_page(request: Request, session, account, form: Form):
    rows = session.scalars(select(DistributionList).order_by(func.lower(DistributionList.name))).all()
    held = load_fields(session, [row.field_id for row in rows])
    every = [term for terms in held.values() for term in terms]
    words = dict(zip(every, words_of(session, every), strict=True))
    holds = {row.id: ", ".join(words[term] for term in held[row.field_id]) for row in rows}
    status = 422 if form.errors else 200
    return render(request, "distribution/lists.html", account=account, rows=rows, holds=holds, form=form, status=status)


@router.post("/lists")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        made = add_list(session, read_name(posted))
    except Invalid as invalid:
        return lists_page(request, session, account, Form(posted, invalid.problems))
    return redirect(request, request.app.url_path_for("list", list_id=made.id))


def read_name(posted) -> str:
    reading = Reading(posted)
    name = reading.line("name", needed=_("Give the list a name."), most=200)
    reading.done()
    return name


@router.get("/lists/{list_id:int}", name="list")
def show_list(request: Request, session: DbSession, account: Signed, list_id: int):
    return list_page(request, session, account, list_by_id(session, list_id))


def list_page(request: Request, session, account, shown: DistributionList, form: Form | None = None):
    here = request.app.url_path_for("list", list_id=shown.id)
    field = edited_field(session, shown.field_id, label=_("On the list"), next=here)
    form = form or Form({"name": shown.name})
    status = 422 if form.errors else 200
    return render(
        request, "distribution/list.html", account=account, shown=shown, field=field, form=form, status=status
    )


@router.post("/lists/{list_id:int}")
def rename(request: Request, session: DbSession, account: Signed, list_id: int, posted: Posted):
    shown = list_by_id(session, list_id)
    try:
        rename_list(session, shown, read_name(posted))
    except Invalid as invalid:
        return list_page(request, session, account, shown, Form(posted, invalid.problems))
    return redirect(request, request.app.url_path_for("list", list_id=list_id), flash=_("The name is saved."))


@router.post("/lists/{list_id:int}/deletion", name="list_deletion")
def delete(request: Request, session: DbSession, account: Signed, list_id: int):
    gone = list_by_id(session, list_id)
    delete_list(session, gone)
    flash = _("The list %(name)s is deleted.") % {"name": gone.name}
    return redirect(request, request.app.url_path_for("lists"), flash=flash)


@router.post("/recipients/{field_id:int}/items", name="recipient_items")
def add_item(request: Request, session: DbSession, account: Signed, field_id: int, posted: Posted):
    problem = None
    given = {name: str(posted.get(name, "")) for name in ("code", "who", "person", "text")}
    try:
        term = read_term(session, **given)
        add_term(session, field_id, term, except_of=key_of(posted.get("except_of")))
    except Invalid as invalid:
        problem = invalid.problems[0][1]
    return field_answer(request, session, account, field_id, posted, problem)


@router.post("/recipients/{field_id:int}/removal", name="recipient_removal")
def remove_item(request: Request, session: DbSession, account: Signed, field_id: int, posted: Posted):
    index = key_of(posted.get("index"))
    if index is not None:
        remove_term(session, field_id, index, exception=key_of(posted.get("exception")))
    return field_answer(request, session, account, field_id, posted, None)


def field_answer(request: Request, session, account, field_id: int, posted, problem: str | None):
    """The field anew to htmx, the page that it stands on otherwise."""
    if session.get(RecipientField, field_id) is None:
        raise NotFound
    next_page = own_path(str(posted.get("next", "/")))
    if not is_htmx(request) and not problem:
        return redirect(request, f"{next_page}#recipients-{field_id}")
    event_id = key_of(posted.get("event_id"))
    event = event_by_id(session, event_id) if event_id is not None else None
    label = str(posted.get("label", ""))[:100]
    field = edited_field(session, field_id, label=label, next=next_page, event=event, problem=problem)
    template = "distribution/field.html" if is_htmx(request) else "distribution/field_page.html"
    return render(request, template, account=account, field=field, status=422 if problem else 200)
