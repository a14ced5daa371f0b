"""The mailbox of the demo: every mail as its recipient sees it. Elsewhere it does not exist."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Select

from app.access import CurrentSettings, Now, signed_in
from app.accounts.models import Account
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.errors import NotFound, SignInNeeded
from app.guard import CONTENT_POLICY
from app.mail.mailbox import shown_to
from app.mail.models import OutgoingMail
from app.mail.reading import OpenedMail, open_mail
from app.people.collation import matches
from app.sealing import Unreadable
from app.secretariats.policy import GOVERN, may
from app.web import FRAME_POLICY, render

MOST = 200


def demo_only(settings: CurrentSettings) -> None:
    if not settings.demo:
        raise NotFound


router = APIRouter(dependencies=[Depends(demo_only)])


def whoever(request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Account | None:
    """On this machine the mailbox is everybody's, as in the demo everybody's mails are in it: who follows a link as its
    recipient does it in a browser that is not signed in. Who is signed in sees the mails of their secretariat, if they
    may. Where others can reach the demo, one has to be signed in."""
    try:
        return signed_in(request, session, at)
    except SignInNeeded:
        if settings.on_this_machine:
            return None
        raise


Whoever = Annotated[Account | None, Depends(whoever)]


def shown(request: Request, session: DbSession, account: Whoever) -> Select[tuple[OutgoingMail]]:
    """The query of the mails that whoever asks may read."""
    if account is None:
        return shown_to(session, None, None)
    return shown_to(session, request.state.role, request.state.secretariat_id)


Shown = Annotated[Select[tuple[OutgoingMail]], Depends(shown)]


def requested_mail(mail_id: int, session: DbSession, shown: Shown) -> OutgoingMail:
    mail = session.scalar(shown.where(OutgoingMail.id == mail_id))
    if mail is None:
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
def show_all(request: Request, session: DbSession, account: Whoever, sent: Shown, q: str = ""):
    mails = [
        mail
        for mail in session.scalars(sent.order_by(OutgoingMail.sent_at.desc(), OutgoingMail.id.desc()))
        if matches(q, mail.to_name, mail.to_address, mail.subject)
    ]
    found = [(mail, in_zone(mail.sent_at, HOME_ZONE)) for mail in mails[:MOST]]
    everything = account is not None and may(request.state.role, GOVERN)
    about = {"mails": found, "total": len(mails), "q": q, "everything": everything}
    return render(request, "mail/mailbox.html", block="mails", account=account, **about)


@router.get("/mailbox/{mail_id:int}", name="mailbox_mail")
def show(request: Request, account: Whoever, mail: RequestedMail, opened: Opened):
    headers = {"Content-Security-Policy": CONTENT_POLICY + "; frame-src 'self'"}
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
