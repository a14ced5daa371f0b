"""What has been sent to either record leads to the one person: links, calendar entries, mails."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.duplicates.merging import merge
from app.events.queries import event_by_id
from app.invitations.inviting import invite, invite_again
from app.invitations.models import Invitation
from app.invitees.models import Response
from app.invitees.queries import invitees_of
from app.links.links import link_of, personal_link
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def paths(session, settings, otsos) -> list[str]:
    """Both Otsos' links to the event to which both are invited."""
    otsos.invited(session)
    people = (otsos.older, otsos.newer)
    made = [
        personal_link(session, settings, event_id=otsos.event.id, person_id=it.id, purpose="invitation")
        for it in people
    ]
    session.commit()
    return [path.removeprefix("http://testserver") for path in made]


def test_links_sent_to_either_open_the_one_persons_page_and_take_an_answer(client, session, otsos, paths):
    merge(session, otsos.older.id, otsos.newer.id, {"family_name": "Äijälä"})
    session.commit()
    for path, answer in zip(paths, ("coming", "declined"), strict=True):
        page = client.get(path).headers["location"]
        assert "Otso Äijälä" in client.get(page).text
        assert (
            client.post(f"{page}/answer", data={"answer": answer, "public_id": page.split("/")[2]}).status_code == 303
        )
    assert session.scalars(select(Response.choice).order_by(Response.id)).all() == ["accepted", "declined"]
    assert len(set(session.scalars(select(Response.invitee_id)))) == 1


def test_a_link_that_only_one_had_is_the_one_persons_own(client, session, settings, otsos):
    cast.invitee(session, otsos.event, otsos.newer)
    one = {"event_id": otsos.event.id, "purpose": "invitation"}
    before = personal_link(session, settings, person_id=otsos.newer.id, **one)
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert personal_link(session, settings, person_id=otsos.older.id, **one) == before
    assert session.scalars(select(PersonalLink.former)).all() == [False]


def test_mails_to_come_carry_the_link_whose_entry_is_in_the_calendar(session, settings, otsos):
    """Only the newer record was asked; the older has a link that the secretary had made to read it out."""
    otsos.invited(session)
    one = {"event_id": otsos.event.id, "purpose": "invitation"}
    link_of(session, settings, person_id=otsos.older.id, **one)
    invitees = invitees_of(session, otsos.event.id)
    event = event_by_id(session, otsos.event.id)
    invite(session, settings, event, [it for it in invitees if it.person_id == otsos.newer.id], at=NOW)
    uid = session.scalars(select(Invitation.uid)).one()
    merge(session, otsos.older.id, otsos.newer.id, {"email": "otso@gov.example"})
    link = link_of(session, settings, person_id=otsos.older.id, **one)
    invitee = invitees_of(session, otsos.event.id)[0]
    assert uid.startswith(f"{otsos.event.id}.{link.public_id}.")
    assert session.execute(select(Invitation.uid, Invitation.invitee_id)).all() == [(uid, invitee.id)]


def test_who_was_asked_twice_has_been_asked_and_both_mails_are_theirs(session, settings, otsos):
    otsos.invited(session)
    invite(session, settings, event_by_id(session, otsos.event.id), invitees_of(session, otsos.event.id), at=NOW)
    merge(session, otsos.older.id, otsos.newer.id, {})
    invitee = invitees_of(session, otsos.event.id)[0]
    assert session.scalars(select(Invitation.invitee_id)).all() == [invitee.id]
    assert session.scalars(select(OutgoingMail.person_id)).all() == [otsos.older.id] * 2
    event = event_by_id(session, otsos.event.id)
    assert invite(session, settings, event, [invitee], at=NOW) == 0
    assert not invite_again(session, settings, event, invitee, at=NOW)  # one is on its way
    assert sorted(session.scalars(select(PersonalLink.former))) == [False, True]


def test_a_revoked_link_stays_dead_and_the_living_one_is_sent(client, session, settings, otsos, paths):
    dead = session.scalars(select(PersonalLink).where(PersonalLink.person_id == otsos.older.id)).one()
    dead.revoked_at = NOW
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    session.commit()
    assert [client.get(path).status_code for path in paths] == [404, 303]
    one = {"event_id": otsos.event.id, "person_id": otsos.older.id, "purpose": "invitation"}
    assert personal_link(session, settings, **one).endswith(paths[1])


def test_nobody_gets_a_second_copy_of_a_memo(session, otsos, stored_memo):
    mail = {"kind": "memo", "to_name": "Otso", "to_address": "o@rm.example", "subject": "Muistio", "written": True}
    mail |= {"domain": "rm.example"}
    mail |= {"due_at": NOW, "queued_at": NOW, "attempts": 0, "event_id": otsos.event.id}
    for number, (person, issue) in enumerate([(otsos.newer, 7), (otsos.newer, 8), (otsos.older, 8)]):
        key = {"key": f"memo:{issue}:{person.id}", "message_id": f"<{number}@rm.example>"}
        session.add(OutgoingMail(person_id=person.id, **mail | key))
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    keys = [re.sub(rf":{otsos.older.id}$", ":older", key) for key in session.scalars(select(OutgoingMail.key))]
    assert sorted(keys) == ["memo:7:older", f"memo:8:{otsos.newer.id}", "memo:8:older"]
