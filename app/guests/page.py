"""Puts the guest's page together."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from app.guests.letter import contact_of, convener_of, online_of, programme_of, reply_of, represented_by
from app.guests.opening import Guest
from app.guests.papers import papers_of
from app.guests.survey import survey_state
from app.guests.words import answer_choices, answer_mark, answer_words, chosen_before
from app.invitations.facts import deadline_words
from app.markdown import markdown
from app.settings import Settings
from app.surveys.sheets import survey_of
from app.surveys.showing import notes_of
from app.surveys.words import form_values
from app.web import Form, render

HEADERS = {"X-Robots-Tag": "noindex, nofollow"}


def page(
    request: Request, session: Session, guest: Guest, settings: Settings, at: datetime, *, status: int = 200,
    answer_form: Form | None = None, survey_form: Form | None = None, unsaved: list[str] | None = None,
) -> HTMLResponse:  # fmt: skip
    """Return the page as it stands now; a form that was refused shows what was typed, unsaved what came too late."""
    context = {"guest": guest, "event": guest.event, "contact": contact_of(session, settings, guest.event)}
    context |= {"unsaved": unsaved, "form": survey_form or answer_form or Form(), "convener": convener_of(guest)}
    context["here"] = request.app.url_path_for("guest", public_id=guest.public_id)
    context["papers"] = papers_of(session, guest.event)
    if guest.answers:
        context |= _letter(session, guest, at, answer_form) | _survey(session, guest, at, survey_form)
    return render(request, "guests/letter.html", status=status, headers=HEADERS, **context)


def _letter(session: Session, guest: Guest, at: datetime, form: Form | None) -> dict:
    event, reply = guest.event, reply_of(session, guest, at)
    stored = {"answer": chosen_before(reply), "comment": reply.response.comment} if reply.response else {}
    return {
        "reply": reply,
        "answer_form": form or Form(stored),
        "answer_words": answer_words(reply),
        "answer_mark": answer_mark(reply),
        "choices": answer_choices(event, reply),
        "represented": represented_by(guest),
        "online": online_of(event),
        "deadline": deadline_words(event),
        "background": markdown(event.background, below=2),
        "programme": programme_of(session, event),
    }


def _survey(session: Session, guest: Guest, at: datetime, form: Form | None) -> dict:
    survey = survey_of(session, guest.event.id)
    if survey is None or not survey.questions:
        return {"survey": None}
    state = survey_state(session, guest, survey, at)
    form = form or Form(form_values(survey, state.saved))
    notes = notes_of(survey, form, state.saved)
    return {"survey": survey, "survey_state": state, "survey_form": form, "survey_notes": notes}
