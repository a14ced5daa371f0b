"""Many guests at once on a real database: their event, its survey, and each one's way in. Removed afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi.testclient import TestClient
from sqlalchemy import delete

from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitees.queries import invitees_of
from app.links.links import address_of, link_of
from app.mail.models import Mailing, OutgoingMail
from app.main import create_app
from app.people.models import Group, Person
from app.surveys.sheets import survey_of
from tests import cast
from tests.conftest import NOW
from tests.guests.every_kind import every_kind

COUNCIL, NETWORK = "Monen hengen neuvosto", "Monen hengen verkosto"


@dataclass
class One:
    """A guest at a browser of their own; cookies are what it has been given."""

    client: TestClient
    person_id: int
    public_id: str
    token: str
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> str:
        return f"/m/{self.public_id}"

    def get(self) -> str:
        return self._heard(self.client.get(self.page, headers=self._sent())).text

    def post(self, path: str, fields: dict):
        whole = {"public_id": self.public_id, **fields}
        return self._heard(self.client.post(f"{self.page}/{path}", data=whole, headers=self._sent()))

    def stamps(self) -> dict[str, str]:
        return dict(re.findall(r'name="(q\d+-stamp)" value="(\w*)"', self.get()))

    def _sent(self) -> dict[str, str]:
        held = {f"g_{self.public_id}": self.token, "language": "en", **self.cookies}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())}

    def _heard(self, response):
        for given in response.headers.get_list("set-cookie"):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response


@dataclass
class Crowd:
    client: TestClient
    event_id: int
    people: list[One]


@contextmanager
def crowd(database, settings, size: int, **survey) -> Iterator[Crowd]:
    """Invite so many to an event with a survey of every kind."""
    app = create_app(settings, database, post=False)
    app.state.note = lambda _request, _session: None  # what is committed to the trail stays for all other tests
    app.state.clock = lambda: NOW
    with database.session() as session:
        event = cast.event(session, cast.group(session, COUNCIL))
        network = cast.group(session, NETWORK)
        people = [cast.person(session, f"Otso Joukko{place}", f"joukko{place}@rm.example") for place in range(size)]
        for place, one in enumerate(people):
            cast.invitee(session, event, one, network, position=place)
        every_kind(session, event, **survey)
        session.flush()
        session.expire_all()
        event = event_by_id(session, event.id)
        invite(session, settings, event, invitees_of(session, event.id), at=NOW)
        links = [
            link_of(session, settings, event_id=event.id, person_id=one.id, purpose="invitation") for one in people
        ]
        ways = [(link.person_id, link.public_id, address_of(settings, link).rpartition("/")[2]) for link in links]
        event_id = event.id
    with TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False) as client:
        yield Crowd(client, event_id, [One(client, *way) for way in ways])
    with database.session() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.event_id == event_id))
        session.execute(delete(Mailing).where(Mailing.event_id == event_id))
        session.execute(delete(Event).where(Event.id == event_id))
        session.execute(delete(Person).where(Person.family_name.startswith("Joukko")))
        session.execute(delete(Group).where(Group.name.in_([COUNCIL, NETWORK])))


def its_survey(session, held: Crowd):
    return survey_of(session, held.event_id)
