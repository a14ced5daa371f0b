from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, session_cookie
from app.accounts.sessions import account_of, sign_in, sign_out
from app.db import DbSession
from app.language import LANGUAGES
from app.language import gettext as _
from app.web import Form, Posted, own_path, redirect, render

router = APIRouter()


@router.get("/sign-in", name="sign_in")
def show(request: Request, next: str = "/"):
    return render(request, "accounts/sign_in.html", form=Form({"next": own_path(next)}))


@router.post("/sign-in")
def enter(request: Request, session: DbSession, posted: Posted, at: Now, settings: CurrentSettings):
    entered = sign_in(session, str(posted.get("email", "")), str(posted.get("password", "")), at)
    if entered is None:
        problem = ("email", _("The address or the password is not right."))
        return render(request, "accounts/sign_in.html", form=Form(posted, [problem]), status=422)
    account, token = entered
    request.state.actor = "account", account.email
    response = redirect(request, own_path(str(posted.get("next", "/"))))
    secure = settings.https
    response.set_cookie(session_cookie(settings), token, httponly=True, secure=secure, samesite="lax", path="/")
    response.set_cookie("language", account.language, max_age=31536000, secure=secure, samesite="lax", path="/")
    return response


@router.post("/sign-out", name="sign_out")
def leave(request: Request, session: DbSession, settings: CurrentSettings, at: Now):
    token = request.cookies.get(session_cookie(settings), "")
    if account := account_of(session, token, at):
        request.state.actor = "account", account.email
    sign_out(session, token)
    response = redirect(request, "/sign-in", flash=_("You are signed out."))
    response.delete_cookie(session_cookie(settings), path="/", secure=settings.https, httponly=True)
    return response


@router.post("/language", name="language")
def speak(request: Request, posted: Posted, settings: CurrentSettings):
    response = redirect(request, own_path(str(posted.get("next", "/"))))
    chosen = posted.get("language")
    if chosen in LANGUAGES:
        response.set_cookie("language", chosen, max_age=31536000, secure=settings.https, samesite="lax", path="/")
    return response
