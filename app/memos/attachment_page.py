"""Answers what was done to a memo's attachments: with their part of the page to htmx, so that a text being written
stays, and with the page to others."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.events.models import Event
from app.memos.models import Memo
from app.memos.preview import preview_of
from app.memos.routes import editor
from app.web import Form, is_htmx, redirect, render


def done(
    request: Request, session: Session, event: Event, memo: Memo, at: datetime, *, problem: str | None = None,
    texts: bool = False,
):  # fmt: skip
    """Show the attachments as they are now. texts: the memo's texts have changed too, so the whole page is needed."""
    session.flush()
    here = request.app.url_path_for("memo", event_id=event.id) + "#attachments"
    if texts or not is_htmx(request):
        return redirect(request, here, flash=problem)
    return part(request, session, event, memo)


def refused(
    request: Request, session: Session, account: Account, event: Event, memo: Memo, at: datetime, form: Form, *,
    changing: int | None = None, status: int = 422,
):  # fmt: skip
    """Show the form again with what is wrong in it; changing: the attachment that it is about, None for a new one."""
    if is_htmx(request):
        return part(request, session, event, memo, status=status, form=form, changing=changing)
    return editor(request, session, account, event, memo, at, status=status, form=form, changing=changing)


def part(request: Request, session: Session, event: Event, memo: Memo, *, status: int = 200, **context):
    context = {"form": Form(), "changing": None} | context
    return render(
        request, "memos/memo.html", block="attachments", status=status, event=event, memo=memo,
        preview=preview_of(session, event, memo), alone=True, **context,
    )  # fmt: skip
