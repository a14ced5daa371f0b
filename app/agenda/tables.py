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
    """The items in order, each with the day and time at which it comes."""
    kinds = kind_words()
    columns = [
        (_("Starts"), lambda row: row.slot.start),
        (_("Ends"), lambda row: row.slot.end),
        (_("Number"), lambda row: row.item.number),
        (pgettext("agenda", "Item"), lambda row: row.item.title),
        (_("Kind"), lambda row: kinds[row.item.kind]),
        (_("Speakers"), lambda row: "; ".join(map(_speaker, row.item.speakers))),
        (_("Minutes"), lambda row: row.item.minutes),
    ]
    return Table(f"{_('Agenda')} – {event.title}", columns, picture.rows)


def _speaker(speaker: Speaker) -> str:
    organisation = speaker.organisation
    if not organisation and speaker.person and speaker.person.organisation:
        organisation = speaker.person.organisation.short
    name = speaker.person.name if speaker.person else speaker.name
    return ", ".join(part for part in (name, speaker.title, organisation) if part)
