"""What arrives grows by a held answer, one that was handed on, a bounce, a letter, and each of them dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.inbox.models import IncomingMail
from app.invitees.models import Invitee
from app.mail.models import OutgoingMail
from app.mail.sealing import seal
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.worlds import World

LETTER = b"From: Otso <otso@rm.example>\r\nSubject: Kutsu\r\n\r\nTulen mielell\xc3\xa4ni."
SHAPES = [
    ("reply", "unverified", "sender", {"status": "accepted"}),
    (
        "reply",
        "delegated",
        "delegated",
        {"status": "delegated", "delegated_to": "lumi@rm.example", "delegate_name": "Lumi"},
    ),
    ("counter", "counter", "proposes", {"status": "tentative", "proposed_start": NOW, "proposed_end": NOW}),
    ("bounce", "undeliverable", "refused", {"status": "5.1.1"}),
    ("other", "not_an_answer", "letter", {"subject": "Kutsu"}),
]


def arrive(world: World, n: int) -> None:
    session, event_id, person_id = world.session, world.ids["event_id"], world.person.id
    whose = Invitee.event_id == event_id, Invitee.person_id == person_id
    invitee_id = session.scalars(select(Invitee.id).where(*whose)).one()
    sent_id = session.scalars(select(OutgoingMail.id).where(OutgoingMail.person_id == person_id).limit(1)).one()
    for state in ("waiting", "left"):
        for place, (kind, verdict, reason, more) in enumerate(SHAPES):
            digest = f"{n}{state}{place}{world.mark}"
            more = more | ({"outgoing_mail_id": sent_id} if kind == "bounce" else {})
            session.add(
                IncomingMail(
                    digest=digest, content=seal(world.settings.secret, LETTER, digest), kind=kind, verdict=verdict,
                    reason=reason, state=state, arrived_at=NOW, given_at=NOW, sender=f"{n}@rm.example", tries=1,
                    sender_name=world.person.name, event_id=None if kind == "other" else event_id,
                    invitee_id=invitee_id if kind in ("reply", "counter") else None, **more,
                )
            )  # fmt: skip
    session.flush()
