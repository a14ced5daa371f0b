"""The mails of an event, as they left or will leave."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from app.commands.events import event_of
from app.commands.opening import opened
from app.errors import Refused


def mails(args: argparse.Namespace) -> None:
    """Write each mail of an event, but for those that were taken back, as a file of its own; print their names."""
    with opened() as (database, settings), database.session(readonly=True) as session:
        event = event_of(session, args.event)
        folder: Path = args.output
        if folder.exists() and not folder.is_dir():
            raise Refused(f"{folder}: is no folder")
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in frozen_mails(session, settings, event.id):
            (folder / name).write_bytes(content)
            print(name)


def frozen_mails(session, settings, event_id: int):
    """Yield (file name, bytes) of each mail of an event; one that is not written yet is written as it will be."""
    from sqlalchemy import select

    from app.invitations.stencils import write_with
    from app.mail.models import OutgoingMail
    from app.mail.sealing import unseal
    from app.mail.writing import write_alone
    from app.sealing import Unreadable

    mine = OutgoingMail.event_id == event_id, OutgoingMail.state != "withdrawn"
    columns = OutgoingMail.id, OutgoingMail.kind, OutgoingMail.to_address, OutgoingMail.message_id, OutgoingMail.content
    write = write_with(settings)
    for mail_id, kind, address, message_id, content in session.execute(
        select(*columns).where(*mine).order_by(OutgoingMail.id).execution_options(yield_per=100)
    ):
        try:
            whole = (
                write_alone(session, write, mail_id)
                if content is None
                else unseal(settings.secret, content, message_id)
            )
        except Unreadable:
            raise Refused(f"mail {mail_id} was sealed with another secret than this installation's") from None
        except (ValueError, KeyError):
            raise Refused(f"mail {mail_id} cannot be written; look at /outbox") from None
        yield f"{mail_id:06}-{kind}-{re.sub(r'[^A-Za-z0-9.@+-]', '_', address)[:100]}.eml", whole
