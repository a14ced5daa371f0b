"""What a reader of a draft sends: comments, other wordings, changes of their own, and that they are done."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now
from app.comments import saying
from app.comments.saying import Closed, hold_round
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.forms import key_of
from app.guests.comment_page import Typed, comment_page, place_from, reading_of
from app.guests.opening import RequestedReader, refuse_another
from app.language import gettext as _
from app.web import Form, Posted, redirect

router = APIRouter()


@router.post("/m/{public_id}/comments", name="guest_comments")
def say(
    request: Request, session: DbSession, guest: RequestedReader, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    refuse_another(guest, posted.get("public_id"))
    verb, _dash, number = str(posted.get("action", "")).partition("-")
    try:
        if verb == "remove":
            return remove(request, session, guest, key_of(number), settings, at)
        place, flash = done_as_asked(session, guest, verb, key_of(number), posted, at)
    except Invalid as invalid:
        place = place_from(posted) if verb == "say" else None
        typed = Typed(place, key_of(number), Form(posted, invalid.problems))
        return comment_page(request, session, guest, settings, at, typed=typed, status=422)
    except Closed as closed:
        return comment_page(request, session, guest, settings, at, unsaved=closed.texts, status=409)
    here = request.app.url_path_for("guest", public_id=guest.public_id)
    return redirect(request, f"{here}#{place}", flash)


def done_as_asked(session, guest, verb: str, comment_id: int | None, posted, at) -> tuple[str, str | None]:
    """Do what a button says; returns the place on the page to go back to, and what is said at its top."""
    held, reader = reading_of(session, guest)
    hold_round(session, held)
    session.refresh(reader, ["comments", "done_at"])  # another window may have sent the same
    text, proposed = str(posted.get("text", "")), posted.get("proposed")
    proposed = None if proposed is None else str(proposed)
    if verb == "say":
        comment = saying.say(session, held, reader, place_from(posted), text, proposed, at=at)
        return f"comment-{comment.id}", None
    if verb == "change" and comment_id is not None:
        comment = saying.change(session, held, reader, comment_id, text, proposed, at=at)
        return f"comment-{comment.id}", None
    if verb not in ("done", "more"):
        raise NotFound
    saying.done(held, reader, at=at, more=verb == "more")
    thanks = _("Thank you. It is noted that you have nothing more to say.")
    return "yours", thanks if verb == "done" else None


def remove(request: Request, session, guest, comment_id: int | None, settings, at) -> Response:
    """Take one of one's own away, and show the page with the way to put it back."""
    held, reader = reading_of(session, guest)
    hold_round(session, held)
    session.refresh(reader, ["comments", "done_at"])  # another window may have sent the same
    removed = saying.remove(session, held, reader, comment_id or 0, at=at)
    return comment_page(request, session, guest, settings, at, removed=removed)
