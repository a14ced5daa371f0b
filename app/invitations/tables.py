"""The tables of inviting and of the answers, as files."""

from __future__ import annotations

from datetime import datetime

from app.dates import in_zone
from app.events.models import Event
from app.invitations.answers import Answers, Row, survey_words, way_words
from app.invitations.page import InvitationPage
from app.invitations.page import Row as PickedRow
from app.language import gettext as _
from app.spreadsheet import Table


def answers_table(answers: Answers, event: Event) -> Table:
    """Who answered what, of those whom the filter shows."""

    def answered_at(row: Row) -> datetime | None:
        return in_zone(row.response.responded_at, event.time_zone) if row.response else None

    columns = [
        (_("Name"), lambda row: row.invitee.person.name),
        (_("Organisation"), lambda row: row.organisation),
        (_("Represents"), lambda row: row.represents),
        (_("Answer"), lambda row: row.words),
        (_("Answered how"), lambda row: way_words(row.response) if row.response else None),
        (_("Answered"), answered_at),
        (_("Seat"), lambda row: row.seat.words),
        (_("Comment"), lambda row: row.comment),
        (_("Survey"), survey_words),
        (_("Mail"), _answers_mail),
        (_("Mail sent"), lambda row: row.mail.at if row.mail else None),
    ]
    return Table(f"{_('Answers')} – {event.title}", columns, answers.rows)


def _answers_mail(row: Row) -> str:
    if row.mail:
        return row.mail.in_a_cell
    return _("not invited yet") if row.invitee.person.email else _("no e-mail")


def picked_table(shown: InvitationPage, event: Event) -> Table:
    """Who is picked, in the order in which papers name them, and how their invitations fare."""
    columns = [
        (_("Name"), lambda row: row.invitee.person.name),
        (_("Organisation"), lambda row: row.organisation),
        (_("E-mail"), lambda row: row.invitee.person.email),
        (_("Represents"), lambda row: row.represents),
        (_("Role"), lambda row: row.role),
        (_("Invitation"), _picked_mail),
        (_("Mail sent"), lambda row: row.mail.at if row.mail else None),
    ]
    return Table(f"{_('Those picked')} – {event.title}", columns, shown.rows)


def _picked_mail(row: PickedRow) -> str:
    if row.printed:
        return f"{_('by letter')}, {_('printed %(day)s') % {'day': row.printed}}"
    if row.problem:
        return row.problem
    return row.mail.in_a_cell if row.mail else _("not yet")


def to_send_table(shown: InvitationPage, event: Event) -> Table:
    """Who gets an invitation when the press comes."""
    columns = [
        (_("Name"), lambda row: row.invitee.person.name),
        (_("Represents"), lambda row: row.represents),
        (_("E-mail"), lambda row: row.invitee.person.email),
    ]
    return Table(f"{_('Who gets one')} – {event.title}", columns, shown.to_send)
