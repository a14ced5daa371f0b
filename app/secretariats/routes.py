"""Where one is at work: the secretariats in which one has a role, and the name of the one at hand."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed, own_token
from app.accounts.sessions import work_in
from app.db import DbSession
from app.errors import Invalid
from app.forms import Reading
from app.language import gettext as _
from app.secretariats.keeping import rename_secretariat, secretariats_of
from app.secretariats.words import role_words
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/secretariats", name="secretariats")
def show(request: Request, session: DbSession, account: Signed):
    return page(request, session, account)


def page(request: Request, session, account, form: Form | None = None):
    """Where the account has roles, and to an owner the form of the name; form is that one, refused."""
    mine = secretariats_of(session, account.id)
    here = request.state.secretariat_id
    name = next((one.name for one in mine if one.id == here), "")
    return render(
        request, "secretariats/secretariats.html", status=422 if form else 200, account=account, mine=mine, here=here,
        form=form or Form({"name": name}), role_words=role_words,
    )  # fmt: skip


@router.post("/secretariats/name", name="rename_secretariat")
def rename(request: Request, session: DbSession, account: Signed, posted: Posted):
    reading = Reading(posted)
    name = reading.line("name", needed=_("Write the name of the secretariat."), most=200)
    try:
        reading.done()
        rename_secretariat(session, request.state.secretariat_id, name)
    except Invalid as invalid:
        return page(request, session, account, Form(posted, invalid.problems))
    return redirect(request, request.app.url_path_for("secretariats"), flash=_("The name is saved."))


@router.post("/secretariats/{secretariat_id:int}/work", name="work_in")
def switch(request: Request, session: DbSession, account: Signed, secretariat_id: int):
    work_in(session, own_token(request), secretariat_id)
    return redirect(request, "/")
