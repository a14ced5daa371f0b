from __future__ import annotations

from fastapi import APIRouter, Request

from app import cookies
from app.access import CurrentSettings, Now
from app.accounts.entering import after_password, count_wrong, let_in, trier_of, wait_of
from app.accounts.limits import forgive
from app.accounts.models import Account
from app.accounts.one_time import accepts
from app.accounts.passkeys import party_of
from app.accounts.sessions import by_password, seat_of, sign_out
from app.accounts.tokens import look, take
from app.db import DbSession
from app.language import LANGUAGES
from app.language import gettext as _
from app.secretariats.scope import add_to
from app.web import Form, Posted, own_path, redirect, render

router = APIRouter()
MOST_WRONG_CODES = 5


@router.get("/sign-in", name="sign_in")
def show(request: Request, next: str = "/"):
    return sign_in_page(request, Form({"next": own_path(next)}))


def sign_in_page(request: Request, form: Form, status: int = 200):
    """The page on which somebody signs in, by whatever way this installation has."""
    settings = request.app.state.settings
    shown = {"form": form, "party": party_of(settings), "organisation": settings.organisation}
    return render(request, "accounts/sign_in.html", status=status, **shown)


@router.post("/sign-in")
def enter(request: Request, session: DbSession, posted: Posted, at: Now, settings: CurrentSettings):
    email = str(posted.get("email", ""))[:254]
    who = trier_of(request, settings, email)
    if wait := wait_of(session, who, at):
        return sign_in_page(request, Form(posted, [("password", wait)]), 429)
    account = by_password(session, email, str(posted.get("password", "")))
    if account is None:
        count_wrong(request, session, who, at)
        problem = ("email", _("The address or the password is not right."))
        return sign_in_page(request, Form(posted, [problem]), 422)
    return after_password(request, session, settings, account, who, at, str(posted.get("next", "/")))


@router.get("/sign-in/code", name="sign_in_code")
def ask_for_code(request: Request, next: str = "/"):
    return render(request, "accounts/code.html", form=Form({"next": own_path(next)}))


@router.post("/sign-in/code")
def enter_code(request: Request, session: DbSession, posted: Posted, at: Now, settings: CurrentSettings):
    step = look(session, "code", cookies.kept(request, settings, "second"), at, hold=True)
    account = session.get(Account, step.account_id) if step else None
    if step is None or account is None or account.ended_at is not None:
        return begin_again(request, settings)
    who = trier_of(request, settings, account.email)
    request.state.actor = "account", account.email
    if wait := wait_of(session, who, at):
        return render(request, "accounts/code.html", status=429, form=Form(posted, [("code", wait)]))
    if accepts(session, settings.secret, account.id, str(posted.get("code", ""))[:60], at):
        take(session, "code", cookies.kept(request, settings, "second"), at)
        forgive(session, who)
        return let_in(request, session, settings, account, at, str(posted.get("next", "/")))
    count_wrong(request, session, who, at)
    return refuse_code(request, session, settings, step, posted, at)


def refuse_code(request: Request, session: DbSession, settings: CurrentSettings, step, posted: Posted, at: Now):
    """Say that a code was wrong; after the fifth one begins with the password anew."""
    step.wrong += 1
    if step.wrong >= MOST_WRONG_CODES:
        take(session, "code", cookies.kept(request, settings, "second"), at)
        return begin_again(request, settings)
    problem = ("code", _("This code is not right, or was used already. Wait for the next one in your app."))
    return render(request, "accounts/code.html", status=422, form=Form({"next": posted.get("next")}, [problem]))


def begin_again(request: Request, settings: CurrentSettings):
    request.state.refused = True
    response = redirect(
        request, "/sign-in", flash=_("This took too long, or too many codes were wrong. Sign in again.")
    )
    cookies.forget(response, settings, "second")
    return response


@router.post("/sign-out", name="sign_out")
def leave(request: Request, session: DbSession, settings: CurrentSettings, at: Now):
    token = cookies.kept(request, settings, "session") or ""
    if seat := seat_of(session, token, at):
        request.state.actor = "account", seat.account.email
        if seat.secretariat_id is not None:
            add_to(session, seat.secretariat_id)
    else:
        request.state.refused = True  # nobody left: a stranger fills no trail
    sign_out(session, token)
    response = redirect(request, "/sign-in", flash=_("You are signed out."))
    cookies.forget(response, settings, "session")
    return response


@router.post("/language", name="language")
def speak(request: Request, posted: Posted, settings: CurrentSettings):
    response = redirect(request, own_path(str(posted.get("next", "/"))))
    chosen = str(posted.get("language"))
    if chosen in LANGUAGES:
        cookies.keep(response, settings, "language", chosen, cookies.YEAR)
    return response
