"""The summary of a survey, in the language of the moment: what the results page shows and the paper prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.language import spoken
from app.people.models import Person
from app.people.words import bodies_joined, body_name
from app.surveys.answering import Asked, scale_of
from app.surveys.counting import FEWEST, Counted, count
from app.surveys.models import Answer, Question, Sheet, Survey
from app.surveys.parts import Part
from app.surveys.sheets import values_of
from app.surveys.wording import said
from app.surveys.words import number_words, value_words


@dataclass(frozen=True)
class QuestionSummary:
    """rows: (label, count), the count being points for a ranking; texts: (text, whose, or None where that is not told).

    answered: how many answered this question; suppressed: too few to tell anything.
    """

    text: str
    kind: str
    answered: int
    rows: list[tuple[str, int]]
    texts: list[tuple[str, str | None]]
    mean: float | None
    suppressed: bool


@dataclass(frozen=True)
class Summary:
    """rate: the share of those invited who answered, 0 to 1; suppressed: fewer than five answers in all."""

    title: str | None
    introduction: str | None
    closes_at: datetime | None
    anonymous: bool
    invited: int
    answered: int
    rate: float
    questions: list[QuestionSummary]

    @property
    def suppressed(self) -> bool:
        return self.anonymous and self.answered < FEWEST


def summary_of(session: Session, survey: Survey, event: Event) -> Summary:
    """Return the summary of a survey (loaded by `sheets.survey_of`), in at most six queries."""
    sent = Sheet.survey_id == survey.id, Sheet.sent.is_(True)
    sheets = session.execute(select(Sheet.id, Sheet.person_id).where(*sent)).all()
    invitees = [] if survey.anonymous else invitees_of(session, event.id)
    invited = session.scalar(select(func.count()).where(Invitee.event_id == event.id))
    seats = {invitee.person_id: place for place, invitee in enumerate(invitees)}
    order = sorted(sheets, key=lambda sheet: (seats.get(sheet.person_id, len(seats)), sheet.id))
    places = {sheet.id: place for place, sheet in enumerate(order)}
    whose = _whose(session, survey, invitees, [sheet.person_id for sheet in order])
    answers = _answers(session, survey, places)
    return Summary(
        title=said(survey, "title") or None,
        introduction=said(survey, "introduction") or None,
        closes_at=survey.closes_at,
        anonymous=survey.anonymous,
        invited=invited,
        answered=len(sheets),
        rate=min(len(sheets) / invited, 1.0) if invited else 0.0,
        questions=[
            _summed(survey, question, answers[question.id], whose, len(sheets)) for question in survey.questions
        ],
    )


def may_show(survey: Survey, closed: bool) -> bool:
    """Whether figures may be shown: of an anonymous survey only once it has closed, lest the difference between two
    looks tell what the one in between has answered."""
    return closed or not survey.anonymous


def _answers(session: Session, survey: Survey, places: Mapping[str, int]) -> dict[int, list[tuple[int, Any]]]:
    query = select(Answer.sheet_id, Answer.question_id, Answer.part, Answer.number, Answer.text)
    query = query.join(Sheet, Sheet.id == Answer.sheet_id).where(Sheet.survey_id == survey.id, Sheet.sent.is_(True))
    parts: dict[str, dict[int, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(query):
        parts[row.sheet_id][row.question_id].append(Part(row.part, row.number, row.text))
    answers: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for sheet, held in parts.items():
        for question, value in values_of(survey, held).items():
            answers[question].append((places[sheet], value))
    for given in answers.values():
        given.sort(key=lambda one: one[0])
    return answers


def _whose(
    session: Session, survey: Survey, invitees: Sequence[Invitee], people: Sequence[int | None]
) -> list[str | None]:
    """Return for each sheet whose answers they are, as far as was declared before answering."""
    if survey.anonymous:
        return [None] * len(people)
    if survey.attribution == "person":
        names = {person.id: person.name for person in session.scalars(select(Person).where(Person.id.in_(people)))}
        return [names.get(person) for person in people]
    groups = {invitee.person_id: _bodies(invitee) for invitee in invitees}
    return [groups.get(person) or None for person in people]


def _bodies(invitee: Invitee) -> str:
    return bodies_joined([body_name(one.group or one.organisation, spoken()) for one in invitee.represents], spoken())


def _summed(
    survey: Survey, question: Question, answers: Sequence[tuple[int, Any]], whose: Sequence[str | None], sheets: int
) -> QuestionSummary:
    counted = count(question.kind, _options(question), answers, anonymous=survey.anonymous, sheets=sheets)
    return QuestionSummary(
        text=said(question, "text"),
        kind=question.kind,
        answered=counted.answered,
        rows=_rows(question, counted),
        texts=[(_text(value), whose[place]) for place, value in counted.written],
        mean=counted.mean,
        suppressed=counted.suppressed,
    )


def _options(question: Question) -> list[int]:
    if question.kind == "scale":
        low, high = scale_of(Asked(question.id, question.kind, minimum=question.minimum, maximum=question.maximum))
        return list(range(low, high + 1))
    return [choice.id for choice in question.choices]


def _rows(question: Question, counted: Counted) -> list[tuple[str, int]]:
    return [(value_words(question, option), number) for option, number in counted.counts.items()]


def _text(value: Any) -> str:
    return number_words(value) if isinstance(value, int | float) else str(value)
