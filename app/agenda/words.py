"""Who speaks and what a day is called in a programme, in words."""

from __future__ import annotations

from app.agenda.models import Speaker
from app.people.words import organisation_words


def speaker_words(speaker: Speaker, language: str) -> str:
    """Return name, title and organisation as they are printed; a person's own where the item says no other."""
    person = speaker.person
    name, title, organisation = speaker.name, speaker.title, speaker.organisation
    if person is not None:
        name, title = person.name, title or person.title
        organisation = organisation or (person.organisation and organisation_words(person.organisation, language))
    return ", ".join(part for part in (name, title, organisation) if part)
