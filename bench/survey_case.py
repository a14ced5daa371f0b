"""The survey that is measured: twenty questions of all kinds, answered by as many invented people as one asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.people.collation import order_key
from app.people.models import Group, Person
from app.surveys.models import Answer, Choice, Question, Sheet, Survey
from app.surveys.parts import Other, parts_of

KINDS = [
    "long_text", "single_choice", "scale", "multiple_choice", "matrix", "number", "long_text", "single_choice",
    "scale", "ranking", "date", "multiple_choice", "text", "single_choice", "scale", "matrix", "number",
    "multiple_choice", "long_text", "single_choice",
]  # fmt: skip
GROUPS = 20
WORDS = "silta tie kunta verkosto yhteistyö tavoite tiedon jakaminen palvelu saavutettavuus tuki kokemus".split()


def survey_case(session: Session, people: int) -> tuple[Event, Survey, list[int]]:
    """Make an event whose survey so many people have answered, but one, who is the first; return their ids too."""
    start = (datetime.now(UTC) + timedelta(days=10)).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    groups = [Group(name=f"Verkosto {number + 1}") for number in range(GROUPS)]
    session.add_all(groups)
    session.flush()
    event = Event(
        title="Siltojen iltapäivä", convener_id=groups[0].id, starts_at=start, language="fi",
        ends_at=start + timedelta(hours=2),
    )  # fmt: skip
    session.add(event)
    session.flush()
    survey = Survey(event_id=event.id, title="Ennakkokysely", questions=[_question(n) for n in range(len(KINDS))])
    session.add(survey)
    session.flush()
    ids = _invited(session, event, [group.id for group in groups], people + 1)
    chance = Random(people)
    sheets = [f"{chance.getrandbits(128):032x}" for _one in ids[1:]]
    own = {"survey_id": survey.id, "sent": True}
    session.execute(
        insert(Sheet), [{"id": id, "person_id": who, **own} for id, who in zip(sheets, ids[1:], strict=True)]
    )
    for start in range(0, len(sheets), 500):
        session.execute(insert(Answer), list(_answers(chance, survey, sheets[start : start + 500])))
    return event, survey, ids


def sheet_of_all_kinds(survey: Survey, chance: Random) -> dict[int, object]:
    """Return one person's answers to all questions, by their ids."""
    return {question.id: _value(question, chance) for question in survey.questions}


def _question(place: int) -> Question:
    kind = KINDS[place]
    question = Question(position=place, key=f"k{place}", kind=kind, text=f"Kysymys {place + 1}?")
    words = [f"Vaihtoehto {number + 1}" for number in range(5)]
    question.choices = [
        Choice(position=number, text=text, open=number == 4 and kind == "multiple_choice")
        for number, text in enumerate(words)
        if kind in ("single_choice", "multiple_choice", "ranking", "matrix")
    ]
    return question


def _invited(session: Session, event: Event, groups: list[int], people: int) -> list[int]:
    rows = [
        {
            "given_name": "Kutsuttu", "family_name": f"Numero {number}", "email": f"kutsuttu{number}@rm.example",
            "language": "fi", "order_key": order_key(f"Numero {number}", "Kutsuttu"), "found_by": "",
        }
        for number in range(people)
    ]  # fmt: skip
    ids = sorted(session.scalars(insert(Person).returning(Person.id), rows))
    places = [{"event_id": event.id, "person_id": id, "position": place} for place, id in enumerate(ids)]
    invitees = sorted(session.scalars(insert(Invitee).returning(Invitee.id), places))
    session.execute(insert(Representation), [
        {"invitee_id": id, "position": 0, "group_id": groups[place % len(groups)]} for place, id in enumerate(invitees)
    ])  # fmt: skip
    return ids


def _answers(chance: Random, survey: Survey, sheets: list[str]) -> Iterator[dict[str, object]]:
    for sheet in sheets:
        for question in survey.questions:
            for part in parts_of(question.kind, _value(question, chance)):
                yield {"sheet_id": sheet, "question_id": question.id, **part._asdict()}


def _value(question: Question, chance: Random) -> object:
    choices = [choice.id for choice in question.choices]
    match question.kind:
        case "long_text" | "text":
            return " ".join(chance.choices(WORDS, k=20 if question.kind == "long_text" else 4)).capitalize() + "."
        case "single_choice":
            return chance.choice(choices)
        case "multiple_choice":
            return [*chance.sample(choices[:4], 2), *([Other(choices[4], "muuta")] if chance.random() < 0.1 else [])]
        case "scale":
            return chance.randint(1, 5)
        case "matrix":
            return {row: chance.randint(1, 5) for row in choices}
        case "ranking":
            return chance.sample(choices, len(choices))
        case "number":
            return chance.randint(0, 200)
    return f"2026-{chance.randint(1, 12):02}-15"
