"""The addresses of guests: /i/ opens a link from a mail, /m/ is what it opens. GET and HEAD write nothing."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.access import CurrentSettings, Now
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.guests.comment_page import comment_page
from app.guests.letter import reply_of
from app.guests.opening import (
    UNLISTED,
    Guest,
    LinkHolder,
    RequestedGuest,
    checked_link,
    leads_to_door,
    let_in,
    refuse_another,
)
from app.guests.page import page
from app.guests.programme import material_file
from app.guests.proof_page import proof_page
from app.guests.qr import qr_code
from app.guests.replying import TooLate, reply
from app.invitations.entries import calendar_file
from app.links.links import address_of
from app.web import Form, Posted, redirect

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/i/{token}", methods=READ, name="open_link")
def open_from_mail(token: str, request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Response:
    link = checked_link(session, request, token, at)
    door = None
    if leads_to_door(request, session, link, at):
        door = request.app.url_path_for("day_person", event_id=link.event_id, person_id=link.person_id)
    return let_in(request, settings, link.public_id, token, door)


@router.api_route("/m/{public_id}", methods=READ, name="guest")
def show(request: Request, session: DbSession, guest: LinkHolder, settings: CurrentSettings, at: Now) -> Response:
    if not guest.proven:
        return proof_page(request, session, guest, settings)
    if guest.comments:
        return comment_page(request, session, guest, settings, at)
    return page(request, session, guest, settings, at)


@router.api_route("/m/{public_id}/calendar.ics", methods=READ, name="guest_calendar")
def calendar(session: DbSession, guest: RequestedGuest, settings: CurrentSettings, at: Now) -> Response:
    if not guest.answers or guest.event.cancelled_at is not None:
        raise NotFound
    content = calendar_file(session, settings, guest.event, guest.invitee, at=at)
    named = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=UNLISTED | named)


@router.api_route("/m/{public_id}/code.svg", methods=READ, name="guest_code_image")
def code_image(guest: RequestedGuest, settings: CurrentSettings) -> Response:
    """The personal link as a QR code, to be shown at the door."""
    if not guest.answers:
        raise NotFound
    return Response(
        qr_code(address_of(settings, guest.link)), media_type="image/svg+xml; charset=utf-8", headers=UNLISTED
    )


@router.api_route("/m/{public_id}/materials/{material_id:int}", methods=READ, name="guest_material")
def material(session: DbSession, guest: RequestedGuest, material_id: int, at: Now) -> Response:
    if not guest.answers:
        raise NotFound
    return material_file(session, guest, reply_of(session, guest, at).standing, material_id)


@router.api_route("/m/{public_id}/answer", methods=READ)
@router.api_route("/m/{public_id}/survey", methods=READ)
@router.api_route("/m/{public_id}/comments", methods=READ)
def read_again(public_id: str, request: Request) -> Response:
    """A form's own address, come to by changing the language or reloading after a refusal, is the page again."""
    return RedirectResponse(request.app.url_path_for("guest", public_id=public_id), 303, UNLISTED)


@router.post("/m/{public_id}/answer", name="guest_answer")
def answer(
    request: Request, session: DbSession, guest: RequestedGuest, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    refuse_another(guest, posted.get("public_id"))
    if not guest.answers:
        raise NotFound
    try:
        with session.begin_nested():
            reply(session, settings, guest, reply_of(session, guest, at), posted, at)
    except Invalid as invalid:
        return page(request, session, guest, settings, at, answer_form=Form(posted, invalid.problems), status=422)
    except TooLate as late:
        return page(request, session, guest, settings, at, unsaved=late.texts, status=409)
    return redirect(request, back(request, guest, "answer"))


def back(request: Request, guest: Guest, place: str) -> str:
    return f"{request.app.url_path_for('guest', public_id=guest.public_id)}#{place}"
