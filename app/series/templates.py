"""Events kept under a name, from which others are convened. A template never takes place."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from app.agenda.models import AgendaItem
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import event_by_id
from app.language import gettext as _
from app.people.collation import sort_key
from app.series.choosing import EVERYTHING, Choices
from app.series.copying import copy_event
from app.surveys.models import Question, Survey


@dataclass(frozen=True)
class Template:
    """A template, with how many items its agenda and how many questions its survey has."""

    event: Event
    items: int
    questions: int


def event_templates(session: Session) -> list[Template]:
    """Return the templates by name, in one query."""
    items = select(func.count()).where(AgendaItem.event_id == Event.id).scalar_subquery()
    asked = select(func.count(Question.id)).join(Survey, Survey.id == Question.survey_id)
    asked = asked.where(Survey.event_id == Event.id, Question.kind != "section").scalar_subquery()
    query = select(Event, items, asked).options(joinedload(Event.convener)).where(Event.template.is_not(None))
    found = [Template(*row) for row in session.execute(query)]
    return sorted(found, key=lambda one: (sort_key(one.event.template), one.event.id))


def template_by_id(session: Session, event_id: int) -> Event:
    """Return a template; raises NotFound, also for an event that takes place."""
    event = event_by_id(session, event_id)
    if event.template is None:
        raise NotFound
    return event


def keep_as_template(session: Session, source: Event, name: str, choices: Choices = EVERYTHING) -> Event:
    """Keep a copy of an event as a template, without anybody to invite; raises Invalid where the name is taken."""
    _refuse_taken(session, name)
    values = {"template": name, "starts_at": source.starts_at, "title": source.title}
    try:
        with session.begin_nested():
            return copy_event(session, source, values, Choices(choices.parts)).event
    except IntegrityError:  # two gave the same name at once
        raise Invalid([("name", _taken(name))]) from None


def rename_template(session: Session, template: Event, name: str) -> None:
    """Give a template another name; raises Invalid where the name is taken."""
    _refuse_taken(session, name, template)
    template.template = name
    session.flush()


def _refuse_taken(session: Session, name: str, own: Event | None = None) -> None:
    held = session.scalar(select(Event.id).where(Event.template == name))
    if held is not None and (own is None or held != own.id):
        raise Invalid([("name", _taken(name))])


def _taken(name: str) -> str:
    return _("There is a template “%(name)s” already. Choose another name.") % {"name": name}
