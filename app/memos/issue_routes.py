"""The last stage: to whom the memo goes, its sending, and what became of each copy."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from markupsafe import Markup

from app.access import CurrentSettings, Now, Signed
from app.comments.queries import waiting_on
from app.db import DbSession
from app.desk.line import event_line
from app.drafts.offering import offering
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import RequestedEvent, hold
from app.files.handing import handed_out
from app.files.names import safe_name
from app.files.store import read
from app.forms import Reading
from app.language import gettext as _
from app.language import ngettext
from app.mail.models import OutgoingMail
from app.mail.outbox import can_send, mail_by_id, mails_by_person, send_again
from app.mail.words import mail_status
from app.memos.addressees import Sending, sending_of
from app.memos.attached import attached_to
from app.memos.copies import copies_of, out_of_reach
from app.memos.differences import differences
from app.memos.docx_file import MEDIA_TYPE
from app.memos.issuing import issue_memo, issues_of, next_version, refuse_secret
from app.memos.memos import memo_of
from app.memos.models import CARRIES, Issue, Memo
from app.memos.paper_answer import pdf_answer
from app.memos.preparing import PapersReady
from app.memos.routes import requested_memo
from app.memos.tables import addressees_table, copies_table
from app.memos.taking_back import take_back
from app.memos.waiting import waiting_of
from app.memos.writing import memo_to_write
from app.settings import Settings
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/sent", name="sent")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, settings: CurrentSettings, at: Now,
    wanted: WantedFile,
):  # fmt: skip
    shown = shown_of(session, settings, event, at)
    if wanted:
        if shown["issues"] and wanted.of != "now":
            return exported(wanted, copies_table(shown["copies"], shown["faring"], event))
        return exported(wanted, addressees_table(shown["sending"].addressees, event))
    return sent_page(request, session, account, event, at, shown)


def shown_of(session, settings: Settings, event: Event, at: datetime) -> dict:
    """What the page tells of an event's memo; nothing is read of issues or mails where there is no memo."""
    memo = memo_of(session, event.id)
    issues = issues_of(session, memo) if memo else []
    sending = sending_of(session, event, memo, issues[0] if issues else None) if memo else Sending(())
    mails = mails_of(session, event, issues[0]) if issues else {}
    leaves = can_send(settings)
    return {
        "memo": memo, "issues": issues, "mails": mails, "sending": sending, "sends": leaves,
        "version": next_version(session, memo) if memo else 1,
        "copies": copies_of(session, issues[0]) if issues else [],
        "faring": {person: mail_status(mail, event.time_zone, leaves=leaves) for person, mail in mails.items()},
        "waiting": waiting_of(mails.values(), event.time_zone, at, leaves=leaves),
        "strangers": out_of_reach(session, event.id),
        "undecided": waiting_on(session, memo) if memo else 0,
        "attached": attached_to(session, event, memo) if memo else None,
    }  # fmt: skip


def mails_of(session, event: Event, issue: Issue) -> dict[int, OutgoingMail]:
    """The mails in which a version went out, by person."""
    mails = mails_by_person(session, event.id, "memo")
    return {person: mail for person, mail in mails.items() if mail.queued_at >= issue.issued_at}


def sent_page(request: Request, session, account, event: Event, at: datetime, shown: dict, *, form=None, status=200):
    stages = event_line(session, event, at)
    if form is None:
        form = Form({"carries": shown["issues"][0].carries if shown["issues"] else "link"})
        here = request.app.url_path_for("sent", event_id=event.id)
        form = offering(request, session, form, {"changed": None}, here)
    return render(
        request, "memos/sent.html", block="copies", status=status, account=account, event=event, stages=stages,
        form=form, addressees=shown["sending"].addressees, **shown,
    )  # fmt: skip


@router.post("/events/{event_id:int}/sent")
def issue(
    request: Request, _ready: PapersReady, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted,
    settings: CurrentSettings, at: Now,
):  # fmt: skip
    hold(session, event.id)
    memo = memo_to_write(session, event)
    pressed = str(posted.get("version", ""))
    made = next((one for one in issues_of(session, memo) if str(one.version) == pressed), None)
    try:
        if made is None:
            with session.begin_nested():
                made = issue_memo(session, settings, event, memo, at=at, **wanted_of(posted))
    except Invalid as invalid:
        shown, form = shown_of(session, settings, event, at), Form(posted, invalid.problems)
        return sent_page(request, session, account, event, at, shown, form=form, status=422)
    request.state.count = len(mails_of(session, event, made))
    flash = _("Version %(version)s of the memo is issued.") % {"version": made.version}
    return redirect(request, request.app.url_path_for("sent", event_id=event.id), flash=flash)


def wanted_of(posted) -> dict:
    """How the next version is to go: what it changes, what its mails carry, and whether also to whom is reached now."""
    reading = Reading(posted)
    changed, carries = reading.text("changed", most=2000), reading.choice("carries", CARRIES)
    reading.done()
    return {"changed": changed, "carries": carries or "link", "more": bool(posted.get("more"))}


@router.post("/events/{event_id:int}/sent/take-back", name="take_back_memo")
def call_back(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted):
    hold(session, event.id)
    memo = memo_to_write(session, event)
    last = next(iter(issues_of(session, memo)), None)
    shown = last is not None and posted.get("issued") == last.issued_at.isoformat()
    said = (
        taken_back(session, event, memo, last) if shown else _("That version is not there to be taken back any more.")
    )
    return redirect(request, request.app.url_path_for("sent", event_id=event.id), flash=said)


def taken_back(session, event: Event, memo: Memo, last: Issue) -> str:
    """Take back what can be, and return what is said of it."""
    taken = take_back(session, event, memo, last)
    if not taken:
        return _("All of them had left already.")
    said = ngettext("%(num)s mail was taken back.", "%(num)s mails were taken back.", taken) % {"num": taken}
    if last not in issues_of(session, memo):
        return said
    stays = _("Version %(version)s stays issued, since it has reached somebody.") % {"version": last.version}
    return f"{said} {stays}"


@router.post("/events/{event_id:int}/sent/{mail_id:int}", name="sent_again")
def again(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, event: RequestedEvent,
    mail_id: int, at: Now,
):  # fmt: skip
    mail = mail_by_id(session, mail_id)
    if mail.event_id != event.id or mail.kind != "memo":
        raise NotFound
    refuse_secret(event)
    send_again(session, settings, mail, at)
    flash = _("The mail to %(name)s is sent again.") % {"name": mail.to_name}
    return redirect(request, request.app.url_path_for("sent", event_id=event.id), flash=flash)


def requested_issues(session, event: Event, version: int) -> list[Issue]:
    """The version that is asked for and those before it, the newest first; raises NotFound."""
    issues = issues_of(session, requested_memo(session, event))
    if version not in {one.version for one in issues}:
        raise NotFound
    return [one for one in issues if one.version <= version]


@router.get("/events/{event_id:int}/issues/{version:int}.pdf", name="issue_pdf")
def read_issue(session: DbSession, account: Signed, event: RequestedEvent, version: int):
    """A version exactly as it was issued."""
    one = requested_issues(session, event, version)[0]
    return pdf_answer(read(session, one.sha256), f"memo-{event.id}-{version}.pdf")


@router.get("/events/{event_id:int}/issues/{version:int}.docx", name="issue_docx")
def read_issue_in_word(session: DbSession, account: Signed, event: RequestedEvent, version: int):
    one = requested_issues(session, event, version)[0]
    if "docx" not in one.fields:
        raise NotFound
    return handed_out(read(session, one.fields["docx"]["sha256"]), safe_name(f"{one.title}.docx"), MEDIA_TYPE)


@router.get("/events/{event_id:int}/issues/{version:int}", name="issue")
def read_issued_page(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, version: int, at: Now
):
    """A version as a page, with what differs from the one before it."""
    one, *earlier = requested_issues(session, event, version)
    before = earlier[0] if earlier else None
    differing = differences(before.fields["page"], one.fields["page"]) if before else ()
    return render(
        request, "memos/issue.html", account=account, event=event, stages=event_line(session, event, at), issue=one,
        before=before, page=Markup(one.fields["page"]), differing=differing,
    )  # fmt: skip
