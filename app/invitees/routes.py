from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.invitations.answers import answer_words, answers_of, source_words
from app.invitations.link_words import link_state, told_not_theirs
from app.invitations.recording import record_answer
from app.invitations.tables import answers_table
from app.invitees.queries import invitee_by_id, responses_of
from app.invitees.rsvp import Answered, Seat, standing
from app.language import gettext as _
from app.secretariats.policy import KEEP
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, is_htmx, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/answers", name="answers")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now,
    wanted: WantedFile, show: str = "", open: str = "",
):  # fmt: skip
    if wanted:
        here = request.app.url_path_for("answers", event_id=event.id)
        return exported(wanted, answers_table(answers_of(session, settings, event, show, here, at), event))
    return answers_page(request, session, settings, account, event, at, show=show, opened=open)


def answers_page(
    request: Request, session, settings, account, event, at, *, show: str = "", opened: str = "",
    form: Form | None = None, said: str = "",
) -> Response:  # fmt: skip
    """The table, or to htmx its block; one row may stand open, with its history and the form for an answer."""
    here = request.app.url_path_for("answers", event_id=event.id)
    answers = answers_of(session, settings, event, show, here, at)
    row = next((row for row in answers.rows if str(row.invitee.id) == opened), None)
    keeps = KEEP in request.state.may  # whoever has a personal link answers by it: it is not for who may only look
    return render(
        request, "invitees/answers.html", block="answers", status=422 if form else 200, account=account, event=event,
        answers=answers, opened=row, show=show, said=said, form=form or Form({"source": "phone"}),
        stages=[] if is_htmx(request) and request.method == "GET" else event_line(session, event, at),
        not_theirs=told_not_theirs(session, event),
        keeps=keeps, link=link_state(session, settings, event, row.invitee) if row and keeps else None,
        history=history(session, event, row.invitee, answers.names) if row else [],
    )  # fmt: skip


def history(session, event, invitee, names) -> list[tuple[str, str, str]]:
    """All that an invitee has answered, the last first: the answer, how it came, and the comment."""
    return [
        (
            answer_words(
                standing(Seat(invitee.id), {invitee.id: Answered(one.choice, one.mode, one.substitute_id)}), one, names
            ),
            source_words(one, event),
            one.comment or "",
        )
        for one in responses_of(session, invitee.id)
    ]


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/answer", name="record_answer")
def record(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    shown = {"show": str(posted.get("show", "")), "opened": str(invitee.id)}
    try:
        record_answer(session, settings, event, invitee, posted, at=at)
    except Invalid as error:
        form = Form(posted, error.problems)
        return answers_page(request, session, settings, account, event, at, form=form, **shown)
    said = _("The answer of %(name)s is saved.") % {"name": invitee.person.name}
    if is_htmx(request):
        return answers_page(request, session, settings, account, event, at, show=shown["show"], said=said)
    return redirect(request, request.app.url_path_for("answers", event_id=event.id), flash=said)
