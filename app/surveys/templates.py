"""Surveys kept under a name as templates, to begin from."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Invalid, NotFound
from app.language import gettext as _
from app.people.collation import sort_key
from app.surveys.copying import copy_about, copy_questions
from app.surveys.models import Question, Survey
from app.surveys.sources import SOURCE


def all_templates(session: Session) -> list[tuple[Survey, int]]:
    """Return the templates by name, each with how many questions it has (headings among them)."""
    count = select(func.count()).where(Question.survey_id == Survey.id).scalar_subquery()
    found = session.execute(select(Survey, count).where(Survey.template_name.is_not(None))).all()
    return sorted(((one, n) for one, n in found), key=lambda pair: (sort_key(pair[0].template_name), pair[0].id))


def template_by_id(session: Session, survey_id: int) -> Survey:
    """Return a template, whole; raises NotFound, also for an event's survey."""
    template = session.scalar(SOURCE, {"survey_id": survey_id})
    if template is None or template.template_name is None:
        raise NotFound
    return template


def keep_as_template(session: Session, survey: Survey, name: str, *, replace: bool = False) -> Survey:
    """Keep a copy of a survey under a name. Raises Invalid at `name` where another template is called so, unless it is
    to be replaced, or at `replace`."""
    held = session.scalar(select(Survey).where(Survey.template_name == name).with_for_update())
    if held is not None and not replace:
        sentence = _("There is a template “%(name)s” already. Choose another name, or replace it.")
        raise Invalid([("name", sentence % {"name": name})])
    if held is not None:
        session.delete(held)
        session.flush()
    template = Survey(template_name=name, language=survey.language, translations={}, questions=[])
    try:
        with session.begin_nested():
            session.add(template)
    except IntegrityError:  # two gave the same name at once
        return keep_as_template(session, survey, name, replace=replace)
    copy_about(template, survey)
    copy_questions(session, template, survey)
    return template


def delete_template(session: Session, template: Survey) -> None:
    """Delete a template; the surveys that were copied from it stay as they are."""
    session.delete(template)
    session.flush()
