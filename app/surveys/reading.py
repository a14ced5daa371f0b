"""Reads the builder's forms, and fills them with what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData

from app.agenda.models import AgendaItem
from app.dates import place_in_zone
from app.events.models import Event
from app.forms import Reading
from app.language import gettext as _
from app.surveys.answering import CHOOSING
from app.surveys.choices import Wanted
from app.surveys.conditions import condition_columns, condition_value, conditions
from app.surveys.limits import SCALES, read_limits
from app.surveys.models import BACKGROUNDS, LEAST, QUESTION_KINDS, Question, Survey
from app.surveys.options import kept_values, option_values, read_options
from app.surveys.words import number_words

PROMISES = ("group", "person", "anonymous")
WITH_OPTIONS = (*CHOOSING, "matrix")


def survey_values(survey: Survey) -> dict[str, Any]:
    """Return a survey as the values of its form."""
    return {
        "title": survey.title,
        "introduction": survey.introduction,
        "promise": "anonymous" if survey.anonymous else survey.attribution,
        "background": survey.background,
        "least": survey.least,
        "closes_at": survey.closes_at.replace(tzinfo=None).isoformat(timespec="minutes") if survey.closes_at else None,
    }


def read_survey(event: Event, survey: Survey, posted: FormData) -> dict[str, Any]:
    """Return a survey's columns; raises Invalid. What is promised is as it was where the form does not ask it."""
    form = Reading(posted)
    values = {
        "title": form.line("title"),
        "introduction": form.text("introduction", most=20_000),
        **(_promise(form) if "promise" in posted else {}),
        "closes_at": _closing(form, event, survey.closes_at),
    }
    form.done()
    return values


def _promise(form: Reading) -> dict[str, Any]:
    promise = form.choice("promise", PROMISES) or "group"
    anonymous = promise == "anonymous"
    background, least = "none", 5
    if anonymous:
        background = form.choice("background", BACKGROUNDS) or "none"
        least = form.whole("least", least=LEAST[0], most=LEAST[-1]) or 5
    attribution = "person" if promise == "person" else "group"
    return {"anonymous": anonymous, "attribution": attribution, "background": background, "least": least}


def question_values(question: Question, *, used: bool = False) -> dict[str, Any]:
    """Return a question as the values of its form; used: it has been answered."""
    return {
        "text": question.text,
        "kind": question.kind,
        **(kept_values(question) if used else option_values(question)),
        "minimum": number_words(question.minimum),
        "maximum": number_words(question.maximum),
        "low": question.low,
        "high": question.high,
        "required": question.required,
        "help": question.help,
        "shown_if": condition_value(question),
        "agenda_item": question.agenda_item_id or "",
    }


def read_question(
    survey: Survey, items: Sequence[AgendaItem], posted: FormData, stored: Question | None = None
) -> tuple[dict[str, Any], list[Wanted]]:
    """Return a question's columns and its choices; raises Invalid."""
    form = Reading(posted)
    kind = form.choice("kind", QUESTION_KINDS, needed=_("Choose what kind of answer it takes."))
    heading = kind == "section"
    values: dict[str, Any] = {
        "text": form.text("text", needed=_("Write the heading.") if heading else _("Write the question."), most=2_000),
        "kind": kind,
        "help": form.text("help", most=2_000),
        "required": form.tick("required") and not heading,
        "low": form.line("low", most=200) if kind in SCALES else None,
        "high": form.line("high", most=200) if kind in SCALES else None,
    }
    wanted = read_options(form, kind, stored, survey.language) if kind in WITH_OPTIONS else []
    values |= read_limits(form, kind, sum(not one.retired for one in wanted))
    offered = [value for value, _words in conditions(survey, stored) if value]
    values |= condition_columns(form.choice("shown_if", offered), stored)
    item = form.choice("agenda_item", [str(item.id) for item in items])
    values["agenda_item_id"] = int(item) if item and not heading else None
    form.done()
    return values, wanted


def read_section(survey: Survey, posted: FormData) -> Question | None:
    """Return the section at whose end a new question is to stand, None for the end of all."""
    chosen = str(posted.get("section", ""))
    return next((one for one in survey.questions if one.kind == "section" and str(one.id) == chosen), None)


def _closing(form: Reading, event: Event, stored: datetime | None) -> datetime | None:
    closing = form.local_time("closes_at")
    if closing is None or (stored and stored.replace(tzinfo=None) == closing):
        return stored if closing else None  # with the offset that it may carry, which the form does not show
    try:
        place_in_zone(closing, event.time_zone)
    except ValueError:
        form.problem("closes_at", _("The clocks skip this time on that day. Choose an earlier or a later one."))
    return closing
