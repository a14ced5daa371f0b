"""Orders the questions of a survey; none may stand before the question whose answer it waits for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import Invalid, Refused
from app.language import gettext as _
from app.surveys.models import Question, Survey
from app.surveys.sequence import last_of_section, moved, out_of_order, rearranged


def move_question(session: Session, survey: Survey, question: Question, steps: int) -> None:
    """Move a question up (negative) or down by a number of places, not past the ends. Past the edge of a section it
    goes over into the neighbour. Raises Refused where a condition would stand before what it depends on."""
    _arrange(session, survey, moved(_order(survey), question.id, steps))


def reorder(session: Session, survey: Survey, wanted: Sequence[int]) -> None:
    """Put questions in a wanted order; raises Refused as `move_question` does."""
    _arrange(session, survey, rearranged(_order(survey), wanted))


def place_at_end(survey: Survey, question: Question, section: Question | None) -> None:
    """Put a new question at the end of a section, or of all; raises Invalid where what it waits for comes later."""
    sections = {one.id for one in survey.questions if one.kind == "section"}
    place = len(survey.questions)
    if section is not None and question.kind != "section":
        place = last_of_section(_order(survey), sections, section.id)
    later = next((one for one in survey.questions[place:] if one.id == question.shown_if_id), None)
    if later is not None:
        sentence = _("“%(asked)s” comes only later. Put this question at the end, or choose another condition.")
        raise Invalid([("shown_if", sentence % {"asked": later.text})])
    survey.questions.insert(place, question)
    for position, one in enumerate(survey.questions):
        one.position = position


def _order(survey: Survey) -> list[int]:
    return [question.id for question in survey.questions]


def _arrange(session: Session, survey: Survey, order: Sequence[int]) -> None:
    by_id = {question.id: question for question in survey.questions}
    waits_for = {question.id: question.shown_if_id for question in survey.questions if question.shown_if_id}
    new = out_of_order(order, waits_for) - out_of_order(_order(survey), waits_for)
    if new:
        question, asked = min(new)
        sentence = _("“%(question)s” is asked only after an answer to “%(asked)s”, so it cannot stand before it.")
        raise Refused(sentence % {"question": by_id[question].text, "asked": by_id[asked].text})
    for place, id in enumerate(order):
        by_id[id].position = place
    survey.questions.sort(key=lambda question: question.position)
    session.flush()
