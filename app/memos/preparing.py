"""Makes the papers of an issue before its transaction begins: it then only keeps them, and nobody waits to write.

What changes between the two is made anew within the transaction, since papers are found by their content.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from app.access import Now, admit
from app.errors import Refused
from app.events.models import Event
from app.events.queries import event_by_id
from app.memos.closing import attachments_of
from app.memos.document import issued_manuscript, paper_manuscript
from app.memos.issuing import next_version
from app.memos.memos import memo_of
from app.memos.models import Memo
from app.memos.setting import sentence_of
from app.pdf import Manuscript, PdfFailed
from app.pdf.renders import Render, renders


def issue_manuscripts(session: Session, event: Event, memo: Memo, *, at: datetime) -> list[Manuscript]:
    """Return the papers that an issue keeps, as it would be issued now: the memo, then its attachments that we make."""
    made = [one.generated for one in attachments_of(session, event, memo) if one.generated]
    whole = issued_manuscript(session, event, at=at, version=next_version(session, memo))
    return [whole, *(paper_manuscript(session, event, kind, at=at) for kind in made)]


async def papers_ready(request: Request, event_id: int, at: Now) -> None:
    """Wait, without a thread or a transaction, until the papers of an issue are made. Put it before the session.

    Raises SignInNeeded, NotFound as the route would, and Refused where a paper cannot be set.
    """
    async with request.app.state.turns.reading:
        begun = await run_in_threadpool(_begin, request, event_id, at)
    try:
        for one in begun:
            await asyncio.shield(asyncio.wrap_future(one.future))
    except PdfFailed as failed:
        raise Refused(sentence_of(failed)) from failed


def _begin(request: Request, event_id: int, at: datetime) -> list[Render]:
    with request.app.state.database.session(readonly=True) as session:
        admit(request, session, at)
        event = event_by_id(session, event_id)
        memo = memo_of(session, event.id)
        manuscripts = issue_manuscripts(session, event, memo, at=at) if memo else []
    return [renders.begin(one) for one in manuscripts]


PapersReady = Annotated[None, Depends(papers_ready)]
