"""Otso, who is in the address book twice, and the event to which he may have been invited twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitees.models import Invitee
from app.people.models import Person
from tests import cast


@dataclass
class Otsos:
    older: Person
    newer: Person
    event: Event

    def invited(self, session: Session) -> tuple[Invitee, Invitee]:
        return cast.invitee(session, self.event, self.older), cast.invitee(session, self.event, self.newer)
