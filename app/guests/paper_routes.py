"""The papers that a link opens: of its own event, and of earlier ones that its owner took part in. GET and HEAD write
nothing; that somebody opened the memo is noted by a press alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.access import CurrentSettings, Now
from app.db import DbSession
from app.events.models import Event
from app.guests.letter import contact_of
from app.guests.opening import UNLISTED, RequestedGuest
from app.guests.page import HEADERS
from app.guests.papers import attachment_file, memo_file, note_opened, package_file, papers_of, word_file
from app.guests.past import past_event
from app.people.words import body_name
from app.web import render

router = APIRouter()
READ = ["GET", "HEAD"]
OWN, PAST = "/m/{public_id}", "/m/{public_id}/past/{event_id:int}"


def asked_for(request: Request, session: DbSession, guest: RequestedGuest) -> Event:
    """The event whose papers are asked for; raises NotFound for one that the link does not open."""
    event_id = request.path_params.get("event_id")
    return guest.event if event_id is None else past_event(session, guest, event_id)


OfEvent = Annotated[Event, Depends(asked_for, scope="function")]


@router.api_route(PAST, methods=READ, name="past_event")
def past(request: Request, session: DbSession, guest: RequestedGuest, event: OfEvent, settings: CurrentSettings):
    context = {"guest": guest, "event": event, "papers": papers_of(session, event)}
    context |= {"convener": body_name(event.convener, guest.language), "here": request.url.path}
    context["contact"] = contact_of(session, settings, guest.event)
    return render(request, "guests/past.html", headers=HEADERS, **context)


@router.post(f"{OWN}/memo", name="open_memo")
@router.post(f"{PAST}/memo", name="open_past_memo")
def open_memo(request: Request, session: DbSession, guest: RequestedGuest, event: OfEvent, at: Now) -> Response:
    """The press that is counted, which leads on to the file."""
    note_opened(session, event, guest.person.id, at)
    return RedirectResponse(f"{request.url.path}.pdf", 303, UNLISTED)


@router.api_route(f"{OWN}/memo.pdf", methods=READ, name="guest_memo")
@router.api_route(f"{PAST}/memo.pdf", methods=READ, name="past_memo")
def memo(session: DbSession, event: OfEvent) -> Response:
    return memo_file(session, event)


@router.api_route(f"{OWN}/memo.docx", methods=READ, name="guest_memo_in_word")
@router.api_route(f"{PAST}/memo.docx", methods=READ, name="past_memo_in_word")
def in_word(session: DbSession, event: OfEvent) -> Response:
    return word_file(session, event)


@router.api_route(f"{OWN}/papers.zip", methods=READ, name="guest_package")
@router.api_route(f"{PAST}/papers.zip", methods=READ, name="past_package")
def package(session: DbSession, event: OfEvent) -> Response:
    return package_file(session, event)


@router.api_route(f"{OWN}/attachments/{{number:int}}", methods=READ, name="guest_attachment")
@router.api_route(f"{PAST}/attachments/{{number:int}}", methods=READ, name="past_attachment")
def attachment(session: DbSession, event: OfEvent, number: int) -> Response:
    return attachment_file(session, event, number)
