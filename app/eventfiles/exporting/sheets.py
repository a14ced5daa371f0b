"""Writes the answers to a survey, and what the secretariat has noted of those that are named."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.eventfiles.classes import id_of
from app.eventfiles.exporting.mentions import Mention, mention, without_empty
from app.eventfiles.importing.book import rows_by_id
from app.people.models import Group, Organisation
from app.surveys.answering import CHOOSING
from app.surveys.models import AnswerTheme, Question, Quote, Sheet, Survey, ThemedAnswer
from app.surveys.parts import Other, Part, choice_of
from app.surveys.sheets import values_of


@dataclass(frozen=True)
class Remarks:
    """Themes with whose answers are in them, and whose answers are quoted, by question."""

    themes: Mapping[int, list[dict[str, Any]]] = field(default_factory=dict)
    quotes: Mapping[int, list[Mention]] = field(default_factory=dict)


def sheet_entries(session: Session, survey: Survey, least: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets that were sent and those only begun: as they were imported, or of an anonymous survey those
    sent, in an order that says nothing, and none of fewer than least."""
    query = select(Sheet).options(selectinload(Sheet.answers)).where(Sheet.survey_id == survey.id).order_by(Sheet.id)
    if survey.anonymous:
        sheets = session.scalars(query.where(Sheet.sent.is_(True))).all()
        shown = sheets if len(sheets) >= least else []
        return {"answers": _sorted(session, [_sheet(survey, one) for one in shown])}
    found: dict[str, list[dict[str, Any]]] = {"answers": [], "begun": []}
    for sheet in session.scalars(query):
        found["answers" if sheet.sent else "begun"].append(_sheet(survey, sheet))
    return found


def remarks_of(session: Session, survey: Survey) -> Remarks:
    """Return what has been noted of the answers to a survey in names; people in the order of their sheets."""
    ids = [question.id for question in survey.questions]
    themed: dict[int, list[Mention]] = defaultdict(list)
    query = select(ThemedAnswer.theme_id, Sheet.person_id).join(Sheet, Sheet.id == ThemedAnswer.sheet_id)
    for theme_id, person_id in session.execute(query.where(ThemedAnswer.question_id.in_(ids)).order_by(Sheet.id)):
        themed[theme_id].append(Mention("person", person_id))
    themes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for theme in session.scalars(
        select(AnswerTheme).where(AnswerTheme.question_id.in_(ids)).order_by(AnswerTheme.position, AnswerTheme.id)
    ):
        themes[theme.question_id].append(without_empty({"title": theme.title, "answers": themed[theme.id]}))
    quotes: dict[int, list[Mention]] = defaultdict(list)
    query = select(Quote.question_id, Sheet.person_id).join(Sheet, Sheet.id == Quote.sheet_id)
    for question_id, person_id in session.execute(query.where(Quote.question_id.in_(ids)).order_by(Sheet.id)):
        quotes[question_id].append(Mention("person", person_id))
    return Remarks(themes, quotes)


def _sheet(survey: Survey, sheet: Sheet) -> dict[str, Any]:
    parts: dict[int, list[Part]] = defaultdict(list)
    for answer in sheet.answers:
        parts[answer.question_id].append(Part(answer.part, answer.number, answer.text))
    values = values_of(survey, parts)
    answers = {one.key: _indexed(one, values[one.id]) for one in survey.questions if one.id in values}
    tells = survey.anonymous and survey.background != "none"
    background = mention(survey.background, id_of(sheet.background)) if tells else None
    return without_empty({"person": mention("person", sheet.person_id), "background": background, **answers})


def _sorted(session: Session, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Anonymous sheets by what they say, then by the name of their class, which is the same elsewhere."""
    classes = [one["background"] for one in entries if isinstance(one.get("background"), Mention)]
    models = {"group": Group, "organisation": Organisation}
    names = {
        Mention(kind, id): row.name
        for kind, model in models.items()
        for id, row in rows_by_id(session, model, [one.id for one in classes if one.kind == kind]).items()
    }

    def words(entry: dict[str, Any]) -> tuple[str, str]:
        said = {key: value for key, value in entry.items() if not isinstance(value, Mention)}
        return json.dumps(said, sort_keys=True), names.get(entry.get("background"), "")

    return sorted(entries, key=words)


def _indexed(question: Question, value: Any) -> Any:
    """A stored value as the file has it: choices by their index, a matrix's steps in the order of its rows."""
    ids = [choice.id for choice in question.choices]
    if question.kind == "matrix":
        return [value.get(id) for id in ids]
    if question.kind not in CHOOSING:
        return value
    chosen = [_place(one, ids) for one in (value if isinstance(value, list) else [value]) if choice_of(one) in ids]
    return chosen if isinstance(value, list) else chosen[0] if chosen else None


def _place(chosen: int | Other, ids: list[int]) -> int | dict[str, Any]:
    place = ids.index(choice_of(chosen))
    return {"choice": place, "text": chosen.text} if isinstance(chosen, Other) else place
