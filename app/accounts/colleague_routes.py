"""The people of the secretariat: who is there, invited or gone. For owners."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import CurrentSettings, Now, Signed
from app.accounts.colleagues import (
    change_role,
    colleague,
    colleagues,
    end_access,
    invitation_by_id,
    invitations,
    invite,
    is_only_owner,
    may_grant,
    renew,
    why_not_invited,
)
from app.accounts.letters import mail_invitation
from app.accounts.models import Account
from app.accounts.words import role_help, role_words
from app.audit.granting import role_facts
from app.db import DbSession
from app.errors import Invalid, NotAllowed
from app.forms import Reading
from app.language import LANGUAGES
from app.language import gettext as _
from app.secretariats.models import Secretariat
from app.web import Form, Posted, redirect, render

router = APIRouter()


def roles_offered(request: Request) -> list[tuple[str, str, str]]:
    """The roles that whoever asks may give, with what each may."""
    words, help = role_words(), role_help()
    return [(role, words[role], help[role]) for role in words if may_grant(request.state.role, role)]


def people_page(
    request: Request, session: Session, account: Account, at: Now, form: Form | None = None, status: int = 200
) -> Response:
    """The list of a secretariat's people, of those invited, and the form that invites one."""
    place = request.state.secretariat_id
    form = form or Form({"role": "secretary", "language": account.language})
    return render(
        request, "accounts/people.html", status=status, account=account, form=form, people=colleagues(session, place),
        invited=invitations(session, place), roles=roles_offered(request), words=role_words(), at=at,
        secretariat=session.get_one(Secretariat, place),
    )  # fmt: skip


@router.get("/accounts", name="accounts")
def show(request: Request, session: DbSession, account: Signed, at: Now) -> Response:
    return people_page(request, session, account, at)


@router.post("/accounts")
def add(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, posted: Posted, at: Now
) -> Response:
    place = request.state.secretariat_id
    try:
        values = read_invitation(request, session, posted, place)
    except Invalid as error:
        return people_page(request, session, account, at, Form(posted, error.problems), 422)
    invited = invite(session, place, **values, at=at)
    request.state.facts = role_facts(invited.invitation.email, role=values["role"])
    mail_invitation(session, settings, invited, account.name, at)
    return redirect(request, "/accounts", _("%(name)s was invited.") % {"name": values["name"]})


def read_invitation(request: Request, session: Session, posted: Posted, secretariat_id: int) -> dict[str, str]:
    """Return who is invited to what; raises Invalid, and NotAllowed for a role above one's own."""
    form = Reading(posted)
    email = form.address("email", needed=_("Write your colleague's e-mail address."))
    name = form.line("name", needed=_("Write your colleague's name."), most=200)
    role = form.choice("role", list(role_words()), needed=_("Choose a role."))
    language = form.choice("language", list(LANGUAGES), needed=_("Choose a language."))
    if email and (why := why_not_invited(session, secretariat_id, email)):
        form.problem("email", why)
    form.done()
    if not may_grant(request.state.role, str(role)):
        raise NotAllowed
    return {"email": str(email), "name": str(name), "role": str(role), "language": str(language)}


@router.post("/accounts/invitations/{invitation_id:int}", name="account_invitation")
def change_invitation(
    request: Request, session: DbSession, account: Signed, settings: CurrentSettings, invitation_id: int,
    posted: Posted, at: Now,
) -> Response:  # fmt: skip
    invitation = invitation_by_id(session, request.state.secretariat_id, invitation_id)
    name = {"name": invitation.name}
    request.state.facts = role_facts(invitation.email, role=invitation.role)
    if posted.get("action") == "withdraw":
        session.delete(invitation)
        return redirect(
            request, "/accounts", _("The invitation of %(name)s was withdrawn: its link opens nothing.") % name
        )
    if not may_grant(request.state.role, invitation.role):
        raise NotAllowed
    mail_invitation(session, settings, renew(session, invitation, at), account.name, at)
    return redirect(request, "/accounts", _("%(name)s gets a new link; the one before opens nothing any more.") % name)


@router.get("/accounts/{account_id:int}", name="colleague")
def show_one(request: Request, session: DbSession, account: Signed, account_id: int) -> Response:
    one, role = colleague(session, request.state.secretariat_id, account_id)
    form = Form({"role": role.role})
    return render(
        request, "accounts/colleague.html", account=account, one=one, form=form, roles=roles_offered(request),
        secretariat=session.get_one(Secretariat, request.state.secretariat_id),
        only=is_only_owner(session, request.state.secretariat_id, role),
    )  # fmt: skip


@router.post("/accounts/{account_id:int}")
def change(request: Request, session: DbSession, account: Signed, account_id: int, posted: Posted) -> Response:
    one, role = colleague(session, request.state.secretariat_id, account_id)
    to = Reading(posted).choice("role", list(role_words()))
    if to is None or not may_grant(request.state.role, to) or not may_grant(request.state.role, role.role):
        raise NotAllowed
    request.state.facts = role_facts(one.email, role=to, was=role.role)
    if to != role.role:
        change_role(session, request.state.secretariat_id, role, to)
    said = _("%(name)s is now %(role)s, and signs in anew.") % {"name": one.name, "role": role_words()[to]}
    return redirect(request, "/accounts", said)


@router.post("/accounts/{account_id:int}/end", name="end_access")
def end(request: Request, session: DbSession, account: Signed, account_id: int, at: Now) -> Response:
    one, role = colleague(session, request.state.secretariat_id, account_id)
    if not may_grant(request.state.role, role.role):
        raise NotAllowed
    request.state.facts = role_facts(one.email, was=role.role)
    end_access(session, request.state.secretariat_id, role, at)
    return redirect(request, "/accounts", _("%(name)s has no access any more.") % {"name": one.name})
