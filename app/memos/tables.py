"""Whom the memo goes to, and what became of each copy, as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.dates import in_zone
from app.events.models import Event
from app.language import gettext as _
from app.mail.words import MailStatus
from app.memos.addressees import Addressee
from app.memos.models import Copy
from app.people.models import Person
from app.spreadsheet import Table


def addressees_table(addressees: Sequence[Addressee], event: Event) -> Table:
    """Whom the memo goes to as things stand, each by which field and phrase."""
    columns = [
        (_("Recipient"), lambda one: one.person.name),
        (_("By"), lambda one: field_words(one.field)),
        (_("By which item"), lambda one: one.reached_by),
        (_("Mail"), lambda one: None if one.person.email else _("no address: not sent, give it by hand")),
    ]
    return Table(f"{_('Recipients of the memo')} – {event.title}", columns, addressees)


def copies_table(copies: Sequence[tuple[Copy, Person]], faring: Mapping[int, MailStatus], event: Event) -> Table:
    """Whom the issued memo went to, and what became of each copy."""

    def mail(row: tuple[Copy, Person]) -> str:
        status = faring.get(row[1].id)
        return status.in_a_cell if status else _("no address")

    def sent_at(row: tuple[Copy, Person]):
        status = faring.get(row[1].id)
        return status.at if status else None

    def opened_at(row: tuple[Copy, Person]):
        return in_zone(row[0].opened_at, event.time_zone) if row[0].opened_at else None

    columns = [
        (_("Recipient"), lambda row: row[1].name),
        (_("By"), lambda row: field_words(row[0].field)),
        (_("By which item"), lambda row: row[0].reached_by),
        (_("Mail"), mail),
        (_("Mail sent"), sent_at),
        (_("Pressed Open"), opened_at),
    ]
    return Table(f"{_('Recipients of the memo')} – {event.title}", columns, copies)


def field_words(field: str) -> str:
    return _("Distribution") if field == "distribution" else _("For information")
