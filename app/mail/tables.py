"""The mails of the outbox as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.dates import HOME_ZONE, in_zone
from app.language import gettext as _
from app.mail.words import mail_status
from app.spreadsheet import Table


def mails_table(rows: Sequence[Any], *, leaves: bool, held: bool) -> Table:
    """Rows of `listing.mails_found`; leaves is False where no mail server is set, held while no mail may leave."""

    def status(row):
        return mail_status(row.OutgoingMail, HOME_ZONE, leaves=leaves, held=held)

    columns = [
        (_("Recipient"), lambda row: row.OutgoingMail.to_name),
        (_("E-mail"), lambda row: row.OutgoingMail.to_address),
        (_("Subject"), lambda row: row.OutgoingMail.subject),
        (_("Event"), lambda row: row.event),
        (_("Queued"), lambda row: in_zone(row.OutgoingMail.queued_at, HOME_ZONE)),
        (_("State"), lambda row: status(row).in_a_cell),
        (_("Sent"), lambda row: status(row).at),
    ]
    return Table(_("Outbox"), columns, rows)
