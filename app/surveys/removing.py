"""Takes questions away: for good where nobody has answered them, else out of use, with their answers kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Refused
from app.language import gettext as _
from app.language import ngettext
from app.surveys.models import Question, Survey
from app.surveys.usage import hold_question, use_of

SHORT = 80  # letters that nobody minds to write again


def losses(survey: Survey, question: Question) -> list[str]:
    """Return in words what is lost with a question beside a short text; where nothing is, nobody need be asked."""
    alone = _("the condition of “%(question)s”, which is then asked of everybody")
    translated = question.translations or any(one.translations for one in question.choices)
    waiting = [other.text for other in survey.questions if other.shown_if_id == question.id]
    lost = [
        _("its text: “%(text)s”") % {"text": question.text} if len(question.text) > SHORT else "",
        _("its help: “%(text)s”") % {"text": question.help} if question.help else "",
        _lost_options(question),
        _("its translations") if translated else "",
        *(alone % {"question": one} for one in waiting),
    ]
    if question.kind == "section" and question.shown_if_id:
        lost.append(_("the condition of the whole section"))
    return [words for words in lost if words]


def refuse_if_used(session: Session, survey: Survey, question: Question) -> None:
    """Raise Refused for a question that has been answered."""
    if question.kind != "section" and use_of(session, survey, question).answered:
        raise Refused(_("This question has been answered. It cannot be removed any more, but it can be retired."))


def remove_question(session: Session, survey: Survey, question: Question) -> None:
    """Delete a question that nobody has answered; others that waited for it are asked of all. Raises Refused."""
    hold_question(session, question)
    refuse_if_used(session, survey, question)
    for other in survey.questions:
        if other.shown_if_id == question.id:
            other.shown_if_id = other.shown_if_value = None
    session.flush()
    survey.questions.remove(question)
    session.flush()


def retire_question(session: Session, survey: Survey, question: Question, *, retired: bool) -> None:
    """Ask a question no more, or again. Its answers stay in the results. Raises Refused while others wait for it."""
    waiting = [one for one in survey.questions if one.shown_if_id == question.id and not one.retired]
    if retired and waiting:
        sentence = _("“%(question)s” is asked only after an answer to this one. Change or retire that one first.")
        raise Refused(sentence % {"question": waiting[0].text})
    asked = next((one for one in survey.questions if one.id == question.shown_if_id), None)
    if not retired and asked is not None and asked.retired:
        sentence = _("It is asked only after an answer to “%(question)s”, which is retired. Bring that one back first.")
        raise Refused(sentence % {"question": asked.text})
    question.retired = retired
    session.flush()


def _lost_options(question: Question) -> str:
    count = len(question.choices)
    if not count:
        return ""
    words = ngettext("its %(n)s option: %(first)s", "its %(n)s options, from %(first)s on", count)
    return words % {"n": count, "first": f"“{question.choices[0].text}”"}
