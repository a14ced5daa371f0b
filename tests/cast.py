"""The cast of the stories. Everybody is invented; addresses end in .example.

Helmi is the secretary who signs in. Otso leads one network, Pilvi two; Aarne chairs the board that convenes, Saima and
Veikko are its secretaries; Kaino is a stranger whom nobody has invited.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.events.models import Event
from app.invitees.models import Invitee, Representation
from app.people.models import Group, Membership, Organisation, Person
from app.secretariats.models import Role

# a cheap hash of conftest.PASSWORD, so that tests do not spend a quarter of a second on each sign-in
HELMI = {
    "email": "helmi@koolle.example",
    "name": "Helmi Hakala",
    "password_hash": "$argon2id$v=19$m=8,t=1,p=1$4K8oqJoRihugBWtguCj+4w$3Ti8aGdg0ovqcZYinvZ8VMOL0/UGtkrHaaullYn1u6c",
    "language": "fi",
}


def account(session: Session, role: str = "owner", secretariat_id: int = 1, **values) -> Account:
    """Somebody of a secretariat, with conftest.PASSWORD: Helmi unless told otherwise."""
    made = _added(session, Account(**HELMI | values))
    _added(session, Role(account_id=made.id, secretariat_id=secretariat_id, role=role))
    return made


def organisation(
    session: Session, name: str = "rakenneministeriö", abbreviation: str | None = "RM", **more
) -> Organisation:
    return _added(session, Organisation(name=name, abbreviation=abbreviation, **more))


def person(session: Session, name: str, email: str | None = None, *, of: Organisation | None = None, **more) -> Person:
    """A person by `Given Family`; without an address given, one is made from the name unless it is ''."""
    given, _, family = name.rpartition(" ")
    if email is None:
        email = f"{given}.{family}@rm.example".lower().translate(str.maketrans("äöå -", "aoa..")).replace("..", ".")
    return _added(
        session,
        Person(
            given_name=given, family_name=family, email=email or None, organisation_id=of.id if of else None, **more
        ),
    )


def group(session: Session, name: str, *, leaders=(), secretariat_id: int | None = None, **members_by_role) -> Group:
    """A group; `chair=[aarne], secretary=[saima, veikko]` make its members."""
    made = _added(session, Group(name=name, secretariat_id=secretariat_id))
    position = 0
    for role, people in {**members_by_role, "leader": leaders}.items():
        for member in people:
            session.add(Membership(group_id=made.id, person_id=member.id, role=role, position=position))
            position += 1
    session.flush()
    return made


def event(session: Session, convener: Group, **more) -> Event:
    """Tomorrow week's discussion at one o'clock, unless told otherwise."""
    values = {
        "title": "Verkostojen iltapäivä",
        "starts_at": datetime(2026, 9, 10, 13, 0),
        "ends_at": datetime(2026, 9, 10, 15, 0),
        "place": "Rakennusten talo, Helsinki",
        "language": "fi",
    }
    return _added(session, Event(convener_id=convener.id, **values | more))


def invitee(
    session: Session, event: Event, who: Person, *represents: Group | Organisation, position: int = 0, **more
) -> Invitee:
    made = _added(session, Invitee(event_id=event.id, person_id=who.id, position=position, **more))
    for place, body in enumerate(represents):
        key = "group_id" if isinstance(body, Group) else "organisation_id"
        session.add(Representation(invitee_id=made.id, position=place, **{key: body.id}))
    session.flush()
    return made


def _added(session: Session, thing):
    session.add(thing)
    session.flush()
    return thing
