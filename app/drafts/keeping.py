"""Keeps what is being typed, gives it back, and forgets it once the form is saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fastapi import Request
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.drafts.models import FormDraft
from app.drafts.sealing import seal, unseal
from app.drafts.typed import FORMS, Typed, read_kept
from app.settings import Settings

MOST_DRAFTS = 200  # of an account: nobody writes as many forms at once


def draft_of(session: Session, account_id: int, form: str) -> FormDraft | None:
    """Return the draft of an account for the form that is sent to an address; one query."""
    return session.scalar(select(FormDraft).where(FormDraft.account_id == account_id, FormDraft.form == form))


def drafts_of(session: Session, account_id: int, forms: Iterable[str]) -> dict[str, FormDraft]:
    """Return the drafts of an account by the addresses that their forms are sent to; one query."""
    mine = FormDraft.account_id == account_id, FormDraft.form.in_(list(forms))
    return {one.form: one for one in session.scalars(select(FormDraft).where(*mine))}


def keep(
    session: Session, settings: Settings, account_id: int, form: str, typed: Typed, *, page: str, turn: int,
    at: datetime,
) -> bool:  # fmt: skip
    """Keep what was typed in place of what was kept before; what comes late, behind a newer turn of the same page, is
    let go. Returns whether there was room."""
    kept = draft_of(session, account_id, form)
    if kept is not None and kept.page == page and turn <= kept.turn:
        return True
    sealed = seal(settings.secret, typed.as_json(), account_id, form)
    if kept is None:
        drafts = FormDraft.__table__  # without the mapper: in all secretariats together, whichever one is at work in
        if session.scalar(select(func.count()).where(drafts.c.account_id == account_id)) >= MOST_DRAFTS:
            return False
        kept = FormDraft(account_id=account_id, form=form, begun_at=at)
        session.add(kept)
    kept.sealed, kept.page, kept.turn, kept.saved_at = sealed, page, turn, at
    session.flush()
    return True


def typed_in(settings: Settings, draft: FormDraft) -> Typed | None:
    """Return what a draft holds; None where another secret has sealed it."""
    content = unseal(settings.secret, draft.sealed, draft.account_id, draft.form)
    return read_kept(content) if content is not None else None


def discard(session: Session, account_id: int, form: str) -> None:
    session.execute(delete(FormDraft).where(FormDraft.account_id == account_id, FormDraft.form == form))


def forget_saved(request: Request, session: Session) -> None:
    """Forget the draft of a form that was sent and not refused; part of the transaction that saves it."""
    route, state = request.scope.get("route"), request.state
    account_id = getattr(state, "account_id", None)
    if route is None or route.path_format not in FORMS or account_id is None or getattr(state, "refused", False):
        return
    discard(session, account_id, address_asked(request))


def address_asked(request: Request) -> str:
    """Return the address that a request was sent to, with its query."""
    query = request.scope["query_string"].decode("ascii", "replace")
    return request.scope["path"] + (f"?{query}" if query else "")
