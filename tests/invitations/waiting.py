"""An event with few seats, its people, and how they answer; for the stories of seats and of substitutes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.offers import events_due, settle
from app.invitations.receiving import receive, receive_substitute
from app.invitees.models import Invitee, Offer, Response
from app.invitees.queries import current_responses, invitee_by_id
from app.invitees.rsvp import Answered, Seat, standing
from app.mail.models import OutgoingMail
from app.people.models import Person
from app.settings import Settings
from tests import cast
from tests.conftest import NOW
from tests.posted import write_all

GIVEN = ("Otso", "Pilvi", "Lumi", "Elle", "Aarne", "Kaino")


def offers_due(session: Session, settings: Settings, at: datetime) -> int:
    """Do what the clock does, without its transactions; returns how many seats were offered."""
    return sum(settle(session, settings, event_id, at) for event_id in events_due(session, at))


class Hall:
    """An event with a capacity; its people are called by their given names, in lower case."""

    def __init__(self, session: Session, settings: Settings, capacity: int | None, people: int = 4, **more):
        self.session, self.settings = session, settings
        self.net = cast.group(session, "Rakenneverkosto")
        board = cast.group(session, "Rakenneneuvosto")
        self.event: Event = cast.event(
            session, board, capacity=capacity, online_url="https://kokous.example/silta", rsvp_deadline="2026-09-07",
            **more,
        )  # fmt: skip
        self.places = {
            name.lower(): cast.invitee(
                session, self.event, cast.person(session, f"{name} Silta", f"{name.lower()}@rm.example"), self.net,
                position=place,
            )
            for place, name in enumerate(GIVEN[:people])
        }  # fmt: skip
        self.event = event_by_id(session, self.event.id)

    def __getitem__(self, name: str) -> Invitee:
        by_address = select(Invitee.id).join(Person).where(Invitee.event_id == self.event.id)
        found = self.session.scalars(by_address.where(Person.email == f"{name}@rm.example")).one_or_none()
        return invitee_by_id(self.session, self.event.id, found or self.places[name].id)

    def says(self, name: str, choice: str, at: datetime = NOW, source: str = "link", **more) -> Response:
        """coming, online, declined or tentative."""
        kinds = {"coming": ("accepted", "in_person"), "online": ("accepted", "remote")}
        chosen, mode = kinds.get(choice, (choice, None))
        return receive(
            self.session, self.settings, self.event, self[name], choice=chosen, mode=mode, source=source, at=at, **more
        )

    def sends(self, name: str, other: str, at: datetime = NOW, source: str = "link") -> Invitee:
        sent = receive_substitute(
            self.session, self.settings, self.event, self[name], name=f"{other.title()} Sija",
            email=f"{other}@rm.example", source=source, at=at,
        )  # fmt: skip
        write_all(self.session, self.settings)
        left = update(OutgoingMail).where(OutgoingMail.kind == "invitation", OutgoingMail.state == "queued")
        self.session.execute(left.values(state="sent", sent_at=at))
        return sent

    def standing(self, name: str) -> str:
        given = {
            id: Answered(one.choice, one.mode, one.substitute_id)
            for id, one in current_responses(self.session, self.event.id).items()
        }
        place = self[name]
        return str(standing(Seat(place.id, place.substitute_for_id), given))

    def all(self) -> dict[str, str]:
        return {name: self.standing(name) for name in self.places}

    def offers(self) -> list[tuple[str, str, str]]:
        """Who was offered or kept a seat, how that stands, and by whom, the first first."""
        query = select(Offer).join(Invitee, Invitee.id == Offer.invitee_id).where(Invitee.event_id == self.event.id)
        rows = self.session.scalars(query.order_by(Offer.id).execution_options(populate_existing=True))
        return [(self._email(one.invitee_id), one.state, one.made_by) for one in rows]

    def mails(self) -> list[tuple[str, str]]:
        """To whom and of which kind of message, by their keys, but for invitations."""
        rows = self.session.execute(
            select(OutgoingMail.to_address, OutgoingMail.key, OutgoingMail.state)
            .where(OutgoingMail.event_id == self.event.id, OutgoingMail.kind != "invitation")
            .order_by(OutgoingMail.id)
        )
        return [
            (address.partition("@")[0], key.partition("/")[0]) for address, key, state in rows if state != "withdrawn"
        ]

    def _email(self, invitee_id: int) -> str:
        person = invitee_by_id(self.session, self.event.id, invitee_id).person
        return person.email.partition("@")[0] if person.email else person.given_name.lower()
