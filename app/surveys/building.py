"""A survey as the builder lists it, in the survey's own language, in which it is edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from app.language import gettext as _
from app.surveys.answering import LONGEST, steps_of
from app.surveys.conditions import condition_words
from app.surveys.limits import SCALES
from app.surveys.models import Question, Survey
from app.surveys.words import kinds, number_words


@dataclass(frozen=True)
class Row:
    """One question of the list. number: None for a heading; within: it stands under a heading; kind: in words, with
    what else there is to say of it; options: the texts of those that are offered; scale: its ends; condition: after
    which answer it is asked."""

    question: Question
    number: int | None
    within: bool
    kind: str
    options: list[str]
    scale: str
    condition: str


def rows_of(survey: Survey) -> Iterator[Row]:
    """Yield the rows of the list; what is retired has no number either."""
    numbers, within = count(1), False
    for question in survey.questions:
        heading = question.kind == "section"
        within = within and not heading
        numbered = not heading and not question.retired
        yield Row(
            question,
            next(numbers) if numbered else None,
            within,
            _kind(question),
            [choice.text for choice in question.choices if not choice.retired],
            _scale(question),
            condition_words(survey.questions, question),
        )
        within = within or heading


def sections_of(survey: Survey) -> list[tuple[str, str]]:
    """Return where a new question can be put, the end of all first; nothing where there are no sections."""
    sections = [one for one in survey.questions if one.kind == "section"]
    last = sections[-1].id if sections and survey.questions else None
    return [("", _("At the end"))] + [(str(one.id), one.text) for one in sections if one.id != last] if sections else []


def field_words() -> dict[str, str]:
    """Return what the fields of a question's form are called."""
    return {
        "text": _("Question"), "kind": _("Answered by"), "choices": _("Options"), "other": _("A line for other"),
        "other_text": _("What the line is called"), "minimum": _("At least"), "maximum": _("At most"),
        "low": _("What the low end means"), "high": _("What the high end means"),
        "required": _("An answer is required"), "help": _("Help"), "shown_if": _("Asked only of those who answered"),
        "agenda_item": _("Agenda item that it is about"), "retired": _("Retired"),
        "title": _("Title"), "introduction": _("Introduction"), "promise": _("Whose answers they are"),
        "closes_at": _("Closes"), "background": _("Background"), "least": _("The fewest answers that are shown"),
    }  # fmt: skip


def _kind(question: Question) -> str:
    words = [kinds()[question.kind], _("required") if question.required else "", _limits(question)]
    return ", ".join(word for word in words if word)


def _limits(question: Question) -> str:
    least, most = number_words(question.minimum), number_words(question.maximum)
    if question.kind in SCALES or not (least or most):
        return ""
    if least and most:
        limits = f"{least}–{most}"
    elif least:
        limits = _("at least %(least)s") % {"least": least}
    else:
        limits = _("at most %(most)s") % {"most": most}
    return _("%(limits)s characters") % {"limits": limits} if question.kind in LONGEST else limits


def _scale(question: Question) -> str:
    steps = steps_of(question)
    if not steps:
        return ""
    ends = [(steps[0], question.low), (steps[-1], question.high)]
    return " – ".join(f"{step} {words}" if words else str(step) for step, words in ends)
