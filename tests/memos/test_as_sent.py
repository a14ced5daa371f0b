"""Liite 1 is the invitation as it went out, and to whom it went; Jakelu and Tiedoksi stay as the memo went to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.distribution.fields import load_terms, store_terms
from app.distribution.lists import add_list
from app.distribution.recipients import Term
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitations.models import InvitationLetter
from app.invitations.taking_back import take_back
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.language import speaking
from app.memos.addressees import addressees_of
from app.memos.contents import invitation, programme
from app.memos.copies import copies_of
from app.memos.issuing import issue_memo, issues_of
from app.memos.memos import begin_memo, memo_of
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def event(session):
    ministry = cast.organisation(session)
    aarne = cast.person(session, "Aarne Aho", of=ministry)
    saima = cast.person(session, "Saima Salo", of=ministry)
    board = cast.group(session, "Siltaneuvosto", chair=[aarne], secretary=[saima])
    bridges = cast.group(session, "Siltaverkosto")
    event = cast.event(session, board, background="Siltoja on liian vähän.")
    for place, name in enumerate(("Otso Orava", "Pilvi Puro")):
        cast.invitee(session, event, cast.person(session, name, of=ministry), bridges, position=place)
    session.commit()
    return event_by_id(session, event.id)


def told(session, event):
    with speaking("fi"):
        return invitation(session, event_by_id(session, event.id))


def to(session, event) -> list[str]:
    return [line for field in told(session, event).distribution for line in field.items]


SENT = ["Siltaverkosto, Otso Orava, RM", "Siltaverkosto, Pilvi Puro, RM"]


def test_before_it_is_sent_it_says_to_whom_it_will_go(session, event):
    assert to(session, event) == SENT


def test_its_distribution_stays_as_it_was_sent(session, settings, event):
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    kaino = cast.person(session, "Kaino Kivi")
    cast.invitee(session, event, kaino, session.scalar(select(Group).where(Group.name == "Siltaverkosto")), position=2)
    session.scalar(select(Group).where(Group.name == "Siltaverkosto")).name = "Tieverkosto"
    otso = session.scalar(select(Person).where(Person.given_name == "Otso"))
    otso.family_name, otso.organisation_id = "Oras", None
    session.flush()
    session.execute(delete(Invitee).where(Invitee.person_id == session.scalar(
        select(Person.id).where(Person.given_name == "Pilvi"))))  # fmt: skip
    session.flush()
    session.expire_all()
    assert to(session, event) == SENT
    with speaking("fi"):
        assert list(programme(session, event_by_id(session, event.id)).distribution[0].items) == SENT


def test_who_is_invited_later_is_on_it_too_and_who_was_taken_back_is_not(session, settings, event):
    invite(session, settings, event, invitees_of(session, event.id)[:1], at=NOW)
    assert to(session, event) == SENT[:1]
    invite(session, settings, event, invitees_of(session, event.id), at=NOW + timedelta(hours=1))
    assert to(session, event) == SENT
    take_back(session, event, select(Person.id).where(Person.given_name == "Pilvi"))
    session.expire_all()
    assert to(session, event) == SENT[:1]


def test_its_letter_stays_as_it_was_sent(session, settings, event):
    session.add(
        InvitationLetter(
            event_id=event.id, language="fi", subject="Kutsu: {title}", body="Paikka on {place}.\n\n{link}"
        )
    )
    session.flush()
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    letter = session.get(InvitationLetter, (event.id, "fi"))
    letter.subject, letter.body = "Aivan muuta", "Tulkaa.\n\n{link}"
    event.title, event.place = "Toinen nimi", "Muualla"
    session.flush()
    sent = told(session, event)
    facts = {field.label: field.items[0] for field in sent.facts}
    assert (sent.subject, facts["Paikka"]) == ("Kutsu: Verkostojen iltapäivä", "Rakennusten talo, Helsinki")
    assert "Paikka on Rakennusten talo, Helsinki." in sent.text


def test_a_letter_that_writes_itself_stays_as_it_was_sent(session, settings, event):
    before = told(session, event)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    event.background, event.title = "Muuta taustaa.", "Toinen nimi"
    session.flush()
    assert told(session, event) == before
    assert "Siltoja on liian vähän." in before.text and before.subject == "Verkostojen iltapäivä"


def test_a_list_that_changes_later_changes_neither_copies_nor_what_was_printed(session, settings, event):
    begin_memo(session, event, NOW.date())
    memo = memo_of(session, event.id)
    held = add_list(session, "Sillanrakentajat")
    people = {person.given_name: person.id for person in session.scalars(select(Person))}
    store_terms(session, held.field_id, [Term("person", people["Otso"]), Term("person", people["Pilvi"])])
    store_terms(session, memo.distribution_id, [Term("list", held.id)])
    store_terms(session, memo.for_information_id, [Term("group", event.convener_id)])
    session.flush()
    before = [(one.person.name, one.field) for one in addressees_of(session, event, memo)]
    issue_memo(session, settings, event, memo, at=NOW)
    store_terms(session, held.field_id, [Term("person", people["Aarne"])])
    held.name = "Muut"
    session.flush()
    session.expire_all()
    memo = memo_of(session, event.id)
    issue = issues_of(session, memo)[0]
    assert [(person.name, copy.field) for copy, person in copies_of(session, issue)] == before
    assert issue.fields["closing"][1:] == [
        {"label": "Jakelu", "items": ["Sillanrakentajat"]}, {"label": "Tiedoksi", "items": ["Siltaneuvosto"]},
    ]  # fmt: skip
    assert load_terms(session, memo.distribution_id) == (Term("list", held.id),)
    assert [one.person.name for one in addressees_of(session, event, memo)] == ["Aarne Aho", "Saima Salo"]
