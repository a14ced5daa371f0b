"""A question's options, or a matrix's rows, as its form gives them.

Before anything is used they are lines of one field. Once used, each has a field of its own, `choice-<id>`, so that none
can be taken for another while its wording is mended; what is written as lines is then new.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.forms import Reading, clean_line
from app.language import gettext as _
from app.language import speaking
from app.surveys.choices import Wanted, match_choices
from app.surveys.models import Choice, Question

MOST_CHOICES = 100
LONGEST_CHOICE = 1_000
WITH_OTHER = ("single_choice", "multiple_choice")


def option_values(question: Question) -> dict[str, Any]:
    """Return a question's options as the values of their fields."""
    openly = next((choice for choice in question.choices if choice.open), None)
    return {
        "choices": "\n".join(choice.text for choice in question.choices if not choice.open),
        "other": openly is not None,
        "other_text": openly.text if openly is not None else "",
    }


def kept_values(question: Question) -> dict[str, Any]:
    """Return the options of a question that has been answered as the values of their fields."""
    values: dict[str, Any] = {f"choice-{choice.id}": choice.text for choice in question.choices}
    return values | {"choices": "", "retired": [choice.id for choice in question.choices if choice.retired]}


def read_options(form: Reading, kind: str, stored: Question | None, language: str) -> list[Wanted]:
    """Return what is wanted, in order, an open choice last; notes what is wrong at `choices` or `other_text`.

    language: the survey's own, in which an open choice is called what nobody has called it.
    """
    choices = list(stored.choices) if stored is not None else []
    each = any(f"choice-{choice.id}" in form.posted for choice in choices)
    lines = _lines(form, needed=not each)
    wanted = _each(form, choices, lines) if each else _matched(choices, lines)
    if kind in WITH_OTHER:
        wanted += _open(form, choices, wanted, language)
    _check(form, wanted)
    return wanted


def _each(form: Reading, choices: Sequence[Choice], lines: Sequence[str]) -> list[Wanted]:
    retired = {str(value) for value in form.posted.getlist("retired")}
    kept = []
    for choice in choices:
        name = f"choice-{choice.id}"
        text = form.line(name, most=LONGEST_CHOICE) if name in form.posted else choice.text
        if text:  # emptied is taken away, if nobody has chosen it
            kept.append(Wanted(choice.id, text, choice.open, str(choice.id) in retired))
    return [one for one in kept if not one.open] + [Wanted(None, text) for text in lines] + [
        one for one in kept if one.open
    ]  # fmt: skip


def _matched(choices: Sequence[Choice], lines: Sequence[str]) -> list[Wanted]:
    retired = {choice.id for choice in choices if choice.retired}
    stored = [(choice.id, choice.text) for choice in choices if not choice.open]
    return [Wanted(id, text, retired=id in retired) for id, text in match_choices(stored, lines)]


def _open(form: Reading, choices: Sequence[Choice], wanted: Sequence[Wanted], language: str) -> list[Wanted]:
    if any(one.open for one in wanted) or not form.tick("other"):
        return []
    text = form.line("other_text", most=LONGEST_CHOICE) or other_words(language)
    stored = next((choice for choice in choices if choice.open), None)
    return [Wanted(stored.id if stored else None, text, True, bool(stored and stored.retired))]


def other_words(language: str) -> str:
    with speaking(language):
        return _("Other, what?")


def _lines(form: Reading, *, needed: bool) -> list[str]:
    ask = _("Write the options, one on each line.") if needed else None
    text = form.text("choices", needed=ask, most=50_000) or ""
    lines = [line for line in (clean_line(line, LONGEST_CHOICE + 1) for line in text.split("\n")) if line]
    if any(len(line) > LONGEST_CHOICE for line in lines):
        form.problem("choices", _("An option may be at most %(most)s characters long.") % {"most": LONGEST_CHOICE})
    return lines


def _check(form: Reading, wanted: Sequence[Wanted]) -> None:
    texts = [one.text for one in wanted]
    if form.problems and any(name == "choices" for name, _sentence in form.problems):
        return
    if sum(not one.retired for one in wanted) < 2:
        form.problem("choices", _("There must be at least two options to choose from. Write one on each line."))
    elif len(set(texts)) < len(texts):
        form.problem("choices", _("Two options are the same. Write each once."))
    elif len(wanted) > MOST_CHOICES:
        form.problem("choices", _("There may be at most %(most)s options.") % {"most": MOST_CHOICES})
