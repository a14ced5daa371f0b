"""A survey of all kinds with a board's networks to answer it; each story writes the sheets that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.events.models import Event
from app.people.models import Group, Person
from app.surveys.models import Answer, Choice, Question, Sheet, Survey
from app.surveys.parts import parts_of
from tests import cast

KINDS = {
    "väli": ("section", ()), "teksti": ("long_text", ()), "yksi": ("single_choice", ("Kyllä", "Ei", "Muu")),
    "monta": ("multiple_choice", ("Tiedotus", "Tapaamiset", "Muuta")), "asteikko": ("scale", ()),
    "taulukko": ("matrix", ("Tieto", "Työnjako")), "järjestys": ("ranking", ("Aika", "Raha", "Taito")),
    "luku": ("number", ()), "päivä": ("date", ()),
}  # fmt: skip


class Asking:
    """A survey of one question of each kind, by key; `answer` writes the next invitee's sheet."""

    def __init__(self, session: Session, event: Event, **columns):
        self.session, self.event = session, event
        columns.setdefault("closes_at", datetime(2026, 8, 31, 16, 0))  # tests stand at the first of September
        self.survey = Survey(event_id=event.id, title="Ennakkokysely", **columns)
        self.survey.questions = [_question(place, key, *how) for place, (key, how) in enumerate(KINDS.items())]
        session.add(self.survey)
        session.flush()
        self.questions: dict[str, Question] = {question.key: question for question in self.survey.questions}
        self.people: list[Person] = []

    def choice(self, key: str, place: int) -> int:
        return self.questions[key].choices[place].id

    def answer(self, values: Mapping[str, object], *groups: Group, sent: bool = True, name: str = "") -> Sheet:
        """Write a sheet of the next invitee, who represents these groups; of an anonymous survey nobody's."""
        number = len(self.people)
        person = cast.person(self.session, name or f"Vieras {chr(65 + number % 26)}{number // 26 or ''}")
        cast.invitee(self.session, self.event, person, *groups, position=number)
        self.people.append(person)
        anonymous = self.survey.anonymous
        sheet = Sheet(
            id=f"{(number * 7919 + 13) % 100_003:032x}", survey_id=self.survey.id, sent=sent,
            person_id=None if anonymous else person.id,
            background=f"group:{groups[0].id}" if anonymous and groups else None,
        )  # fmt: skip
        self.session.add(sheet)
        self.session.flush()
        for key, value in values.items():
            question = self.questions[key]
            for part in parts_of(question.kind, value):
                self.session.add(Answer(sheet_id=sheet.id, question_id=question.id, **part._asdict()))
        self.session.flush()
        return sheet


def _question(place: int, key: str, kind: str, choices: Sequence[str]) -> Question:
    question = Question(position=place, key=key, kind=kind, text=f"{key.capitalize()}?")
    question.choices = [
        Choice(position=number, text=text, open=text in ("Muu", "Muuta")) for number, text in enumerate(choices)
    ]
    return question
