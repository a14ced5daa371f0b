"""The words of surveys: kinds of question, what is wrong with an answer, what an answer says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app import dates
from app.language import gettext as _
from app.language import spoken
from app.surveys.answering import BY_PART, CHOOSING, Problem, field_name, other_field, part_field
from app.surveys.models import Question, Survey
from app.surveys.parts import Other, choice_of
from app.surveys.wording import said


def kinds() -> dict[str, str]:
    """Return what each kind of question is called where one is added."""
    return {
        "text": _("A line of text"),
        "long_text": _("Text of many lines"),
        "single_choice": _("One of several"),
        "multiple_choice": _("Any of several"),
        "scale": _("A scale"),
        "matrix": _("Several on one scale"),
        "ranking": _("An order of importance"),
        "number": _("A number"),
        "date": _("A date"),
        "section": _("A heading"),
    }


def kind_examples() -> dict[str, str]:
    """Return what each kind of question is good for, in a few words."""
    return {
        "text": _("a name, a word or two"),
        "long_text": _("thoughts in their own words"),
        "single_choice": _("yes, no, cannot say"),
        "multiple_choice": _("tick all that apply"),
        "scale": _("from 1 to 5"),
        "matrix": _("many statements, one scale"),
        "ranking": _("most important first"),
        "number": _("how many, how much"),
        "date": _("which day suits"),
        "section": _("begins a group of questions"),
    }


def problem_words(problem: Problem, question: Question) -> tuple[str, str]:
    """Return the field and the sentence of what is wrong with an answer."""
    least, most = number_words(problem.least), number_words(problem.most)
    sentence = {
        "required": _("Answer this question: “%(question)s”") % {"question": said(question, "text")},
        "no_such_choice": _("Choose one of the options."),
        "too_long": _("This is too long: at most %(most)s characters.") % {"most": most},
        "too_short": _("Write at least %(least)s characters.") % {"least": least},
        "too_few": _("Choose at least %(least)s.") % {"least": least},
        "too_many": _("Choose at most %(most)s.") % {"most": most},
        "rows_missing": _("Answer every row: %(least)s of %(most)s are answered.") % {"least": least, "most": most},
        "no_such_rank": _("Give each a place from %(least)s to %(most)s.") % {"least": least, "most": most},
        "same_rank": _("Two have the place %(least)s. Give each a place of its own.") % {"least": least},
        "no_number": _("Write a number, such as 12 or 3.5."),
        "no_date": _("Write a date, such as 4.10.2026."),
        "out_of_range": _range_words(problem.least, problem.most),
    }[problem.code]
    return _place(question), sentence


def _place(question: Question) -> str:
    if question.kind in BY_PART and question.choices:
        return part_field(question.id, question.choices[0].id)
    return field_name(question.id)


def _range_words(least: float | None, most: float | None) -> str:
    words = {"least": number_words(least), "most": number_words(most)}
    if least is None:
        return _("Write a number that is at most %(most)s.") % words
    if most is None:
        return _("Write a number that is at least %(least)s.") % words
    return _("Write a number from %(least)s to %(most)s.") % words


def number_words(value: float | None) -> str:
    """A number with all its decimals and no needless ones, with the language's own decimal mark: a form that shows a
    kept answer so, and sends it again, changes nothing."""
    if value is None:
        return ""
    text = format(Decimal(repr(value)), "f").removesuffix(".0")
    return text if spoken() == "en" else text.replace(".", ",")


def limits_words(question: Question) -> str:
    """Return how many may be chosen or how much written, where the question limits it; else nothing."""
    least, most = number_words(question.minimum), number_words(question.maximum)
    if question.kind == "multiple_choice":
        if least and most:
            return _("Choose %(least)s–%(most)s.") % {"least": least, "most": most}
        return _("Choose at least %(least)s.") % {"least": least} if least else (
            _("Choose at most %(most)s.") % {"most": most} if most else ""
        )  # fmt: skip
    if question.kind == "ranking":
        return _("1 is the most important. You may leave some without a place.")
    if question.kind == "number" and (least or most):
        return _range_words(question.minimum, question.maximum)
    if question.kind in ("text", "long_text") and most:
        return _("At most %(most)s characters.") % {"most": most}
    return ""


def form_values(survey: Survey, values: Mapping[int, Any]) -> dict[str, Any]:
    """Return saved answers as the values of the form's fields."""
    fields: dict[str, Any] = {}
    for question in survey.questions:
        value = values.get(question.id)
        if value is None:
            continue
        if question.kind == "ranking":
            fields |= {part_field(question.id, choice): str(rank) for rank, choice in enumerate(value, 1)}
        elif question.kind == "matrix":
            fields |= {part_field(question.id, row): str(step) for row, step in value.items()}
        elif question.kind in CHOOSING:
            chosen = value if isinstance(value, list) else [value]
            fields[field_name(question.id)] = [choice_of(one) for one in chosen]
            fields |= {other_field(question.id): one.text for one in chosen if isinstance(one, Other)}
        elif question.kind == "number":
            fields[field_name(question.id)] = number_words(value)
        else:
            fields[field_name(question.id)] = value
    return fields


def value_words(question: Question, value: Any) -> str:
    """Return an answer in words: choices by their text, a date in the language's way."""
    texts = {choice.id: said(choice, "text") for choice in question.choices}
    if question.kind in CHOOSING:
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(one.text if isinstance(one, Other) else texts.get(one, "") for one in chosen)
    if question.kind == "matrix":
        return "; ".join(f"{texts.get(row, '')}: {step}" for row, step in value.items())
    if question.kind == "date":
        return dates.day(date.fromisoformat(value), spoken())
    return number_words(value) if isinstance(value, int | float) else str(value)


def promise_words(survey: Survey, represented: str) -> str:
    """Return what is said before answering: who will see what. It is kept by the tables themselves."""
    if survey.anonymous:
        return " ".join(_anonymous_words(survey))
    if survey.attribution == "person":
        return _("Your answers are shown with your name in the summary that goes to the participants.")
    if represented:
        sentence = _("The summary shows your answers as those of %(represented)s. The secretariat sees your name.")
        return sentence % {"represented": represented}
    return _("The summary shows your answers without your name. The secretariat sees your name.")


def _anonymous_words(survey: Survey) -> list[str]:
    kept = {"least": survey.least}
    alone = _(
        "The survey is anonymous. Your answers are kept without anything that tells whose they are: nobody can "
        "find out which ones are yours, not even with the database in hand. It is only known that you answered."
    )
    with_class = _(
        "The survey is anonymous. Your answers are kept without your name, and it is only known that you answered."
    )
    return [
        *([alone] if survey.background == "none" else [with_class, _background_words(survey)]),
        _("Nothing is shown of fewer than %(least)s answers.") % kept,
        _("Until the survey closes you can go on and change your answers, but only in this same browser."),
    ]


def _background_words(survey: Survey) -> str:
    """What else is kept. That is one of at least five people, of whom perhaps only one has answered: it is said."""
    kept = {"least": survey.least}
    if survey.background == "group":
        return (
            _(
                "With them is kept which group you represent, if at least %(least)s of the invited represent it. "
                "Whoever has the database in hand could recognise your answers "
                "if hardly anybody else of your group answers."
            )
            % kept
        )
    return (
        _(
            "With them is kept which organisation you come from, if at least %(least)s of the invited do. "
            "Whoever has the database in hand could recognise your answers "
            "if hardly anybody else of your organisation answers."
        )
        % kept
    )
