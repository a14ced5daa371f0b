"""What came back from calendars, mail servers and people, for the secretary to look at."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.errors import Invalid
from app.forms import Reading
from app.inbox.acting import leave, mail_by_id, put_back, take, take_substitute, works_again
from app.inbox.models import IncomingMail
from app.inbox.page import inbox_page
from app.language import gettext as _
from app.web import Form, Posted, redirect

router = APIRouter()


def requested_mail(mail_id: int, session: DbSession, account: Signed) -> IncomingMail:
    return mail_by_id(session, mail_id)


RequestedMail = Annotated[IncomingMail, Depends(requested_mail)]


def back(request: Request, posted, said: str):
    """To the page and filter that the button stood on."""
    show = posted.get("show") if posted.get("show") in ("answers", "bounces", "mails") else ""
    return redirect(request, request.app.url_path_for("inbox") + (f"?show={show}" if show else ""), said)


@router.get("/inbox", name="inbox")
def show_all(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, show: str = "", page: str = "1"
):  # fmt: skip
    return inbox_page(request, session, settings, account, show=show, page=page)


@router.post("/inbox/{mail_id:int}/take", name="take_answer")
def take_it(
    request: Request, session: DbSession, settings: CurrentSettings, mail: RequestedMail, posted: Posted, at: Now
):
    invitee = take(session, settings, mail, at=at)
    return back(request, posted, _("The answer of %(name)s is saved.") % {"name": invitee.person.name})


@router.post("/inbox/{mail_id:int}/substitute", name="take_substitute")
def take_another(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, mail: RequestedMail,
    posted: Posted, at: Now,
):  # fmt: skip
    reading = Reading(posted)
    name = reading.line("substitute_name", needed=_("Write the name of the one who comes."), most=200)
    email = reading.address("substitute_email", needed=_("Write their e-mail address: they get an invitation."))
    try:
        reading.done()
        with session.begin_nested():
            take_substitute(session, settings, mail, name=name, email=email, at=at)
    except Invalid as error:
        form = Form(posted, error.problems)
        return inbox_page(request, session, settings, account, opened=mail.id, form=form)
    return back(request, posted, _("%(name)s comes in their place, and is invited.") % {"name": name})


@router.post("/inbox/{mail_id:int}/leave", name="leave_mail")
def leave_it(request: Request, mail: RequestedMail, posted: Posted):
    leave(mail)
    return back(request, posted, _("It waits no longer. It stands below, and can be put back."))


@router.post("/inbox/{mail_id:int}/back", name="put_back_mail")
def wait_again(
    request: Request, session: DbSession, settings: CurrentSettings, mail: RequestedMail, posted: Posted, at: Now
):
    put_back(session, settings, mail, at=at)
    return back(request, posted, _("It waits again, and counts for nothing until you take it."))


@router.post("/inbox/{mail_id:int}/works", name="address_works")
def try_again(request: Request, session: DbSession, mail: RequestedMail, posted: Posted):
    address = works_again(session, mail) or ""
    return back(request, posted, _("Mail is sent to %(address)s again.") % {"address": address})
