from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.access import Now, Signed
from app.agenda.lines import programme_of
from app.dates import clock, in_zone
from app.db import DbSession
from app.desk.line import event_line
from app.distribution.showing import edited_field
from app.drafts.offering import offering_each
from app.errors import Invalid, NotFound, Refused
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.follow_ups.editing import follow_up_values
from app.follow_ups.queries import arose_at
from app.follow_ups.tables import follow_ups_table
from app.follow_ups.words import state_words
from app.language import gettext as _
from app.language import pgettext, speaking, spoken
from app.memos.acting import Shown, act
from app.memos.details import details_of, write_details
from app.memos.document import PAPERS, memo_manuscript, paper_manuscript
from app.memos.editing import deletion, looked_at, texts_shown
from app.memos.issuing import issues_of
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Memo
from app.memos.paper_answer import PaperAnswer
from app.memos.posted import seen_of, written_of
from app.memos.preview import preview_of
from app.memos.proposing import propose
from app.memos.save_told import save_told
from app.memos.writing import Saved, memo_to_write, write
from app.spreadsheet import WantedFile, exported
from app.surveys.by_item import of_items
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/memo", name="memo")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    saved: str = "", look: str = "", deleted: str = "",
):  # fmt: skip
    memo = memo_of(session, event.id)
    if wanted:
        return exported(wanted, follow_ups_table(arose_at(session, event.id), event))
    if memo is None:
        stages = event_line(session, event, at)
        return render(request, "memos/begin.html", account=account, event=event, stages=stages)
    shown = {"saved": saved, "looked": looked_at(memo, look), "undo": deletion(session, memo, deleted)}
    return editor(request, session, account, event, memo, at, **shown)


def editor(request: Request, session, account, event: Event, memo: Memo, at: datetime, *, status: int = 200, **context):
    """The memo as the paper it will be, with its fields, attachments, follow-ups and details beside."""
    here = request.app.url_path_for("memo", event_id=event.id)
    with speaking(event.language):
        labels = pgettext("paper", "Distribution"), pgettext("paper", "For information")
    ids, after = (memo.distribution_id, memo.for_information_id), (None, memo.distribution_id)
    fields = [
        edited_field(session, one, label=label, next=here, event=event, after=before)
        for one, label, before in zip(ids, labels, after, strict=True)
    ]
    texts = texts_shown(session, event, memo, at, context.pop("typed", {}), context.pop("refused", Saved()))
    empty = {"saved": "", "looked": {}, "undo": None, "changed": (0, None)} | begun_beside(request, session, memo, here)
    return render(
        request, "memos/memo.html", status=status, account=account, event=event, memo=memo, fields=fields,
        stages=event_line(session, event, at), preview=preview_of(session, event, memo), states=state_words(),
        survey=of_items(session, event, at), agenda=programme_of(session, event),
        issued=next(iter(issues_of(session, memo)), None),
        **(texts | empty | context),
    )  # fmt: skip


def begun_beside(request: Request, session, memo: Memo, here: str) -> dict[str, Any]:
    """The forms beside the text, with what was begun in them: the details, a new follow-up, each of those there are."""
    stored = {f"{here}/follow-ups/{one.id}": follow_up_values(one) for one in memo.follow_ups}
    stored |= {f"{here}/details": details_of(memo)}
    forms = {sent_to: (Form(values), values) for sent_to, values in stored.items()}
    forms[f"{here}/follow-ups"] = Form({"state": "proposed"}), {"text": None}
    begun = offering_each(request, session, forms, here)
    own = {one.id: begun[f"{here}/follow-ups/{one.id}"] for one in memo.follow_ups}
    return {
        "details": begun[f"{here}/details"],
        "form": begun[f"{here}/follow-ups"],
        "form_of": lambda one: own[one.id],
    }


@router.post("/events/{event_id:int}/memo")
def begin(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    if memo_of(session, event.id) is None:
        begin_memo(session, event, in_zone(at, event.time_zone).date())
    return redirect(request, request.app.url_path_for("memo", event_id=event.id))


def requested_memo(session, event: Event) -> Memo:
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    return memo


@router.post("/events/{event_id:int}/memo/text", name="memo_text")
def save(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    """Save what has changed; to a script in JSON, else with what the pressed button does."""
    memo = memo_to_write(session, event)
    written = written_of(session, event, posted)
    saved = write(session, event, memo, written, by=account.name, at=at)
    if request.headers.get("accept") == "application/json":
        told = save_told(session, event, memo, written, saved, seen_of(posted), at)
        return JSONResponse(told, 409 if told["conflicts"] else 200)
    if saved.refused:
        typed = {key: written[key].text for key in saved.refused}
        status = 422 if saved.too_long else 409
        return editor(request, session, account, event, memo, at, status=status, typed=typed, refused=saved)
    return press(request, session, account, event, memo, posted, at)


def press(request: Request, session, account, event: Event, memo: Memo, posted, at: datetime):
    """Do what the pressed button says, and show the memo where it goes on; what was typed stays saved in any case."""
    if "propose" in posted:
        propose(session, event, str(posted["propose"]))
    try:
        with session.begin_nested():
            shown = act(session, event, memo, str(posted.get("action", "")), by=account.name, at=at)
    except Refused as refused:
        return redirect(request, request.app.url_path_for("memo", event_id=event.id), flash=refused.message)
    return redirect(request, back_to(request, event, shown, clock(in_zone(at, event.time_zone), spoken())))


def back_to(request: Request, event: Event, shown: Shown, time: str) -> str:
    """The memo's address with what it shows next."""
    said = {"saved": time, "look": shown.look, "deleted": shown.deleted}
    query = urlencode({name: value for name, value in said.items() if value})
    anchor = f"#section-{shown.key}" if shown.key else ""
    return f"{request.app.url_path_for('memo', event_id=event.id)}?{query}{anchor}"


@router.post("/events/{event_id:int}/memo/details", name="memo_details")
def save_details(
    request: Request, session: EditSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now
):
    memo = memo_to_write(session, event)
    try:
        posted = checked(posted, details_of(memo))
        write_details(session, memo, posted)
    except Invalid as invalid:
        details = Form.refused(posted, invalid)
        return editor(request, session, account, event, memo, at, status=invalid.status, details=details)
    flash = _("The memo's details are saved.")
    return redirect(request, request.app.url_path_for("memo", event_id=event.id), flash=flash)


@router.get("/events/{event_id:int}/memo.pdf", name="memo_pdf")
def read_pdf(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    requested_memo(session, event)
    return PaperAnswer(request, memo_manuscript(session, event, at=at), f"memo-{event.id}.pdf")


@router.get("/events/{event_id:int}/papers/{paper}.pdf", name="paper_pdf")
def read_paper(request: Request, session: DbSession, account: Signed, event: RequestedEvent, paper: str, at: Now):
    if paper not in PAPERS:
        raise NotFound
    return PaperAnswer(request, paper_manuscript(session, event, paper, at=at), f"{paper}-{event.id}.pdf")
