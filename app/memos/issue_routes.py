"""The last stage: to whom the memo goes, its sending, and what became of each copy."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent, hold
from app.files.store import read
from app.language import gettext as _
from app.mail.outbox import can_send, mail_by_id, mails_by_person, send_again
from app.mail.words import mail_status
from app.memos.attached import attached_to
from app.memos.copies import copies_of, out_of_reach
from app.memos.issuing import addressees_of, issue_memo, issues_of
from app.memos.memos import memo_of
from app.memos.paper_answer import pdf_answer
from app.memos.preparing import PapersReady
from app.memos.routes import requested_memo
from app.memos.tables import addressees_table, copies_table
from app.spreadsheet import WantedFile, exported
from app.web import Posted, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/sent", name="sent")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, settings: CurrentSettings, at: Now,
    wanted: WantedFile,
):  # fmt: skip
    memo = memo_of(session, event.id)
    issues = issues_of(session, memo) if memo else []
    addressees = addressees_of(session, event, memo) if memo else []
    copies = copies_of(session, issues[0]) if issues else []
    mails = mails_by_person(session, event.id, "memo") if issues else {}
    waiting = [mail for mail in mails.values() if mail.state in ("queued", "sending", "uncertain")]
    leaves = can_send(settings)
    found = attached_to(session, event, memo) if memo else None
    faring = {person: mail_status(mail, event.time_zone, leaves=leaves) for person, mail in mails.items()}
    if wanted:
        frozen = issues and wanted.of != "now"
        return exported(wanted, copies_table(copies, faring, event) if frozen else addressees_table(addressees, event))
    return render(
        request, "memos/sent.html", block="copies", account=account, event=event, memo=memo, issues=issues, mails=mails,
        addressees=addressees, copies=copies, faring=faring, waiting=waiting and leaves, sends=leaves, attached=found,
        stages=event_line(session, event, at), strangers=out_of_reach(session, event.id),
    )  # fmt: skip


@router.post("/events/{event_id:int}/sent")
def issue(
    request: Request, _ready: PapersReady, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted,
    settings: CurrentSettings, at: Now,
):  # fmt: skip
    hold(session, event.id)
    memo = requested_memo(session, event)
    pressed = str(posted.get("version", ""))
    done = [one for one in issues_of(session, memo) if str(one.version) == pressed]
    made = done[0] if done else issue_memo(session, settings, event, memo, at=at)
    flash = _("Version %(version)s of the memo is issued.") % {"version": made.version}
    return redirect(request, request.app.url_path_for("sent", event_id=event.id), flash=flash)


@router.post("/events/{event_id:int}/sent/{mail_id:int}", name="sent_again")
def again(request: Request, session: DbSession, account: Signed, event: RequestedEvent, mail_id: int, at: Now):
    mail = mail_by_id(session, mail_id)
    if mail.event_id != event.id or mail.kind != "memo":
        raise NotFound
    send_again(session, mail, at)
    flash = _("The mail to %(name)s is sent again.") % {"name": mail.to_name}
    return redirect(request, request.app.url_path_for("sent", event_id=event.id), flash=flash)


@router.get("/events/{event_id:int}/issues/{version:int}.pdf", name="issue_pdf")
def read_issue(session: DbSession, account: Signed, event: RequestedEvent, version: int):
    """A version exactly as it was issued."""
    for one in issues_of(session, requested_memo(session, event)):
        if one.version == version:
            return pdf_answer(read(session, one.sha256), f"memo-{event.id}-{version}.pdf")
    raise NotFound
