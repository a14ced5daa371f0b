"""Puts the guest's page together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from app.dates import in_zone
from app.guests.browser_key import give_key, key_of, new_key
from app.guests.letter import contact_of, convener_of, online_of, reply_of, represented_by
from app.guests.needs import needs_of
from app.guests.opening import Guest
from app.guests.papers import papers_of
from app.guests.past import past_events
from app.guests.programme import guest_programme
from app.guests.qr import shows_code
from app.guests.survey import SurveyState, survey_state
from app.guests.words import answer_choices, answer_mark, answer_words, chosen_before
from app.invitations.facts import deadline_words
from app.language import gettext as _
from app.markdown import markdown
from app.memos.contents import open_rows
from app.settings import Settings
from app.surveys.blank import blank_of
from app.surveys.models import Survey
from app.surveys.showing import notes_of
from app.surveys.wording import said
from app.surveys.words import form_values, value_words
from app.web import Form, render

HEADERS = {"X-Robots-Tag": "noindex, nofollow"}


def page(
    request: Request, session: Session, guest: Guest, settings: Settings, at: datetime, *, status: int = 200,
    answer_form: Form | None = None, survey_form: Form | None = None, conflicts: Collection[int] = (),
    unsaved: list[str] | None = None, key: str | None = None, needs_form: Form | None = None,
) -> HTMLResponse:  # fmt: skip
    """Return the page as it stands now; a form that was refused shows what was typed, unsaved what came too late.

    conflicts: the questions of the survey's form whose answers another window has changed. key: the one that a browser
    gets in which an anonymous survey is answered, where it is a new one.
    """
    key = key or key_of(request, settings, guest)
    context = {"guest": guest, "event": guest.event, "contact": contact_of(session, settings, guest.event)}
    context |= {
        "unsaved": unsaved,
        "form": survey_form or answer_form or needs_form or Form(),
        "convener": convener_of(guest),
    }
    context["here"] = request.app.url_path_for("guest", public_id=guest.public_id)
    context |= {"papers": papers_of(session, guest.event), "past": past_events(session, guest)}
    if guest.answers:
        context |= _letter(session, guest, at, answer_form)
        context |= _survey(session, guest, key, at, survey_form, conflicts)
        context["needs"] = needs_of(session, settings, guest, context["reply"], at, needs_form)
    response = render(request, "guests/letter.html", status=status, headers=HEADERS, **context)
    if (survey := context.get("survey")) and survey.anonymous and not context["survey_state"].closed:
        give_key(response, settings, guest, survey, key or new_key(), at)
    return response


def _letter(session: Session, guest: Guest, at: datetime, form: Form | None) -> dict:
    event, reply = guest.event, reply_of(session, guest, at)
    stored = {"answer": chosen_before(reply), "comment": reply.response.comment} if reply.response else {}
    return {
        "reply": reply,
        "shows_code": shows_code(event, reply.response, in_zone(at, event.time_zone).date()),
        "answer_form": form or Form(stored),
        "answer_words": answer_words(reply),
        "answer_mark": answer_mark(reply),
        "choices": answer_choices(event, reply),
        "represented": represented_by(guest),
        "online": online_of(event),
        "deadline": deadline_words(event),
        "background": markdown(event.background, below=2),
        "programme": guest_programme(session, event, reply.standing),
        "open_matters": open_rows(session, event) if event.cancelled_at is None else (),
    }


def _survey(
    session: Session, guest: Guest, key: str | None, at: datetime, form: Form | None, conflicts: Collection[int]
) -> dict:
    survey = blank_of(session, guest.event.id)
    if survey is None or not survey.questions:
        return {"survey": None}
    state = survey_state(session, guest, survey, key, at)
    form = form or Form(form_values(survey, state.saved))
    notes = notes_of(survey, form, state.saved, conflicts)
    answers = [(note, answer) for id, note in notes.items() if (answer := _answer(survey, state, id))]
    return {
        "survey": survey,
        "survey_title": said(survey, "title") or _("Survey before the event"),
        "survey_state": state,
        "survey_form": form,
        "survey_notes": notes,
        "survey_answers": answers,
    }


def _answer(survey: Survey, state: SurveyState, id: int) -> str:
    question = next(question for question in survey.questions if question.id == id)
    return value_words(question, state.saved[id]) if id in state.saved else ""
