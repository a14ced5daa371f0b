"""Helmi has invited Otso and Pilvi; both have been sent their invitations."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.events.models import Event
from app.events.queries import event_by_id
from app.inbox.keeping import keep
from app.inbox.models import IncomingMail
from app.inbox.taking import take_in
from app.invitations.inviting import invite
from app.invitations.models import Invitation
from app.invitees.answering import standing_response
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.mail.returning import envelope_sender
from tests import cast
from tests.conftest import NOW
from tests.inbox import programs


@dataclass
class Invited:
    """An event whose invitations have gone, and what a calendar answers to them."""

    session: object
    settings: object
    event: Event
    otso: Invitee
    pilvi: Invitee

    def uid(self, invitee: Invitee | None = None) -> str:
        whose = Invitation.invitee_id == (invitee or self.otso).id
        return self.session.scalars(select(Invitation.uid).where(whose)).one()

    def reply(self, sender=f"Otso Oksa <{programs.OTSO}>", headers=None, **object_) -> bytes:
        return programs.reply(sender, headers, **{"uid": self.uid()} | object_)

    def arrives(self, content: bytes, at=NOW) -> IncomingMail:
        row = keep(self.session, self.settings, content, arrived_at=at)
        take_in(self.session, self.settings, row, at)
        return row

    def mail(self, invitee: Invitee | None = None) -> OutgoingMail:
        whose = OutgoingMail.person_id == (invitee or self.otso).person_id
        return self.session.scalars(select(OutgoingMail).where(whose).order_by(OutgoingMail.id)).first()

    def return_address(self, invitee: Invitee | None = None) -> str:
        return envelope_sender(self.settings, self.mail(invitee).id)

    def stands(self, invitee: Invitee | None = None) -> Response | None:
        return standing_response(self.session, (invitee or self.otso).id)


@pytest.fixture
def invited(session, settings) -> Invited:
    ministry = cast.organisation(session)
    board = cast.group(session, "Rakenneneuvosto", secretary=[cast.person(session, "Saima Salo", of=ministry)])
    event = cast.event(session, board, online_url="https://video.example/1")
    net = cast.group(session, "Rakenneverkosto")
    cast.invitee(session, event, cast.person(session, "Otso Oksa", of=ministry), net, position=0)
    cast.invitee(session, event, cast.person(session, "Pilvi Pouta"), net, position=1)
    session.expunge_all()
    event = event_by_id(session, event.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    for mail in session.scalars(select(OutgoingMail)):
        mail.state, mail.sent_at = "sent", NOW
    session.flush()
    otso, pilvi = invitees_of(session, event.id)
    return Invited(session, settings, event, otso, pilvi)
