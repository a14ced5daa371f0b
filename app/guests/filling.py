"""Takes what an invitee has posted of the survey: keeps what can be kept, and tells what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.errors import Refused
from app.forms import clean_text
from app.guests.opening import Guest
from app.guests.replying import TooLate
from app.guests.survey import is_closed
from app.language import gettext as _
from app.mail.outbox import supersede_reminders
from app.surveys.answering import Asked, Problem, field_name, lacking, read_one, shown, stamp_field
from app.surveys.backgrounds import background_of
from app.surveys.closing import keep_closed
from app.surveys.keeping import Owner, keep_in, locked, send
from app.surveys.models import Survey
from app.surveys.sheets import Held, asked, has_answered
from app.surveys.wording import said
from app.surveys.words import value_words

Posted = Mapping[str, Sequence[str]]
FIELD = re.compile(r"q[0-9]+(-other)?")


@dataclass(frozen=True)
class Visit:
    """A guest at the survey; owner: whose sheet it is (`app/surveys/keeping.py`)."""

    guest: Guest
    survey: Survey
    owner: Owner


class Elsewhere(Refused):
    """The guest has sent an anonymous sheet in another browser; texts are what this one wrote, to be copied."""

    def __init__(self, message: str, texts: list[str]):
        super().__init__(message)
        self.texts = texts


@dataclass
class Filled:
    """What came of a form: what is kept now, which questions it carried, and what is wrong with their answers."""

    held: Held
    carried: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: frozenset[int] = frozenset()


def fill_in(session: Session, visit: Visit, posted: FormData, at: datetime) -> Filled:
    """Keep the posted answers, but for those that are wrong, and those that another window has changed meanwhile.

    Raises TooLate with all that was written once the survey has closed, or the event is cancelled; Elsewhere for a
    second anonymous sheet.
    """
    survey, fields = visit.survey, _clean(posted)
    if is_closed(visit.guest, survey, at):
        raise TooLate(_written(survey, fields))
    held = locked(session, survey, visit.owner)
    if survey.anonymous and not (held and held.sent) and has_answered(session, survey, visit.guest.person.id):
        sentence = _("You have answered this survey. Anonymous answers cannot be found again to change them.")
        raise Elsewhere(sentence, _written(survey, fields))
    carried = [one for one in asked(survey, held.values if held else {}) if _carried(one, fields)]
    read = {question.id: read_one(question, fields) for question in carried}
    problems = [value for value in read.values() if isinstance(value, Problem)]
    sound = {id: value for id, value in read.items() if not isinstance(value, Problem)}
    was = {id: next(iter(fields.get(stamp_field(id), ())), "") for id in sound}
    kept = keep_in(session, survey, visit.owner, held, _without(sound, fields), was)
    return Filled(kept.held, [question.id for question in carried], problems, kept.conflicts)


def lacks(survey: Survey, filled: Filled) -> list[Problem]:
    """Return what keeps a sheet from being sent: what is wrong, and what the questions that are asked still lack."""
    values, wrong = filled.held.values, {problem.question for problem in filled.problems}
    missing = [lacking(one, values.get(one.id)) for one in shown(asked(survey, values), values) if one.id not in wrong]
    return [*filled.problems, *(problem for problem in missing if problem is not None)]


def send_in(session: Session, visit: Visit) -> None:
    """Send the sheet as it is kept, and let no reminder follow."""
    survey, guest = visit.survey, visit.guest
    keep_closed(session, survey, guest.event)
    send(session, survey, visit.owner, guest.person.id, background_of(session, survey, guest.invitee))
    if not survey.anonymous:  # of an anonymous survey, nothing of the person is written beside what they have sent
        supersede_reminders(session, guest.event.id, guest.person.id, "survey")


def _clean(posted: FormData) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, text in posted.multi_items():  # each once: to look a name up among all takes as long as there are fields
        if isinstance(text, str):
            fields.setdefault(name, []).append(clean_text(text))
    return fields


def _carried(question: Asked, fields: Posted) -> bool:
    """Whether a form had this question: an empty choice leaves no field of its own, but its stamp."""
    name = field_name(question.id)
    return question.kind != "section" and any(one == name or one.startswith(f"{name}-") for one in fields)


def _without(values: Mapping[int, Any], fields: Posted) -> dict[int, Any]:
    """Leave out where the person has taken the other window's text instead."""
    return {id: value for id, value in values.items() if str(id) not in fields.get("take", ())}


def _written(survey: Survey, fields: Posted) -> list[str]:
    """Return everything that a form held, in words, a question each: to be copied."""
    found = []
    by_id = {question.id: question for question in survey.questions}
    for question in asked(survey):
        value = read_one(question, fields) if _carried(question, fields) else None
        wrong = isinstance(value, Problem)
        words = "\n".join(fields.get(field_name(question.id), ())) if wrong else ""
        words = words if wrong or value is None else value_words(by_id[question.id], value)
        if words:
            found.append(f"{said(by_id[question.id], 'text')}\n{words}")
    known = {f"q{question.id}" for question in asked(survey)}
    strange = [name for name in fields if FIELD.fullmatch(name) and name.partition("-")[0] not in known]
    return found + [text for name in strange for text in fields[name] if text and not text.isdigit()]
