"""The agenda as a file."""

from __future__ import annotations

from app.agenda.items import kind_words
from app.agenda.models import Speaker
from app.agenda.picture import Picture
from app.events.models import Event
from app.language import gettext as _
from app.language import pgettext
from app.spreadsheet import Table


def agenda_table(picture: Picture, event: Event) -> Table:
    """The items in order, each with the day and time at which it comes; a section has none."""
    kinds = kind_words()
    columns = [
        (_("Starts"), lambda line: None if line.heads else line.slot.start),
        (_("Ends"), lambda line: line.slot.end),
        (_("Number"), lambda line: line.number),
        (pgettext("agenda", "Item"), lambda line: line.item.title),
        (_("Kind"), lambda line: kinds[line.item.kind]),
        (_("Speakers"), lambda line: "; ".join(map(_speaker, line.item.speakers))),
        (_("Minutes"), lambda line: None if line.heads else line.item.minutes),
    ]
    return Table(f"{_('Agenda')} – {event.title}", columns, [row.line for row in picture.rows])


def _speaker(speaker: Speaker) -> str:
    organisation = speaker.organisation
    if not organisation and speaker.person and speaker.person.organisation:
        organisation = speaker.person.organisation.short
    name = speaker.person.name if speaker.person else speaker.name
    return ", ".join(part for part in (name, speaker.title, organisation) if part)
