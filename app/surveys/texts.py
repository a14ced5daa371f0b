"""Reads what was written: answers in words, and the words beside an open choice.

Anonymous ones come in the order of the alphabet, so that their order says nothing of who came before whom, and answers
to different questions do not come in the same one. Named ones of one reading come in the order of the invitees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, exists, func, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from app.db import chunks
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.language import spoken
from app.people.models import Person
from app.people.words import bodies_joined, body_name
from app.surveys.figures import LeftOut, counted_answers
from app.surveys.models import Answer, Question, Quote, Sheet, Survey
from app.surveys.words import number_words

WRITTEN = ("text", "long_text")


@dataclass(frozen=True)
class Written:
    """One written answer. whose: as far as that was declared before answering; place: the invitee's, for the order."""

    sheet: str
    part: int
    text: str
    whose: str | None = None
    place: int = 0


@dataclass(frozen=True)
class Texts:
    """What was written to one question, and whether there is more of it."""

    written: Sequence[Written] = field(default_factory=list)
    more: bool = False


def texts_of(
    session: Session,
    survey: Survey,
    event: Event,
    questions: Iterable[Question],
    out: LeftOut,
    *,
    most: int | None = None,
    quotes: bool = False,
) -> dict[int, Texts]:
    """Return what was written to each question that takes words, at most so many, in at most four statements.

    out: the sheets that do not count. quotes: only those chosen for the summary, where any is chosen of a question.
    """  # fmt: skip
    limbs = [texts_to(survey, question, out) for question in questions if has_texts(survey, question)]
    if not limbs:
        return {}
    chosen = [_quoted(limb) if quotes else limb for limb in limbs]
    parts = [select((limb.limit(most + 1) if most else limb).subquery()) for limb in chosen]
    rows = read(session, survey, event, union_all(*parts).subquery())
    return {id: Texts(texts[:most], most is not None and len(texts) > most) for id, texts in rows.items()}


def has_texts(survey: Survey, question: Question) -> bool:
    """Whether a question's answers are read one by one; the numbers of an anonymous survey never are."""
    if question.kind in WRITTEN:
        return True
    if question.kind == "number":
        return not survey.anonymous
    return any(choice.open for choice in question.choices)


def texts_to(survey: Survey, question: Question, out: LeftOut) -> Select[Any]:
    """Return the query of what was written to one question, in order."""
    columns = Answer.question_id, Answer.sheet_id, Answer.part, Answer.number, Answer.text
    query = counted_answers(select(*columns).where(Answer.question_id == question.id), out)
    if question.kind not in (*WRITTEN, "number"):
        own = [choice.id for choice in question.choices if choice.open]
        query = query.where(Answer.part.in_(own), Answer.text.is_not(None))
    if survey.anonymous:
        return query.order_by(func.lower(Answer.text), Answer.text)
    return query.order_by(Answer.part, Answer.number, Answer.sheet_id)  # as the index has them


def read(session: Session, survey: Survey, event: Event, wanted: Any) -> dict[int, list[Written]]:
    """Return the answers of a subquery like `texts_to` by question, in order, each with whose it is."""
    query = select(wanted, Sheet.person_id).join(Sheet, Sheet.id == wanted.c.sheet_id)
    rows = session.execute(query).all()
    whose = {} if survey.anonymous else whose_answers(session, survey, event, {row.person_id for row in rows})
    found: dict[int, list[Written]] = defaultdict(list)
    for row in rows:
        place, name = whose.get(row.person_id, (len(whose), None))
        words = row.text if row.text is not None else number_words(row.number)
        found[row.question_id].append(Written(row.sheet_id, row.part, words, name, place))
    for texts in found.values():
        texts.sort(key=_alphabet if survey.anonymous else _seat)
    return found


def whose_answers(session: Session, survey: Survey, event: Event, people: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return of each person their place among the invitees and, as was declared, their name or whom they represent."""
    found: dict[int, tuple[int, str]] = {}
    by_name = survey.attribution == "person"
    loads = (joinedload(Invitee.person),) if by_name else ()
    represented = selectinload(Invitee.represents)
    bodies = represented.joinedload(Representation.group), represented.joinedload(Representation.organisation)
    query = select(Invitee).options(*(loads or bodies)).where(Invitee.event_id == event.id)
    for ids in chunks(one for one in people if one is not None):
        for invitee in session.scalars(query.where(Invitee.person_id.in_(ids))):
            found[invitee.person_id] = invitee.position, (invitee.person.name if by_name else bodies_of(invitee))
    if by_name:
        gone = [one for one in people if one is not None and one not in found]  # who is no longer an invitee
        found |= _names(session, gone) if gone else {}
    return found


def bodies_of(invitee: Invitee) -> str | None:
    """Whom an invitee represents, in the language of the moment; None for nobody."""
    names = [body_name(one.group or one.organisation, spoken()) for one in invitee.represents]
    return bodies_joined(names, spoken()) or None


def _names(session: Session, people: Sequence[int]) -> Mapping[int, tuple[int, str]]:
    last = 1_000_000_000
    found: dict[int, tuple[int, str]] = {}
    for ids in chunks(people):
        found |= {
            person.id: (last, person.name) for person in session.scalars(select(Person).where(Person.id.in_(ids)))
        }
    return found


def _quoted(query: Select[Any]) -> Select[Any]:
    """Only those that were chosen, or all where none is."""
    this = Quote.question_id == Answer.question_id
    chosen = exists().where(this, Quote.sheet_id == Answer.sheet_id, Quote.part == Answer.part)
    return query.where(chosen | ~exists().where(this))


def _alphabet(written: Written) -> tuple[str, str]:
    return written.text.casefold(), written.text


def _seat(written: Written) -> tuple[int, str]:
    return written.place, written.sheet
