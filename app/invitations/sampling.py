"""Shows a letter that is about to leave as nobody's in particular, in the event's language."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.changes import Change
from app.invitations.facts import Facts, facts_of
from app.invitations.freezing import Purpose, general_words
from app.invitations.letters import Letter, Reading, read_by
from app.language import speaking
from app.settings import Settings


def sample(
    session: Session, settings: Settings, event: Event, kind: str, letter: Callable[[Event, Facts], Letter],
    button: str = "", changes: tuple[Change, ...] = (),
) -> Reading:  # fmt: skip
    """Return what a mailing would say, with {name} where each recipient's own name stands; three queries."""
    facts = facts_of(session, settings, event)
    with speaking(event.language):
        words = general_words(event, Purpose(kind, {}, button, changes), facts.contacts)
        values = words | {"name": "{name}", "group": "", "begun": "", "link": words["button"]}
        press = Markup('<p><span class="button" aria-disabled="true">{}</span></p>').format(words["button"])
        return read_by(letter(event, facts), values, press)
