"""Where the mail leads that says that an answer was changed: a page that asks, and a press that puts it back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.db import DbSession
from app.events.queries import hold
from app.guests.letter import contact_of
from app.guests.opening import UNLISTED, guesses_counted, spoken_by
from app.invitations.saying import said_words
from app.invitations.undo_links import undo, undoing_of
from app.language import speaking
from app.secretariats.scope import add_to
from app.web import render

router = APIRouter()


@router.api_route("/i/undo/{token}", methods=["GET", "HEAD"], name="undo_answer")
def ask(token: str, request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Response:
    return page(token, request, session, settings, at, press=False)


@router.post("/i/undo/{token}")
def put_back(token: str, request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Response:
    return page(token, request, session, settings, at, press=True)


def page(token: str, request: Request, session, settings, at, *, press: bool) -> Response:
    """The page before the press and after it; what was counted as a guess is not told from what has ended."""
    with guesses_counted(request, at):
        undoing = undoing_of(session, settings, token, at)
    person, event = undoing.invitee.person, undoing.event
    request.state.actor, request.state.facts = ("link", "undo"), {"event_id": event.id}
    add_to(session, event.secretariat_id)
    with speaking(spoken_by(request, person.language, event.language)):
        context = {"event": event, "now": said_words(undoing.now), "before": said_words(undoing.before)}
        context["contact"] = contact_of(session, settings, event)
        if press:
            hold(session, event.id)
            undo(session, settings, undoing, at=at)
        return render(request, "guests/undo.html", headers=UNLISTED, done=press, name=person.name, **context)
