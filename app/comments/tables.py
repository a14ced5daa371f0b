"""A round's comments and its readers as files."""

from __future__ import annotations

from app.comments.draft import CLOSING, WHOLE, passages_by_place, sections_of
from app.comments.models import CommentRound
from app.comments.queries import comments_in
from app.comments.words import kind_words, place_words, reader_words, state_words
from app.dates import in_zone
from app.events.models import Event
from app.language import gettext as _
from app.spreadsheet import Table


def comments_table(held: CommentRound, event: Event) -> Table:
    """Every comment of a loaded round: on what, by whom, and what became of it."""
    sections = sections_of(held.draft)
    passages = passages_by_place(sections)
    headings = {section.key: section.heading or "" for section in sections} | {CLOSING: _("Closing fields"), WHOLE: ""}

    def passage(row):
        return passages.get((row[1].section_key, row[1].block))

    def place(row) -> str:
        found = passage(row)
        return place_words(headings.get(row[1].section_key, ""), found.number if found else None)

    columns = [
        (_("On what"), place),
        (_("As in the draft"), lambda row: found.text if (found := passage(row)) else None),
        (_("Name"), lambda row: row[0].person.name),
        (_("Kind"), lambda row: kind_words(row[1])),
        (_("Comment"), lambda row: row[1].text),
        (_("Proposed wording"), lambda row: row[1].proposed),
        (_("Written"), lambda row: in_zone(row[1].written_at, event.time_zone)),
        (_("State"), lambda row: state_words(row[1])),
        (_("Answer"), lambda row: row[1].answer),
    ]
    return Table(f"{_('Comments')} – {event.title}", columns, comments_in(held))


def readers_table(held: CommentRound, event: Event) -> Table:
    """Who was asked, how far each is, and how many comments each has made."""
    columns = [
        (_("Name"), lambda reader: reader.person.name),
        (_("Comments"), lambda reader: len(reader.comments)),
        (_("State"), reader_words),
        (_("Done"), lambda reader: in_zone(reader.done_at, event.time_zone) if reader.done_at else None),
    ]
    return Table(f"{_('Readers')} – {event.title}", columns, held.readers)
