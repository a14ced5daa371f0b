"""What the page is told of the answers that it has just posted: what is saved, what is wrong, what is asked now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData

from app import dates
from app.guests.filling import Filled, Visit
from app.language import gettext as _
from app.language import ngettext, spoken
from app.surveys.answering import field_name, shown
from app.surveys.models import Survey
from app.surveys.parts import stamp
from app.surveys.sheets import asked
from app.surveys.showing import kept_words
from app.surveys.words import form_values, problem_words


def reply_to(visit: Visit, filled: Filled, at: datetime) -> dict[str, Any]:
    """Return the reply to a saving, by the questions' ids: `kept`, `problems`, `conflicts` with the other window's
    fields and words, the new `stamps`, and which questions are `shown`."""
    values, questions = filled.held.values, {question.id: question for question in visit.survey.questions}
    wrong = {problem.question: problem_words(problem, questions[problem.question])[1] for problem in filled.problems}
    seen = shown(asked(visit.survey, values), values)
    return {
        "saved": saved_words(visit, at),
        "kept": [id for id in filled.carried if id not in wrong and id not in filled.conflicts],
        "stamps": {id: stamp(values.get(id)) for id in filled.carried if id not in wrong},
        "problems": wrong,
        "conflicts": {
            id: {"words": kept_words(questions[id], values.get(id)), "fields": fields_of(visit.survey, id, values)}
            for id in filled.conflicts
        },
        "shown": [question.id for question in seen],
        **progress_of(sum(question.id in values for question in seen), len(seen)),
    }


def saved_words(visit: Visit, at: datetime) -> str:
    time = dates.clock(dates.in_zone(at, visit.guest.event.time_zone), spoken())
    return _("Saved %(time)s") % {"time": time}


def progress_of(answered: int, asked: int) -> dict[str, Any]:
    words = ngettext("%(answered)s of %(num)s answered", "%(answered)s of %(num)s answered", asked)
    return {"answered": answered, "asked": asked, "progress": words % {"answered": answered, "num": asked}}


def fields_of(survey: Survey, id: int, values: dict[int, Any]) -> dict[str, list[str]]:
    """Return the values of one question's fields, as the form has them."""
    fields = form_values(survey, {id: values[id]}) if id in values else {}
    return {
        name: [str(one) for one in (value if isinstance(value, list) else [value])] for name, value in fields.items()
    }


def refilled(survey: Survey, filled: Filled, posted: FormData) -> FormData:
    """Return what a form that comes back shows: what was typed, and of what it did not carry, what is kept."""
    carried = {field_name(id) for id in filled.carried}
    kept = [
        (name, str(one))
        for name, value in form_values(survey, filled.held.values).items()
        if name.partition("-")[0] not in carried
        for one in (value if isinstance(value, list) else [value])
    ]
    return FormData([*posted.multi_items(), *kept])


def said_at_fields(survey: Survey, filled: Filled, problems: Iterable[Any]) -> list[tuple[str, str]]:
    """Return what a form that comes back says, by field."""
    questions = {question.id: question for question in survey.questions}
    sentence = _("Another window has saved another answer meanwhile. Nothing is lost: both are at the question.")
    said = [(problem.question, *problem_words(problem, questions[problem.question])) for problem in problems]
    said += [(id, field_name(id), sentence) for id in filled.conflicts]
    order = list(questions)
    return [(place, words) for _id, place, words in sorted(said, key=lambda one: order.index(one[0]))]
