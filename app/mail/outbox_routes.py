"""The outbox: whether mails leave, what waits, what failed, who sends."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.errors import NotAllowed
from app.language import gettext as _
from app.mail.holding import hold, let_go
from app.mail.listing import failed_mails, mails_found, mails_page
from app.mail.outbox import can_send, mail_by_id, send_again
from app.mail.outbox_page import mail_lines, outbox_page
from app.mail.standing import standing_of
from app.mail.tables import mails_table
from app.secretariats.keeping import is_oldest
from app.spreadsheet import WantedFile, exported
from app.web import redirect, render

router = APIRouter()


@router.get("/outbox", name="outbox")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, at: Now, wanted: WantedFile,
    q: str = "", page: str = "1", watch: str = "",
):  # fmt: skip
    standing = standing_of(session, at)
    how = {"leaves": can_send(settings), "held": standing.outbox.held_at is not None}
    if wanted:
        return exported(wanted, mails_table(mails_found(session, q, at), **how))
    found = mails_page(session, q, page, at)
    return render(
        request, "mail/outbox.html", block="standing" if watch else "mails", account=account, q=q, found=found,
        holds=is_oldest(session, request.state.secretariat_id), lines=mail_lines(found.rows, **how),
        shown=outbox_page(standing, failed_mails(session), at, leaves=how["leaves"]),
    )  # fmt: skip


def everybodys(request: Request, session: DbSession) -> None:
    """Raise NotAllowed unless it is the oldest secretariat's: the one outbox is everybody's, and another secretariat's
    owner stops nobody's mails, and lets none leave that were held for a reason."""
    if not is_oldest(session, request.state.secretariat_id):
        raise NotAllowed


@router.post("/outbox/hold", name="hold_outbox")
def keep_back(request: Request, session: DbSession, account: Signed, at: Now):
    everybodys(request, session)
    hold(session, "by_hand", at)
    return redirect(request, request.app.url_path_for("outbox"), _("No mail leaves until you let them."))


@router.post("/outbox/release", name="release_outbox")
def release(request: Request, session: DbSession, account: Signed):
    everybodys(request, session)
    let_go(session)
    return redirect(request, request.app.url_path_for("outbox"), _("Mails leave again."))


@router.post("/outbox/{mail_id:int}/again", name="send_mail_again")
def again(request: Request, session: DbSession, account: Signed, settings: CurrentSettings, at: Now, mail_id: int):
    mail = mail_by_id(session, mail_id)
    sent = send_again(session, settings, mail, at)
    said = _("The mail to %(name)s is on its way.") if sent else _("Nothing was sent to %(name)s just now.")
    return redirect(request, request.app.url_path_for("outbox"), said % {"name": mail.to_name})
