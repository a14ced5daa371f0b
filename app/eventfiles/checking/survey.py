"""Checks whom and what a survey refers to: agenda items, who has answered, whose answers are in a theme or quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.eventfiles.checking.references import all_resolved, check_item, once_only, resolved
from app.eventfiles.checking.times import Clockwork
from app.eventfiles.kinds import Reader, each, under
from app.eventfiles.names import Names
from app.eventfiles.survey_answers import written_words

PLACE = "event.survey"


def check_survey(
    survey: Mapping[str, Any], event: Mapping[str, Any], clock: Clockwork, names: Names, reader: Reader
) -> None:
    clock.placed(survey.get("closes_at"), under(PLACE, "closes_at"))
    agenda = event.get("agenda") or ()
    questions = list(each(survey.get("questions"), under(PLACE, "questions")))
    for place, question in questions:
        check_item(question, place, agenda, reader)
    sheets = [
        (under(place, "person"), resolved(names.person, sheet.get("person"), under(place, "person"), reader), sheet)
        for key in ("answers", "begun")
        for place, sheet in each(survey.get(key), under(PLACE, key))
    ]
    once_only([(place, key) for place, key, _sheet in sheets if key], reader, "has answered twice")
    if survey.get("anonymous"):
        _check_classes(survey, names, reader)
    else:
        _check_remarks(questions, {key: sheet for _place, key, sheet in sheets if key}, names, reader)


def _check_classes(survey: Mapping[str, Any], names: Names, reader: Reader) -> None:
    find = {"group": names.group, "organisation": names.organisation}.get(survey.get("background") or "")
    for place, sheet in each(survey.get("answers"), under(PLACE, "answers")) if find else ():
        resolved(find, sheet.get("background"), under(place, "background"), reader)


def _check_remarks(
    questions: Sequence[tuple[str, Any]], sheets: Mapping[Any, Mapping[str, Any]], names: Names, reader: Reader
) -> None:
    """Note themes and quotes of answers that are not in the file, or not in words."""
    for place, question in questions:
        owners = [(question, "quotes", place)]
        owners += [(theme, "answers", spot) for spot, theme in each(question.get("themes"), under(place, "themes"))]
        for owner, key, spot in owners:
            for at, person in all_resolved(names.person, owner, key, spot, reader):
                value = sheets.get(person, {}).get(question.get("key"))
                if not written_words(question, value):
                    reader.problem(at, "has written no answer to this question")
