"""Where a person, an organisation or a group is still referred to: what stands in the way of deleting it.

The tables are asked, so that a room built later cannot be forgotten: every foreign key without ON DELETE counts.
"""

from __future__ import annotations

from sqlalchemy import Column, Table, func, literal, select
from sqlalchemy.orm import Session

from app.db import Base
from app.errors import Refused
from app.language import gettext as _
from app.language import ngettext
from app.people.models import Group, Organisation, Person


def traces(session: Session, thing: Person | Organisation | Group) -> list[str]:
    """Return, in words and in one statement, what refers to the thing; empty when it may be deleted."""
    referring = referring_columns(type(thing).__table__)
    counts = [
        select(literal(column.table.name), func.count()).select_from(column.table).where(column == thing.id)
        for column in referring
    ]
    totals: dict[str, int] = {}
    for table, count in session.execute(counts[0].union_all(*counts[1:])):
        totals[table] = totals.get(table, 0) + count
    return [trace_words(table, count) for table, count in totals.items() if count]


def refuse_if_referred(session: Session, thing: Person | Organisation | Group) -> None:
    """Raise Refused where something refers to the thing."""
    standing = traces(session, thing)
    if standing:
        sentence = _("%(name)s cannot be deleted: %(traces)s.")
        raise Refused(sentence % {"name": thing.name, "traces": ", ".join(standing)})


def delete(session: Session, thing: Person | Organisation | Group) -> None:
    """Delete what nothing refers to; raises Refused."""
    refuse_if_referred(session, thing)
    session.delete(thing)


def referring_columns(table: Table, *, hindering: bool = True) -> list[Column]:
    """Return the columns of all tables that refer to a table and would hinder a deletion; hindering False: also those
    that would not."""
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_keys if key.column.table is table)
    return [key.parent for key in keys if key.ondelete is None or not hindering]


def trace_words(table: str, count: int) -> str:
    """Say how many rows of a table refer, in words that need no knowledge of tables."""
    words = {
        "people": ngettext("%(n)s person belongs to it", "%(n)s people belong to it", count),
        "groups": ngettext("%(n)s group stands under it", "%(n)s groups stand under it", count),
        "memberships": ngettext("%(n)s place in a group", "%(n)s places in groups", count),
        "recipients": ngettext(
            "%(n)s mention in a list or a distribution", "%(n)s mentions in lists or distributions", count
        ),
        "events": ngettext("%(n)s event convened", "%(n)s events convened", count),
        "invitees": ngettext("%(n)s invitation", "%(n)s invitations", count),
        "representations": ngettext("%(n)s invitee who represents it", "%(n)s invitees who represent it", count),
        "attendances": ngettext("%(n)s mark of presence", "%(n)s marks of presence", count),
        "day_seats": ngettext(
            "%(n)s seat in a body on the day of an event", "%(n)s seats in bodies on the day of an event", count
        ),
        "present_for": ngettext("%(n)s participant who represented it", "%(n)s participants who represented it", count),
        "speakers": ngettext("%(n)s agenda item presented", "%(n)s agenda items presented", count),
        "personal_links": ngettext("%(n)s personal link", "%(n)s personal links", count),
        "sheets": ngettext("%(n)s answered survey", "%(n)s answered surveys", count),
        "survey_participations": ngettext(
            "%(n)s survey answered anonymously", "%(n)s surveys answered anonymously", count
        ),
        "memo_authors": ngettext("%(n)s memo written", "%(n)s memos written", count),
        "memo_signers": ngettext("%(n)s memo signed", "%(n)s memos signed", count),
        "memo_copies": ngettext("%(n)s memo received", "%(n)s memos received", count),
        "comment_readers": ngettext("%(n)s draft read to comment", "%(n)s drafts read to comment", count),
        "follow_ups": ngettext("%(n)s follow-up owned", "%(n)s follow-ups owned", count),
    }
    return words[table] % {"n": count}
