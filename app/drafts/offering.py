"""Offers what was begun in a form, on the page that shows the form, and fills it in where that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.drafts.keeping import address_asked, drafts_of, typed_in
from app.drafts.models import FormDraft
from app.secretariats.policy import SAFE
from app.versions import differs
from app.web import Form

TAKE = "take"


@dataclass(frozen=True)
class Offered:
    """A draft that differs from what is stored. form: where it is sent; here: its page; take: that page with the form
    filled in; taken: whether it is."""

    form: str
    begun_at: datetime
    here: str
    take: str
    taken: bool


def offering(
    request: Request, session: Session, form: Form, shown: Mapping[str, Any], sent_to: str, page: str = ""
) -> Form:
    """As `offering_each`, of a page with one form."""
    return offering_each(request, session, {sent_to: (form, shown)}, page)[sent_to]


def offering_each(
    request: Request, session: Session, forms: Mapping[str, tuple[Form, Mapping[str, Any]]], page: str = ""
) -> dict[str, Form]:
    """Return the forms that a page shows, by the addresses that they are sent to, each with the draft that its reader
    has of it; filled in with it where the page was asked for with `?draft=take`. forms: each with the stored values, as
    for `checked`; page: the page's address, where a form's answer shows the page anew; the form's own without.

    One query by an index. What somebody else has stored since it was begun is not lost: the form that is filled in is
    made from what it was begun from, and says so when it is saved. What is being sent is no draft any more."""
    sends = address_asked(request) if request.method not in SAFE else None
    drafts = drafts_of(session, request.state.account_id, [one for one in forms if one != sends])
    return {
        sent_to: _offered(request, form, shown, drafts[sent_to], page) if sent_to in drafts else form
        for sent_to, (form, shown) in forms.items()
    }


def _offered(request: Request, form: Form, shown: Mapping[str, Any], draft: FormDraft, page: str) -> Form:
    typed = typed_in(request.app.state.settings, draft)
    if typed is None or not differs(sent := FormData(typed.fields), shown):
        return form
    taken = request.query_params.get("draft") == TAKE
    path, asked = page or draft.form, {}
    if request.method in SAFE:
        path, asked = request.scope["path"], request.query_params
    here = [(name, value) for name, value in asked.items() if name != "draft"]
    filled = Form(sent, version=typed.made_from) if taken else form
    filled.draft = Offered(draft.form, draft.begun_at, _page(path, here), _page(path, [*here, ("draft", TAKE)]), taken)
    return filled


def _page(path: str, asked: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
