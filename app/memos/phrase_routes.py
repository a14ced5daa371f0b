"""A convening body's phrases for its memos."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.errors import Invalid
from app.language import gettext as _
from app.memos.phrases import add_phrase, arrange_phrase, phrase_of, phrases_of, read_phrase
from app.people.group_page import RequestedGroup
from app.web import Form, Posted, redirect, render

router = APIRouter()


def page(
    request: Request, session, account, group, *, form: Form | None = None, changing: int | None = None, status=200
):
    """The phrases in their order; changing: whose form was refused, None for that of a new one."""
    form = form or Form()
    shown = {"form": form, "changing": changing, "new": form if changing is None else Form()}
    shown |= {"group": group, "phrases": phrases_of(session, group.id)}
    return render(request, "memos/phrases.html", status=status, account=account, **shown)


def back(request: Request, group, flash: str | None = None):
    return redirect(request, request.app.url_path_for("phrases", group_id=group.id), flash=flash)


@router.get("/groups/{group_id:int}/phrases", name="phrases")
def show(request: Request, session: DbSession, account: Signed, group: RequestedGroup):
    return page(request, session, account, group)


@router.post("/groups/{group_id:int}/phrases")
def add(request: Request, session: DbSession, account: Signed, group: RequestedGroup, posted: Posted):
    try:
        add_phrase(session, group.id, read_phrase(posted))
    except Invalid as invalid:
        return page(request, session, account, group, form=Form(posted, invalid.problems), status=422)
    return back(request, group, _("The phrase is added."))


@router.post("/groups/{group_id:int}/phrases/{phrase_id:int}", name="phrase")
def change(
    request: Request, session: DbSession, account: Signed, group: RequestedGroup, phrase_id: int, posted: Posted
):
    """Store a phrase, or with a button's `action` move or remove it."""
    phrase = phrase_of(session, group.id, phrase_id)
    if posted.get("action"):
        arrange_phrase(session, phrase, str(posted["action"]))
        return back(request, group)
    try:
        phrase.title, phrase.text = read_phrase(posted).values()
    except Invalid as invalid:
        form = Form(posted, invalid.problems)
        return page(request, session, account, group, form=form, changing=phrase.id, status=422)
    return back(request, group, _("The phrase is saved."))
