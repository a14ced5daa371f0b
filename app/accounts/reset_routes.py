"""A forgotten password: whoever asks gets the same answer, and who has an account gets a link."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.accounts.entering import trier_of
from app.accounts.letters import mail_notice, mail_reset
from app.accounts.limits import count
from app.accounts.models import Account
from app.accounts.pacing import MOST_FROM_ADDRESS, QUARTER
from app.accounts.passwords import complaint_about
from app.accounts.resets import give_reset, opens_by_reset, reset_of, set_password
from app.db import DbSession
from app.errors import Invalid
from app.forms import Reading
from app.language import gettext as _
from app.language import spoken
from app.web import Form, Posted, redirect, render

router = APIRouter()
MOST_LINKS, WITHIN = 3, timedelta(hours=1)


@router.get("/reset", name="reset")
def show(request: Request) -> Response:
    return render(request, "accounts/reset.html", form=Form(), asked=None)


@router.post("/reset")
def ask(request: Request, session: DbSession, settings: CurrentSettings, posted: Posted, at: Now) -> Response:
    form = Reading(posted)
    email = form.address("email", needed=_("Write your e-mail address."))
    try:
        form.done()
    except Invalid as error:
        return render(request, "accounts/reset.html", form=Form(posted, error.problems), asked=None, status=422)
    send_link(request, session, settings, email or "", at)
    return render(request, "accounts/reset.html", form=Form(), asked=email)


def send_link(request: Request, session: DbSession, settings: CurrentSettings, email: str, at: Now) -> None:
    """Send a link to whoever has an account, three an hour at most, and not after twenty that were asked for from
    one address within a quarter of an hour. For who has none the same work is done and undone, so that the answer takes
    as long."""
    who = trier_of(request, settings, email, "reset ")
    too_many = count(session, who.address, at, QUARTER) > MOST_FROM_ADDRESS
    slow = count(session, who.account, at, WITHIN) > MOST_LINKS or too_many
    request.state.refused = slow  # more than may be asked for fills no trail
    account = opens_by_reset(session, email)
    with session.begin_nested() as done:
        nobody = Account(id=0, email=email.lower(), name=email, language=spoken())
        to = account or nobody
        mail_reset(session, settings, to, give_reset(session, account, at), at)
        if slow or account is None:
            done.rollback()


@router.get("/reset/{reset_token}", name="new_password")
def choose(request: Request, session: DbSession, reset_token: str, at: Now) -> Response:
    account = reset_of(session, reset_token, at)
    if account is None:
        return render(request, "accounts/gone.html", status=410, link="reset")
    return render(request, "accounts/new_password.html", form=Form(), email=account.email)


@router.post("/reset/{reset_token}")
def change(
    request: Request, session: DbSession, settings: CurrentSettings, reset_token: str, posted: Posted, at: Now
) -> Response:
    account, password = reset_of(session, reset_token, at), str(posted.get("password", ""))
    if account is None:
        return render(request, "accounts/gone.html", status=410, link="reset")
    if wrong := complaint_about(password, (account.name, account.email), settings.leaked):
        form = Form({}, [("password", wrong)])
        return render(request, "accounts/new_password.html", form=form, email=account.email, status=422)
    if reset_of(session, reset_token, at, used=True) is None:  # another press was first
        return render(request, "accounts/gone.html", status=410, link="reset")
    set_password(session, account, password)
    mail_notice(session, settings, account, "password", at)
    request.state.actor = "account", account.email
    return redirect(request, "/sign-in", flash=_("Your new password is in use. Sign in with it."))
