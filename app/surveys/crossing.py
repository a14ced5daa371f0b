"""The figures of a survey beside each other by the class of those who answered: their group, or their organisation.

Of a named survey the class is the first group that an invitee represents, or the first organisation, else their own. An
anonymous sheet carries its class itself, where the survey gathers it; written answers are never read by class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import CTE, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.language import gettext as _
from app.language import spoken
from app.people.models import Group, Organisation, Person
from app.people.words import body_name
from app.surveys.answering import steps_of
from app.surveys.counting import Counted, Tally, count
from app.surveys.figures import IN_PARTS, counts
from app.surveys.models import Answer, Question, Sheet, Survey
from app.surveys.suppressing import hidden
from app.surveys.tally import choice_words
from app.surveys.wording import said
from app.surveys.words import number_words

CLASSES = ("group", "organisation")
CROSSED = ("single_choice", "multiple_choice", "scale", "matrix", "ranking", "number")
Class = int | None  # the id of a group or an organisation; None where there is none


@dataclass(frozen=True)
class Crossed:
    """One question by class. headings: (class, how many of it answered); rows: (what, a cell for each class, for all).

    hidden: how many classes are left out; measure: what a cell is.
    """

    text: str
    headings: Sequence[tuple[str, int]]
    rows: Sequence[tuple[str, Sequence[str]]]
    hidden: int
    measure: str


def ways(survey: Survey) -> list[str]:
    """Return by which classes a survey may be crossed: an anonymous one only by that which its sheets carry."""
    if survey.anonymous:
        return [survey.background] if survey.background in CLASSES else []
    return list(CLASSES)


def crossed(session: Session, survey: Survey, event: Event, by: str, closed: bool, sheets: int) -> list[Crossed]:
    """Return every question with figures by class, in four statements; sheets: how many there are.

    Nothing of an anonymous survey that is open, or that fewer than `survey.least` have answered.
    """
    if survey.anonymous and (not closed or sheets < survey.least):
        return []
    cells = _Cells(session, survey, event, by, closed)
    names = _names(session, by, cells.sheets)
    order = sorted(cells.sheets, key=lambda one: (one is None, names[one].casefold()))
    shown = classes_shown(survey, cells.sheets, cells.answered)
    asked = [question for question in survey.questions if question.kind in CROSSED]
    return [
        _crossed(survey, question, cells, [(one, names[one]) for one in order if one in shown[question.id]], names)
        for question in asked
        if not survey.anonymous or sum(cells.answered[question.id].values()) >= survey.least
    ]


def classes_shown(
    survey: Survey, sheets: Mapping[Class, int], answered: Mapping[int, Mapping[Class, int]]
) -> dict[int, set[Class]]:
    """Return which classes are shown of each question: of a named survey all.

    What a question hides stays hidden in those that are asked only after an answer to it, or that stand under such a
    heading (app/surveys/suppressing.py).
    """
    everyone = set(sheets)
    if not survey.anonymous:
        return {question.id: everyone for question in survey.questions}
    in_all = hidden(sheets, survey.least)
    away: dict[int, set[Class]] = {}
    section: set[Class] = set()
    for question in survey.questions:
        already = in_all | section | away.get(question.shown_if_id, set())
        if question.kind == "section":
            section = away.get(question.shown_if_id, set())
            away[question.id] = already
            continue
        there = {one: answered.get(question.id, {}).get(one, 0) for one in sheets}
        away[question.id] = hidden(there, survey.least, already)
    return {id: everyone - gone for id, gone in away.items()}


class _Cells:
    """What is counted by class: the sheets, who answered each question, its tallies."""

    def __init__(self, session: Session, survey: Survey, event: Event, by: str, closed: bool):
        self.sheets: dict[Class, int] = {}
        self.answered: dict[int, dict[Class, int]] = defaultdict(lambda: defaultdict(int))
        self.tallies: dict[int, dict[Class, list[Tally]]] = defaultdict(lambda: defaultdict(list))
        of = _classes(survey, event, by, closed)
        for one, number in session.execute(select(of.c.of, func.count()).group_by(of.c.of)):
            self.sheets[_id(one)] = number
        self._count(session, survey, of)
        self._count_in_parts(session, survey, of)

    def _count(self, session: Session, survey: Survey, of: CTE) -> None:
        kinds = {question.id: question.kind for question in survey.questions if question.kind in CROSSED}
        keys = of.c.of, Answer.question_id, Answer.part, Answer.number
        query = select(*keys, func.count()).join(of, of.c.sheet == Answer.sheet_id)
        query = query.where(Answer.question_id.in_(list(kinds))).group_by(*keys)
        for one, question, part, number, amount in session.execute(query):
            self.tallies[question][_id(one)].append(Tally(part, number, amount))
            if kinds[question] != "ranking" or number == 1:
                self.answered[question][_id(one)] += amount

    def _count_in_parts(self, session: Session, survey: Survey, of: CTE) -> None:
        ids = [question.id for question in survey.questions if question.kind in IN_PARTS]
        keys = of.c.of, Answer.question_id
        query = select(*keys, func.count(Answer.sheet_id.distinct())).join(of, of.c.sheet == Answer.sheet_id)
        for one, question, amount in session.execute(query.where(Answer.question_id.in_(ids)).group_by(*keys)):
            self.answered[question][_id(one)] = amount


def _classes(survey: Survey, event: Event, by: str, closed: bool) -> CTE:
    """The sheets that count, each with the class of the one who answered: once for all answers on it."""
    if survey.anonymous:
        query = select(Sheet.id.label("sheet"), Sheet.background.label("of"))
        return query.where(counts(survey, closed)).cte("classes").prefix_with("MATERIALIZED")
    column = Representation.group_id if by == "group" else Representation.organisation_id
    other = aliased(Representation)
    own = other.group_id if by == "group" else other.organisation_id
    first = select(func.min(other.position)).where(other.invitee_id == Invitee.id, own.is_not(None)).scalar_subquery()
    mine = and_(Invitee.person_id == Sheet.person_id, Invitee.event_id == event.id)
    represents = and_(Representation.invitee_id == Invitee.id, Representation.position == first, column.is_not(None))
    of = column if by == "group" else func.coalesce(column, Person.organisation_id)
    query = select(Sheet.id.label("sheet"), of.label("of")).select_from(Sheet).outerjoin(Invitee, mine)
    query = query.outerjoin(Representation, represents).outerjoin(Person, Person.id == Sheet.person_id)
    return query.where(counts(survey, closed)).cte("classes").prefix_with("MATERIALIZED")


def _id(stored: int | str | None) -> Class:
    """A class by its id, of an anonymous sheet out of `group:12`."""
    return int(stored.rpartition(":")[2]) if isinstance(stored, str) else stored


def _names(session: Session, by: str, classes: Iterable[Class]) -> dict[Class, str]:
    table = Group if by == "group" else Organisation
    ids = [one for one in classes if one is not None]
    names: dict[Class, str] = dict.fromkeys(classes, "–")
    names |= {body.id: body_name(body, spoken()) for body in session.scalars(select(table).where(table.id.in_(ids)))}
    if None in names:
        names[None] = _("No group") if by == "group" else _("No organisation")
    return names


def _crossed(
    survey: Survey, question: Question, cells: _Cells, classes: Sequence[tuple[Class, str]], names: Mapping
) -> Crossed:
    numbers = cells.answered[question.id]
    of = [_counted(question, cells.tallies[question.id][one], numbers[one]) for one, _name in classes]
    whole = [tally for tallies in cells.tallies[question.id].values() for tally in tallies]
    of.append(_counted(question, whole, sum(numbers.values())))
    headings = [(name, numbers[one]) for one, name in classes] + [(_("All"), sum(numbers.values()))]
    rows = _rows(question, of)
    if survey.anonymous and question.kind in ("matrix", "ranking"):
        rows = _without_few(survey, question, cells, [one for one, _name in classes], rows)
    return Crossed(said(question, "text"), headings, rows, len(names) - len(classes), _measure(question))


def _without_few(
    survey: Survey, question: Question, cells: _Cells, classes: Sequence[Class], rows: Sequence[tuple[str, list[str]]]
) -> list[tuple[str, list[str]]]:
    """Leave out of each row the classes of which too few have answered it: the mean of one answer is that answer."""
    found = []
    for choice, (words, of) in zip(question.choices, rows, strict=True):
        numbers = dict.fromkeys(cells.sheets, 0)
        for one, tallies in cells.tallies[question.id].items():
            numbers[one] += sum(tally.count for tally in tallies if tally.part == choice.id)
        away = hidden(numbers, survey.least, cells.sheets.keys() - set(classes))
        whole = of[-1] if sum(numbers.values()) >= survey.least else "–"
        shown = ["–" if one in away else cell for one, cell in zip(classes, of, strict=False)]
        found.append((words, [*shown, whole]))
    return found


def _counted(question: Question, tallies: Sequence[Tally], answered: int) -> Counted:
    merged: dict[tuple[int, float | None], int] = defaultdict(int)
    for tally in tallies:
        merged[tally.part, tally.number] += tally.count
    options = [choice.id for choice in question.choices]
    summed = [Tally(part, number, amount) for (part, number), amount in merged.items()]
    counted = count(question.kind, options, summed, answered, steps=steps_of(question))
    # places in the form's order, so that the columns of all classes have the same rows
    return replace(counted, places=sorted(counted.places, key=lambda one: options.index(one.choice)))


def _measure(question: Question) -> str:
    if question.kind == "number":
        return _("Mean")
    if question.kind == "matrix":
        return _("Mean of each row")
    return _("Mean place") if question.kind == "ranking" else _("Share of those who answered, and how many")


def _rows(question: Question, of: Sequence[Counted]) -> list[tuple[str, list[str]]]:
    words = {choice.id: choice_words(choice) for choice in question.choices}
    means = [[_mean(one.mean) for one in of]]
    if question.kind == "number":
        return [(_("Mean"), means[0])]
    if question.kind == "matrix":
        lines = zip(*(one.lines for one in of), strict=True)
        return [(words[line[0].row], [_mean(one.mean) for one in line]) for line in lines]
    if question.kind == "ranking":
        places = zip(*(one.places for one in of), strict=True)
        return [(words[place[0].choice], [_mean(one.mean) for one in place]) for place in places]
    rows = [
        (words.get(option, str(option)), [_share(one.counts[option], one.answered) for one in of])
        for option in of[-1].counts
    ]
    return rows + ([(_("Mean"), means[0])] if question.kind == "scale" else [])


def _share(number: int, answered: int) -> str:
    return f"{round(100 * number / answered)} % ({number})" if answered else "–"


def _mean(value: float | None) -> str:
    return "–" if value is None else number_words(round(value, 1))
