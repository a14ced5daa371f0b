"""Reads the builder's forms, and fills them with what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData

from app.agenda.models import AgendaItem
from app.dates import place_in_zone
from app.events.models import Event
from app.forms import Reading, clean_line
from app.language import gettext as _
from app.surveys.answering import CHOOSING
from app.surveys.models import QUESTION_KINDS, Question, Survey
from app.surveys.showing import options_of
from app.surveys.words import number_words

PROMISES = ("group", "person", "anonymous")
LIMITED = ("scale", "number", "multiple_choice", "text", "long_text")
MOST_CHOICES = 100


def survey_values(survey: Survey) -> dict[str, Any]:
    """Return a survey as the values of its form."""
    return {
        "title": survey.title,
        "introduction": survey.introduction,
        "promise": "anonymous" if survey.anonymous else survey.attribution,
        "closes_at": survey.closes_at.replace(tzinfo=None).isoformat(timespec="minutes") if survey.closes_at else None,
    }


def read_survey(event: Event, survey: Survey, posted: FormData) -> dict[str, Any]:
    """Return a survey's columns; raises Invalid."""
    form = Reading(posted)
    promise = form.choice("promise", PROMISES) or "group"
    values = {
        "title": form.line("title"),
        "introduction": form.text("introduction", most=20_000),
        "anonymous": promise == "anonymous",
        "attribution": "person" if promise == "person" else "group",
        "closes_at": _closing(form, event, survey.closes_at),
    }
    form.done()
    return values


def question_values(question: Question) -> dict[str, Any]:
    """Return a question as the values of its form."""
    after = f"{question.shown_if_id}:{question.shown_if_value}" if question.shown_if_id else ""
    return {
        "text": question.text,
        "kind": question.kind,
        "choices": "\n".join(choice.text for choice in question.choices),
        "minimum": number_words(question.minimum),
        "maximum": number_words(question.maximum),
        "required": question.required or "",
        "help": question.help,
        "shown_if": after,
        "agenda_item": question.agenda_item_id or "",
    }


def read_question(
    survey: Survey, items: Sequence[AgendaItem], posted: FormData, stored: Question | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Return a question's columns and its choices; raises Invalid."""
    form = Reading(posted)
    kind = form.choice("kind", QUESTION_KINDS, needed=_("Choose what kind of answer it takes."))
    values: dict[str, Any] = {
        "text": form.text("text", needed=_("Write the question."), most=2_000),
        "kind": kind,
        "help": form.text("help", most=2_000),
        "required": form.tick("required"),
        **_limits(form, kind),
        **_condition(form, survey, stored),
    }
    item = form.choice("agenda_item", [str(item.id) for item in items])
    values["agenda_item_id"] = int(item) if item else None
    choices = _choices(form) if kind in CHOOSING else []
    form.done()
    return values, choices


def conditions(survey: Survey, stored: Question | None = None) -> list[tuple[str, str]]:
    """Return after which answers a question can be asked: those of the choices and scales before it, in words."""
    before = survey.questions if stored is None else survey.questions[: survey.questions.index(stored)]
    found = [
        (f"{question.id}:{value}", _("“%(answer)s” to “%(question)s”") % {"answer": words, "question": question.text})
        for question in before
        if question.kind in ("single_choice", "multiple_choice", "scale")
        for value, words in options_of(question)
    ]
    current = question_values(stored)["shown_if"] if stored is not None else ""
    if current and current not in dict(found):
        found.append((current, _("As the event file says")))
    return [("", _("Everybody is asked")), *found]


def _closing(form: Reading, event: Event, stored: datetime | None) -> datetime | None:
    closing = form.local_time("closes_at")
    if closing is None or (stored and stored.replace(tzinfo=None) == closing):
        return stored if closing else None  # with the offset that it may carry, which the form does not show
    try:
        place_in_zone(closing, event.time_zone)
    except ValueError:
        form.problem("closes_at", _("The clocks skip this time on that day. Choose an earlier or a later one."))
    return closing


def _limits(form: Reading, kind: str | None) -> dict[str, float | None]:
    if kind not in LIMITED:
        return {"minimum": None, "maximum": None}
    least, most = _limit(form, "minimum", kind), _limit(form, "maximum", kind)
    if least is not None and most is not None and (most < least or (kind == "scale" and most == least)):
        form.problem("maximum", _("The largest must be more than the smallest."))
    elif kind == "scale" and (5 if most is None else most) - (1 if least is None else least) > 10:
        form.problem("maximum", _("A scale may have at most eleven steps, such as 0 to 10."))
    return {"minimum": least, "maximum": most}


def _limit(form: Reading, name: str, kind: str) -> float | None:
    if kind != "number":
        return form.whole(name, least=-1000 if kind == "scale" else 0, most=100_000)
    text = clean_line(str(form.posted.get(name) or ""), 20).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12:  # NaN is not less than anything
        form.problem(name, _("Write a number, such as 12 or 3.5."))
        return None
    return value


def _condition(form: Reading, survey: Survey, stored: Question | None) -> dict[str, Any]:
    chosen = form.choice("shown_if", [value for value, _words in conditions(survey, stored) if value])
    if not chosen:
        return {"shown_if_id": None, "shown_if_value": None}
    if stored is not None and chosen == question_values(stored)["shown_if"]:
        return {"shown_if_id": stored.shown_if_id, "shown_if_value": stored.shown_if_value}
    question, value = chosen.split(":", 1)
    return {"shown_if_id": int(question), "shown_if_value": int(value)}


def _choices(form: Reading) -> list[str]:
    text = form.text("choices", needed=_("Write the options, one on each line."), most=20_000) or ""
    choices = [line for line in (clean_line(line, 1_000) for line in text.split("\n")) if line]
    if text and len(choices) < 2:
        form.problem("choices", _("Write at least two options, one on each line."))
    elif len(set(choices)) < len(choices):
        form.problem("choices", _("Two options are the same. Write each once."))
    elif len(choices) > MOST_CHOICES:
        form.problem("choices", _("There may be at most %(most)s options.") % {"most": MOST_CHOICES})
    return choices
