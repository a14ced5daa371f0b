"""The surveys that two people have both answered, by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.duplicates.joining import joined_answers
from app.events.models import Event
from app.surveys.models import Answer, Question, Sheet, Survey


@dataclass
class Sheets:
    """Two sheets of one survey, by person: their ids, whether sent, and the answers by question, in their parts."""

    survey_id: int
    event_title: str
    ids: dict[int, str] = field(default_factory=dict)
    sent: dict[int, bool] = field(default_factory=dict)
    answers: dict[int, dict[int, Any]] = field(default_factory=dict)
    shown_if: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def preferred(self) -> int:
        """The person who has sent theirs, else the one with the more answers; of equals the older record."""
        return min(self.ids, key=lambda it: (not self.sent[it], -len(self.answers[it]), it))

    def beside(self, person_id: int) -> int:
        return next(other for other in self.ids if other != person_id)

    def joined(self, stands: int) -> tuple[set[int], set[int]]:
        """Return which answers of the other sheet are taken over, and which are lost, when one person's stands."""
        return joined_answers(self.answers[stands], self.answers[self.beside(stands)], self.shown_if)

    @property
    def differ(self) -> bool:
        return any(self.joined(person_id)[1] for person_id in self.ids)


def sheets_of(session: Session, person_id: int, other_id: int) -> list[Sheets]:
    """Return the surveys of which both people have a sheet, in three statements."""
    query = (
        select(Sheet.id, Sheet.person_id, Sheet.sent, Sheet.survey_id, Event.title)
        .join(Survey, Survey.id == Sheet.survey_id)
        .join(Event, Event.id == Survey.event_id)
        .where(Sheet.person_id.in_((person_id, other_id)))
        .order_by(Event.starts_at, Sheet.survey_id)
    )
    surveys: dict[int, Sheets] = {}
    for sheet_id, owner, sent, survey_id, title in session.execute(query):
        pair = surveys.setdefault(survey_id, Sheets(survey_id, title))
        pair.ids[owner], pair.sent[owner] = sheet_id, sent
    pairs = [one for one in surveys.values() if len(one.ids) == 2]
    answers: dict[str, dict[int, Any]] = defaultdict(lambda: defaultdict(list))
    sheet_ids = [sheet_id for pair in pairs for sheet_id in pair.ids.values()]
    kept = select(Answer).where(Answer.sheet_id.in_(sheet_ids)).order_by(Answer.question_id, Answer.part)
    for answer in session.scalars(kept):
        answers[answer.sheet_id][answer.question_id].append((answer.part, answer.number, answer.text))
    asked = select(Question.id, Question.shown_if_id).where(Question.survey_id.in_([one.survey_id for one in pairs]))
    shown_if = dict(session.execute(asked).all())
    for pair in pairs:
        pair.answers = {owner: dict(answers[sheet_id]) for owner, sheet_id in pair.ids.items()}
        pair.shown_if = shown_if
    return pairs
