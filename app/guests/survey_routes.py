"""The survey on the guest's page: the whole form, and each answer as it is written."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData

from app.access import CurrentSettings, Now
from app.db import DbSession, Turn
from app.errors import Ended, NotFound, ProofNeeded, Refused
from app.guests.browser_key import give_key, key_of, new_key
from app.guests.filling import Elsewhere, Filled, Visit, fill_in, lacks, send_in
from app.guests.opening import UNLISTED, Guest, RequestedGuest, refuse_another
from app.guests.page import page
from app.guests.receipts import send_receipt
from app.guests.replying import TooLate
from app.guests.survey_reply import refilled, reply_to, said_at_fields
from app.guests.writing import Writer, writer_of
from app.language import gettext as _
from app.language import speaking
from app.surveys.blank import blank_of
from app.web import Form, Posted, redirect

router = APIRouter()


def visit_of(request: Request, session, guest: Guest | Writer, posted: FormData, settings) -> Visit:
    """Who is at which survey; raises NotFound where there is none to answer, Refused for another link's form."""
    refuse_another(guest, posted.get("public_id"))
    survey = blank_of(session, guest.event.id) if guest.answers else None
    if survey is None or not survey.questions:
        raise NotFound
    owner = (key_of(request, settings, guest) or new_key()) if survey.anonymous else guest.person.id
    return Visit(guest, survey, owner)


@router.post("/m/{public_id}/survey", name="guest_survey")
def survey(
    request: Request, session: DbSession, guest: RequestedGuest, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    """Keep the whole form; with the button that sends it, send it too."""
    visit = visit_of(request, session, guest, posted, settings)
    try:
        filled = fill_in(session, visit, posted, at)
    except (TooLate, Elsewhere) as late:
        return page(request, session, guest, settings, at, unsaved=late.texts, status=409)
    sends = posted.get("act") == "send"
    problems = lacks(visit.survey, filled) if sends else filled.problems
    if problems or filled.conflicts:
        return form_again(request, session, visit, filled, problems, posted, settings, at)
    flash = sent(session, settings, visit, filled, at, receipt=bool(posted.get("receipt"))) if sends else None
    return with_key(request, visit, settings, at, redirect(request, f"{guest_url(request, visit)}#survey", flash))


def sent(session, settings, visit: Visit, filled: Filled, at, *, receipt: bool) -> str | None:
    """Send the sheet, and a copy where it is wanted; returns what the next page says of that."""
    send_in(session, visit)
    return send_receipt(session, settings, visit, filled.held.values, at) if receipt else None


@router.post("/m/{public_id}/survey/answers", name="guest_survey_answers")
def answers(
    public_id: str, request: Request, _turn: Turn, posted: Posted, settings: CurrentSettings, at: Now
) -> Response:
    """Keep the answers of some questions, as they are written: from the beginning of the transaction to its end in one
    thread, since each change of thread costs as much as a query."""
    with request.app.state.database.session() as session:
        try:
            writer = writer_of(public_id, request, session, settings, at)
        except ProofNeeded:
            sentence = _("Open the page again and ask for a code: what you have written since is not saved.")
            return JSONResponse({"closed": sentence}, 409, UNLISTED)
        except Ended:
            return JSONResponse({"closed": too_late()}, 410, UNLISTED)
        with speaking(writer.language):
            visit = visit_of(request, session, writer, posted, settings)
            return with_key(request, visit, settings, at, kept(session, visit, posted, at))


def kept(session, visit: Visit, posted: FormData, at) -> Response:
    """Keep some questions' answers, and tell what came of it."""
    try:
        filled = fill_in(session, visit, posted, at)
    except TooLate:
        return JSONResponse({"closed": too_late()}, 409, UNLISTED)
    except Refused as refused:
        return JSONResponse({"closed": refused.message}, 409, UNLISTED)
    status = 409 if filled.conflicts else 422 if filled.problems else 200
    return JSONResponse(reply_to(visit, filled, at), status, UNLISTED)


def too_late() -> str:
    return _("Answering has closed: what you have written since is not saved. You can copy it from the fields.")


def form_again(request, session, visit: Visit, filled, problems, posted, settings, at) -> Response:
    """The page with what was typed, and what is wrong with it; what is not is kept."""
    form = Form(refilled(visit.survey, filled, posted), said_at_fields(visit.survey, filled, problems))
    return page(
        request, session, visit.guest, settings, at, survey_form=form, conflicts=filled.conflicts,
        status=409 if filled.conflicts else 422, key=visit.owner if visit.survey.anonymous else None,
    )  # fmt: skip


def with_key(request: Request, visit: Visit, settings, at, response: Response) -> Response:
    if visit.survey.anonymous and key_of(request, settings, visit.guest) is None:
        give_key(response, settings, visit.guest, visit.survey, str(visit.owner), at)
    return response


def guest_url(request: Request, visit: Visit) -> str:
    return str(request.app.url_path_for("guest", public_id=visit.guest.public_id))
