from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.accounts.models import Account
from app.db import DbSession
from app.desk.line import event_line
from app.distribution.uses import freeze_pick
from app.errors import Invalid
from app.events.models import Event
from app.events.queries import RequestedEvent, hold
from app.forms import Reading
from app.invitations.candidates import candidates, term_of
from app.invitations.offers import offer_free_seats
from app.invitations.page import invitation_page
from app.invitations.picking import Picked, change_place, move, pick, remove
from app.invitations.places import bodies_of, read_bodies, role_options
from app.invitations.tables import picked_table
from app.invitations.updating import untold
from app.invitees.models import EVENT_ROLES, Invitee
from app.invitees.queries import invitee_by_id
from app.language import gettext as _
from app.language import ngettext, spoken
from app.settings import Settings
from app.spreadsheet import WantedFile, exported
from app.web import EditSession, Form, Posted, checked, is_htmx, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/invitation", name="invitation")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now,
    wanted: WantedFile, q: str | None = None, change: str = "", watch: str = "",
):  # fmt: skip
    if wanted:
        return exported(wanted, picked_table(invitation_page(session, settings, event, spoken(), at), event))
    block = "sending" if watch else "candidates" if q is not None else "picked"
    return page(request, session, settings, account, event, at, block=block, q=q or "", changing=change)


def place_values(invitee: Invitee) -> dict[str, Any]:
    """Return an invitee's place as its form shows it."""
    return {"role": invitee.role, "represents": [code for code, _name in bodies_of(invitee)]}


def page(
    request: Request, session, settings: Settings, account: Account, event: Event, at: datetime, *,
    block: str = "picked", status: int = 200, q: str = "", changing: str = "", said: str = "", form: Form | None = None,
) -> Response:  # fmt: skip
    """The page of inviting; to htmx one of its blocks: sending, picked or candidates."""
    shown = invitation_page(session, settings, event, spoken(), at)
    changed = next((row for row in shown.rows if str(row.invitee.id) == changing), None)
    if changed and form is None:
        form = Form(place_values(changed.invitee))
    whole = not is_htmx(request)
    return render(
        request, "invitations/invitation.html", block=block, status=status, account=account, event=event, shown=shown,
        found=candidates(session, q) if whole or block == "candidates" else [], q=q, said=said,
        stages=event_line(session, event, at) if whole or block == "picked" else [], changing=changed, form=form,
        places=role_options(session, changed.invitee) if changed else None, watched=block == "sending" and not whole,
        untold=untold(session, event) if whole else 0,
    )  # fmt: skip


def changed(request: Request, session, settings, account, event: Event, at: datetime, said: str) -> Response:
    """Answer a change of the list: to htmx the list itself, else the page with what was said."""
    if is_htmx(request):
        return page(request, session, settings, account, event, at, said=said)
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said)


@router.post("/events/{event_id:int}/invitees", name="pick_invitees")
def add(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
):  # fmt: skip
    term = term_of(str(posted.get("code", "")))
    picked = pick(session, event, term) if term else Picked(0, 0)
    if term:
        freeze_pick(session, term, event, at)
    return changed(request, session, settings, account, event, at, picked_words(picked))


def picked_words(picked: Picked) -> str:
    """Say what a pick did."""
    words = ngettext("%(num)s person was added.", "%(num)s people were added.", picked.added) % {"num": picked.added}
    if picked.known:
        known = ngettext("%(num)s was there already.", "%(num)s were there already.", picked.known)
        words += " " + known % {"num": picked.known}
    return words


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}", name="invitee")
def change(
    request: Request, session: EditSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    try:
        reading = Reading(checked(posted, place_values(invitee)))
        role, bodies = reading.choice("role", EVENT_ROLES), read_bodies(session, reading)
        reading.done()
    except Invalid as error:
        form, changing = Form.refused(posted, error), str(invitee.id)
        return page(request, session, settings, account, event, at, status=error.status, changing=changing, form=form)
    change_place(session, invitee, role=role, bodies=bodies)
    session.expire(invitee)
    said = _("The place of %(name)s is saved.") % {"name": invitee_by_id(session, event.id, invitee_id).person.name}
    return changed(request, session, settings, account, event, at, said)


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/position", name="invitee_position")
def reorder(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    move(session, event.id, invitee_id, by=-1 if posted.get("direction") == "up" else 1)
    session.flush()
    return changed(request, session, settings, account, event, at, _("The order is saved."))


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/remove", name="remove_invitee")
def take_off(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    name = invitee.person.name
    hold(session, event.id)
    remove(session, invitee, at=at)
    offer_free_seats(session, settings, event, at=at)
    return changed(request, session, settings, account, event, at, _("%(name)s was removed.") % {"name": name})
