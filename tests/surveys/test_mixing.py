"""With the whole database in hand, and what PostgreSQL keeps of each row, no order leads from sheets to people."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from sqlalchemy import DateTime, String, column, delete, literal_column, select, text
from sqlalchemy.exc import OperationalError

from app.db import Instant, LocalTime
from app.events.models import Event
from app.people.models import Group, Person
from app.surveys.keeping import keep, send
from app.surveys.models import Answer, Draft, Question, Sheet, Survey, SurveyParticipation
from app.surveys.sheets import survey_of
from tests import cast

NOBODYS = (Sheet, Answer, Draft, SurveyParticipation)
PEOPLE, ROUNDS = 12, 4


@pytest.fixture
def crowd(database):
    """Twelve people and an anonymous survey of one question; returns the event's id and theirs."""
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Nimetön neuvosto"))
        people = [cast.person(session, f"Vieras Nimetön{place}").id for place in range(PEOPLE)]
        questions = [Question(key=key, position=place, kind="text", text=key) for place, key in enumerate("ab")]
        session.add(Survey(event_id=event.id, anonymous=True, questions=questions))
        event_id = event.id
    yield event_id, people
    with database.session() as session:
        session.execute(delete(Event).where(Event.id == event_id))
        session.execute(delete(Person).where(Person.family_name.like("Nimetön%")))
        session.execute(delete(Group).where(Group.name == "Nimetön neuvosto"))


def answer(database, event_id: int, people: list[int], by_chance: random.Random) -> list[str]:
    """Let everybody write, send and change in an order by chance, an act a transaction; returns the order of sending,
    as what each has written."""
    acts = [(person, act) for person in people for act in ("write", "write more", "send", "change")]
    by_chance.shuffle(acts)
    todo = {person: ["write", "write more", "send", "change"] for person in people}
    sent = []
    for person, _act in acts:
        act = todo[person].pop(0)
        with database.session() as session:
            survey = survey_of(session, event_id)
            first, second = survey.questions
            key = f"{person:040}"
            if act == "send":
                send(session, survey, key, person)
                sent.append(f"{person}")
            else:
                values = {first.id: f"{person}"} if act == "write" else {second.id: f"{act} {person}"}
                keep(session, survey, key, values)
    return sent


def orders(session, event_id: int) -> dict[str, list[str]]:
    """What each has written, in every order in which the database can give the rows."""
    survey = survey_of(session, event_id)
    said = Answer.question_id == survey.questions[0].id
    as_it_comes = select(Answer.text).where(said)
    by_sheet = select(Answer.text).join(Sheet, Sheet.id == Answer.sheet_id).where(said)
    found = {"answers": as_it_comes, "sheets": by_sheet, "sheet ids": by_sheet.order_by(Sheet.id)}
    if session.get_bind().dialect.name == "postgresql":
        place, sheet_place = text("answers.ctid"), text("sheets.ctid")
        found |= {"places": as_it_comes.order_by(place), "places of sheets": by_sheet.order_by(sheet_place)}
    return {name: list(session.scalars(query)) for name, query in found.items()}


def likeness(one: list[str], other: list[str]) -> float:
    """Spearman's rank correlation of two orders of the same: 1 for the same order, -1 for its reverse."""
    places = {item: place for place, item in enumerate(other)}
    n = len(one)
    return 1 - 6 * sum((place - places[item]) ** 2 for place, item in enumerate(one)) / (n * (n * n - 1))


@pytest.mark.long
def test_no_order_of_rows_is_that_of_sending(database, crowd):
    event_id, people = crowd
    found: dict[str, list[float]] = {}
    for round in range(ROUNDS):
        sent = answer(database, event_id, people, random.Random(round))
        with database.session() as session:
            for name, order in orders(session, event_id).items():
                found.setdefault(name, []).append(likeness(order, sent))
            for model in (Sheet, SurveyParticipation):
                session.execute(delete(model).where(model.survey_id == survey_of(session, event_id).id))
    # of orders by chance, the mean of four is within 0.75 but once in a million times
    assert {name: mean(several) for name, several in found.items() if abs(mean(several)) > 0.75} == {}


def test_all_rows_were_written_by_the_same_transaction(database, crowd):
    event_id, people = crowd
    answer(database, event_id, people, random.Random(7))
    with database.session() as session:
        if session.get_bind().dialect.name != "postgresql":
            for model in NOBODYS:
                with pytest.raises(OperationalError):
                    session.execute(select(column("rowid")).select_from(model.__table__))
            return
        survey = survey_of(session, event_id)
        sheets = select(Sheet.id).where(Sheet.survey_id == survey.id)
        traces = [
            select(*written_by(Sheet)).where(Sheet.survey_id == survey.id),
            select(*written_by(Answer)).where(Answer.sheet_id.in_(sheets)),
            select(*written_by(SurveyParticipation)).where(SurveyParticipation.survey_id == survey.id),
        ]
        seen = [set(map(tuple, session.execute(query))) for query in traces]
        assert [len(one) for one in seen] == [1, 1, 1]
        assert len({wrote for one in seen for wrote, _locked in one}) == 1


def written_by(model) -> list:
    """The transactions that wrote a row and that locked it last, as PostgreSQL keeps them (its manual, 5.6)."""
    return [literal_column(f"{model.__tablename__}.{name}::text", String) for name in ("xmin", "xmax")]


def test_no_table_of_theirs_knows_a_time_or_a_person():
    times = [
        one for model in NOBODYS for one in model.__table__.c if isinstance(one.type, Instant | LocalTime | DateTime)
    ]
    assert times == []
    refers = {key.target_fullname for model in (Answer, Draft) for key in model.__table__.foreign_keys}
    assert refers == {"sheets.id", "questions.id", "surveys.id"}
