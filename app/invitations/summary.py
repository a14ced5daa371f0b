"""What is about to leave, and what a careful secretary looks at before the press: who gets a mail, who does not and
why, who may be there twice, who has answered already, and what is otherwise than when something was sent last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.page import InvitationPage, Row
from app.invitees.queries import current_responses
from app.mail.models import OutgoingMail

SHOWN = 200


@dataclass(frozen=True)
class Summary:
    """to_send: who gets a mail, the first SHOWN of them in `shown`. twice: those of the same name; answered: those
    whose answer came before the invitation. last_at: when invitations were sent last; added since then are those to
    send, gone are the names of those who were sent one and are not invited any more."""

    to_send: Sequence[Row]
    shown: Sequence[Row]
    twice: Sequence[Row]
    answered: Sequence[Row]
    unreachable: Sequence[Row]
    invited: Sequence[Row]
    last_at: datetime | None
    gone: Sequence[str]


def summary_of(session: Session, event: Event, page: InvitationPage) -> Summary:
    """Sum up what would be sent now; three queries more than the page."""
    to_send = page.to_send
    names: dict[str, list[Row]] = defaultdict(list)
    for row in page.rows:
        names[row.invitee.person.name.casefold()].append(row)
    twice = [row for row in to_send if len(names[row.invitee.person.name.casefold()]) > 1]
    responses = current_responses(session, event.id)
    sent = (OutgoingMail.event_id == event.id, OutgoingMail.kind == "invitation", OutgoingMail.state != "withdrawn")
    last_at = session.scalar(select(func.max(OutgoingMail.queued_at)).where(*sent))
    people = {row.invitee.person_id for row in page.rows}
    written_to = session.execute(select(OutgoingMail.person_id, OutgoingMail.to_name).where(*sent).distinct())
    gone = sorted({name for person_id, name in written_to if person_id not in people})
    return Summary(
        to_send, to_send[:SHOWN], twice, [row for row in to_send if row.invitee.id in responses], page.unreachable,
        page.invited, last_at, gone,
    )  # fmt: skip
