"""Letters kept as templates: what a secretariat writes again and again, to begin from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.errors import NotFound
from app.events.models import Event
from app.forms import Reading, key_of
from app.invitations.keeping import read_letter
from app.invitations.letters import Letter
from app.invitations.models import TEMPLATE_KINDS, LetterTemplate
from app.language import LANGUAGES
from app.language import gettext as _
from app.people.collation import sort_key
from app.people.models import Group


def all_templates(session: Session) -> list[LetterTemplate]:
    """Return all templates with their conveners, by name."""
    found = session.scalars(select(LetterTemplate).options(joinedload(LetterTemplate.convener)))
    return sorted(found, key=lambda one: (sort_key(one.name), one.id))


def templates_for(
    session: Session, event: Event, language: str | None = None, kind: str = "invitation"
) -> list[LetterTemplate]:
    """Return the templates that an event of this convener may begin from, by name; of one language if told."""
    own = or_(LetterTemplate.convener_id.is_(None), LetterTemplate.convener_id == event.convener_id)
    query = select(LetterTemplate).where(LetterTemplate.kind == kind, own)
    found = session.scalars(query.where(LetterTemplate.language == language) if language else query)
    return sorted(found, key=lambda one: (sort_key(one.name), one.id))


def template_by_id(session: Session, template_id: int) -> LetterTemplate:
    """Return one template with its convener; raises NotFound."""
    query = select(LetterTemplate).options(joinedload(LetterTemplate.convener))
    template = session.scalar(query.where(LetterTemplate.id == template_id))
    if template is None:
        raise NotFound
    return template


def keep_letter(session: Session, event: Event, letter: Letter, language: str, posted: FormData) -> LetterTemplate:
    """Keep an event's letter as a template under the name that was posted: for all conveners, or for this one where
    `own` is ticked. Raises Invalid at `name`."""
    reading = Reading(posted)
    name = reading.line("name", needed=_("Give the template a name."), most=200)
    reading.done()
    return _added(
        session, name=name, kind="invitation", language=language, subject=letter.subject, body=letter.body,
        convener_id=event.convener_id if reading.tick("own") else None,
    )  # fmt: skip


def write_template(session: Session, posted: FormData, template: LetterTemplate | None = None) -> LetterTemplate:
    """Make a template of what was posted, or change one; raises Invalid at `name`, `kind`, `language`, `convener`,
    `subject` or `body`."""
    reading = Reading(posted)
    name = reading.line("name", needed=_("Give the template a name."), most=200)
    kind = reading.choice("kind", TEMPLATE_KINDS, needed=_("Choose what the letter is for."))
    language = reading.choice("language", LANGUAGES, needed=_("Choose the language."))
    convener_id = _convener(session, reading)
    letter = read_letter(reading, kind or "invitation")
    reading.done()
    values = {"name": name, "kind": kind, "language": language, "convener_id": convener_id}
    values |= {"subject": letter.subject, "body": letter.body}
    if template is None:
        return _added(session, **values)
    for column, value in values.items():
        setattr(template, column, value)
    session.flush()
    return template


def template_values(template: LetterTemplate) -> dict[str, Any]:
    """Return a template as its form shows it."""
    values = {name: getattr(template, name) for name in ("name", "kind", "language", "subject", "body")}
    return values | {"convener": template.convener_id}


def delete_template(session: Session, template: LetterTemplate) -> None:
    """Delete a template; the letters that began from it stay as they are."""
    session.delete(template)
    session.flush()


def convening_groups(session: Session) -> list[Group]:
    """Return the groups that have convened something, by name."""
    query = select(Group).where(Group.id.in_(select(Event.convener_id)))
    return sorted(session.scalars(query), key=lambda group: (sort_key(group.name), group.id))


def _convener(session: Session, reading: Reading) -> int | None:
    text = str(reading.posted.get("convener", ""))
    if not text:
        return None
    key = key_of(text)
    if key is None or session.get(Group, key) is None:
        reading.problem("convener", _("Choose one of the options."))
    return key


def _added(session: Session, **values) -> LetterTemplate:
    template = LetterTemplate(**values)
    session.add(template)
    session.flush()
    return template
