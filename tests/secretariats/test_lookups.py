"""What is looked up outside of a signed-in request stays inside the event's secretariat."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.distribution.fields import new_field
from app.distribution.recipients import Term
from app.distribution.resolving import people_of
from app.errors import NotFound
from app.imports.bringing import bring_rows
from app.imports.models import Import, ImportRow
from app.inbox.models import IncomingMail
from app.invitees.answering import send_substitute
from app.people.models import DistributionList, Membership, Person
from app.secretariats.models import Secretariat
from app.secretariats.scope import add_to, refuse_foreign, see_only
from tests import cast
from tests.conftest import NOW

EMAIL = "otso.orava@rm.example"


@pytest.fixture
def two(session):
    """Two secretariats that keep the same: person, group, list and event of the same names; ids by secretariat."""
    other = Secretariat(name="Toinen sihteeristö")
    session.add(other)
    body = cast.organisation(session)
    session.flush()
    kept = {}
    for place in (1, other.id):
        add_to(session, place)
        person = cast.person(session, "Otso Orava", of=body)
        group = cast.group(session, "Siltaverkosto", leaders=[person])
        session.add(DistributionList(name="Siltaväki", field_id=new_field(session).id))
        event = cast.event(session, group)
        kept[place] = {"person": person, "group": group, "event": event, "body": body}
    session.info.clear()
    session.commit()
    return kept


@pytest.fixture
def second(two):
    return max(two)


def test_a_guest_names_somebody_of_the_events_own_address_book(session, two, second):
    for place in (1, second):
        event = two[place]["event"]
        invitee = cast.invitee(session, event, cast.person(session, f"Pilvi {place}", secretariat_id=place))
        known = send_substitute(session, invitee, name="Otso Orava", email=EMAIL.upper(), source="link", at=NOW)
        assert known.person_id == two[place]["person"].id
        new = send_substitute(session, invitee, name="Uusi Aho", email="uusi@rm.example", source="link", at=NOW)
        assert session.get(Person, new.person_id).secretariat_id == place


def test_an_import_knows_and_adds_its_own_people_only(session, two, second):
    see_only(session, second)
    held = Import(kind="pasted", begun_at=NOW, state="bringing_in", headings=["Nimi"])
    session.add(held)
    session.flush()
    values = {"given_name": "Aino", "family_name": "Aho", "email": "aino@rm.example"}
    row = ImportRow(import_id=held.id, number=1, cells=["Aino"], outcome="new", values=values, problems=[])
    taken = ImportRow(
        import_id=held.id, number=2, cells=["Otso"], outcome="new", values=values | {"email": EMAIL}, problems=[]
    )
    bring_rows(session, held, [row, taken])
    assert session.get(Person, row.person_id).secretariat_id == second
    assert taken.outcome == "refused"  # its own Otso has the address


def test_everybody_of_an_organisation_is_everybody_whom_the_secretariat_knows(session, two, second):
    term = Term("organisation", two[1]["body"].id)
    for place in (1, second):
        see_only(session, place)
        assert [one.person.id for one in people_of(session, [term])] == [two[place]["person"].id]


@pytest.mark.parametrize(
    ("sender", "about_event", "kept"),
    [
        ("otso.orava@rm.example", True, "second"),
        ("otso.orava@rm.example", False, "first"),
        ("vain.toisella@rm.example", False, "second"),
        ("kuka@muu.example", False, "first"),
        (None, False, "first"),
    ],
)
def test_whose_a_mail_is_that_arrived(session, two, second, sender, about_event, kept):
    cast.person(session, "Vain Toisella", secretariat_id=second)
    event_id = two[second]["event"].id if about_event else None
    mail = IncomingMail(digest="1", content=b"", arrived_at=NOW, state="waiting", sender=sender, event_id=event_id)
    session.add(mail)
    session.commit()
    seen = {}
    for place in (1, second):
        session.expunge_all()
        see_only(session, place)
        seen[place] = session.scalars(select(IncomingMail.id)).all()
    owner = second if kept == "second" else 1
    assert seen == {place: [mail.id] if place == owner else [] for place in (1, second)}


def test_nothing_refers_to_what_another_secretariat_keeps(session, two, second):
    person_id, foreign_id, group_id = (two[second]["person"].id, two[1]["person"].id, two[second]["group"].id)
    session.expunge_all()
    see_only(session, second)
    session.add(Membership(group_id=group_id, person_id=person_id, role="member", position=1))
    session.flush()
    with pytest.raises(NotFound), session.begin_nested():
        session.add(Membership(group_id=group_id, person_id=foreign_id, role="member", position=2))
        session.flush()
    with pytest.raises(NotFound):
        refuse_foreign(session, Person, [person_id, foreign_id])
    place = session.scalars(select(Membership).where(Membership.person_id == person_id)).first()
    place.deputy_for_id = foreign_id
    with pytest.raises(NotFound):
        session.flush()
