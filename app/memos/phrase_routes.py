"""A convening body's phrases for its memos."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.drafts.offering import offering_each
from app.errors import Invalid
from app.language import gettext as _
from app.memos.models import Phrase
from app.memos.phrases import add_phrase, arrange_phrase, phrase_of, phrases_of, read_phrase
from app.people.group_page import RequestedGroup
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()
EMPTY = dict.fromkeys(("title", "text"))  # a new phrase of which nothing is written yet


def phrase_values(phrase: Phrase) -> dict[str, Any]:
    """Return a phrase as its form shows it."""
    return {"title": phrase.title, "text": phrase.text}


def page(
    request: Request, session, account, group, *, form: Form | None = None, changing: int | None = None, status=200
):
    """The phrases in their order; changing: whose form was refused, None for that of a new one."""
    phrases = phrases_of(session, group.id)
    new, own = begun(request, session, group, phrases)
    if changing is not None and form is not None:
        own[changing] = form
    shown = {"form": form or Form(), "changing": changing, "form_of": lambda phrase: own[phrase.id]}
    shown |= {"new": form if form is not None and changing is None else new, "group": group, "phrases": phrases}
    return render(request, "memos/phrases.html", status=status, account=account, **shown)


def begun(request: Request, session, group, phrases: list[Phrase]) -> tuple[Form, dict[int, Form]]:
    """The form of a new phrase and of each there is, with what was begun in them."""
    here = request.app.url_path_for("phrases", group_id=group.id)
    stored = {f"{here}/{phrase.id}": phrase_values(phrase) for phrase in phrases}
    forms = {sent_to: (Form(values), values) for sent_to, values in stored.items()}
    offered = offering_each(request, session, forms | {here: (Form(), EMPTY)}, here)
    return offered[here], {phrase.id: offered[f"{here}/{phrase.id}"] for phrase in phrases}


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
    request: Request, session: EditSession, account: Signed, group: RequestedGroup, phrase_id: int, posted: Posted
):
    """Store a phrase, or with a button's `action` move or remove it."""
    phrase = phrase_of(session, group.id, phrase_id)
    if posted.get("action"):
        arrange_phrase(session, phrase, str(posted["action"]))
        return back(request, group)
    try:
        posted = checked(posted, phrase_values(phrase))
        phrase.title, phrase.text = read_phrase(posted).values()
    except Invalid as invalid:
        form = Form.refused(posted, invalid)
        return page(request, session, account, group, form=form, changing=phrase.id, status=invalid.status)
    return back(request, group, _("The phrase is saved."))
