"""The mailbox of the demo: every mail as its recipient sees it. Elsewhere it does not exist."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import select

from app.access import CurrentSettings, Now, signed_in
from app.accounts.models import Account
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.errors import NotFound, SignInNeeded
from app.guard import POLICY
from app.mail.models import OutgoingMail
from app.mail.outbox import mail_by_id
from app.mail.reading import OpenedMail, open_mail
from app.mail.sealing import Unreadable
from app.people.collation import matches
from app.web import FRAME_POLICY, render

MOST = 200


def demo_only(settings: CurrentSettings) -> None:
    if not settings.demo:
        raise NotFound


router = APIRouter(dependencies=[Depends(demo_only)])


def whoever(request: Request, session: DbSession, at: Now) -> Account | None:
    """The mailbox is everybody's, as in the demo everybody's mails are in it; the secretary keeps her own header."""
    try:
        return signed_in(request, session, at)
    except SignInNeeded:
        return None


Whoever = Annotated[Account | None, Depends(whoever)]


def requested_mail(mail_id: int, session: DbSession) -> OutgoingMail:
    mail = mail_by_id(session, mail_id)
    if mail.state != "sent":
        raise NotFound
    return mail


def opened_mail(settings: CurrentSettings, mail: Annotated[OutgoingMail, Depends(requested_mail)]) -> OpenedMail:
    try:
        return open_mail(settings, mail)
    except Unreadable as error:
        raise NotFound from error


RequestedMail = Annotated[OutgoingMail, Depends(requested_mail)]
Opened = Annotated[OpenedMail, Depends(opened_mail)]


@router.get("/mailbox", name="mailbox")
def show_all(request: Request, session: DbSession, account: Whoever, q: str = ""):
    sent = select(OutgoingMail).where(OutgoingMail.state == "sent").order_by(OutgoingMail.sent_at.desc())
    mails = [
        mail
        for mail in session.scalars(sent.order_by(OutgoingMail.id.desc()))
        if matches(q, mail.to_name, mail.to_address, mail.subject)
    ]
    shown = [(mail, in_zone(mail.sent_at, HOME_ZONE)) for mail in mails[:MOST]]
    return render(request, "mail/mailbox.html", block="mails", account=account, mails=shown, total=len(mails), q=q)


@router.get("/mailbox/{mail_id:int}", name="mailbox_mail")
def show(request: Request, account: Whoever, mail: RequestedMail, opened: Opened):
    headers = {"Content-Security-Policy": POLICY + "; frame-src 'self'"}
    return render(
        request, "mail/mail.html", headers=headers, account=account, mail=mail, opened=opened,
        written_at=in_zone(opened.written_at, HOME_ZONE),
    )  # fmt: skip


@router.get("/mailbox/{mail_id:int}/html", name="mailbox_html")
def show_html(opened: Opened):
    """The HTML part in a page of its own, which runs and loads nothing; its links open beside the mailbox."""
    html = opened.html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


@router.get("/mailbox/{mail_id:int}/attachments/{number:int}", name="mailbox_attachment")
def download(opened: Opened, number: int):
    if number >= len(opened.attachments):
        raise NotFound
    attached = opened.attachments[number]
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attached.name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(attached.content, media_type=attached.media_type, headers=headers)
