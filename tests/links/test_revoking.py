"""Helmi takes a link out of the wrong hands: renewed, revoked, put back; nothing that was once given works again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.commands.links import renewed_all
from app.errors import NotFound
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitees.queries import invitees_of
from app.links.codes import allow_code, code_of, open_code
from app.links.links import link_of, open_link, personal_link, token_of
from app.links.models import PersonalLink
from app.links.revoking import put_links_back, renew_all, renew_links, revoke_links
from app.people.models import Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def otso(session, settings):
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    invitee = cast.invitee(session, event, cast.person(session, "Otso Oksanen", "otso@rm.example"))
    return {"event_id": event.id, "person_id": invitee.person_id}


@pytest.fixture
def tokens(session, settings, otso):
    """What Otso's links are now, by purpose, and the code in a letter."""

    def given():
        links = session.scalars(select(PersonalLink).filter_by(**otso).order_by(PersonalLink.id)).all()
        return {link.purpose: token_of(settings, link) for link in links} | {
            "code": next(code_of(settings, link) for link in links if link.purpose == "invitation")
        }

    for purpose in ("invitation", "papers", "comments"):
        link_of(session, settings, **otso, purpose=purpose)
    allow_code(settings, session.scalars(select(PersonalLink).filter_by(purpose="invitation")).one())
    session.flush()
    return given


@pytest.fixture
def opens(session, settings):
    def opens(given: dict[str, str]) -> set[str]:
        found = set()
        for purpose, token in given.items():
            try:
                link = open_code(session, settings, token) if purpose == "code" else open_link(session, token)
            except NotFound:
                continue
            found.add(purpose if purpose == "code" else link.purpose)
        return found

    return opens


ALL = {"invitation", "papers", "comments", "code"}


def test_what_is_renewed_is_another_and_the_old_stays_dead(session, settings, otso, tokens, opens):
    old = tokens()
    renew_links(session, settings, **otso, at=NOW)
    new = tokens()
    assert (opens(old), opens(new), set(old.values()) & set(new.values())) == (set(), ALL, set())


def test_a_revocation_can_be_undone(session, settings, otso, tokens, opens):
    assert revoke_links(session, **otso, at=NOW) == 3
    session.expire_all()
    assert opens(tokens()) == set()
    assert put_links_back(session, **otso) == 3
    session.expire_all()
    assert opens(tokens()) == ALL


def test_undoing_what_was_renewed_meanwhile_brings_nothing_back(session, settings, otso, tokens, opens):
    old = tokens()
    revoke_links(session, **otso, at=NOW)
    session.expire_all()
    renew_links(session, settings, **otso, at=NOW)
    assert (put_links_back(session, **otso), opens(old), opens(tokens())) == (0, set(), ALL)


def test_who_is_taken_off_and_invited_anew_has_another_link(signed_in, session, settings, opens):
    event = event_by_id(session, cast.event(session, cast.group(session, "Digineuvottelukunta")).id)
    otso = cast.person(session, "Otso Oksanen", "otso@rm.example")
    links, given = {"event_id": event.id, "person_id": otso.id, "purpose": "invitation"}, []
    for _time in range(3):
        invitee = cast.invitee(session, event, otso)
        invite(session, settings, event, invitees_of(session, event.id), at=NOW)
        session.commit()
        given.append(personal_link(session, settings, **links).rpartition("/")[2])
        assert [opens({"invitation": token}) != set() for token in given] == [False] * (len(given) - 1) + [True]
        assert signed_in.post(f"/events/{event.id}/invitees/{invitee.id}/withdraw").status_code == 303
        session.expunge_all()
        event, otso = event_by_id(session, links["event_id"]), session.get_one(Person, links["person_id"])
        assert [opens({"invitation": token}) for token in given] == [set()] * len(given)


def test_helmi_s_buttons_do_what_they_say(signed_in, session, settings, otso, tokens, opens):
    session.commit()
    event_id, old = otso["event_id"], tokens()
    [invitee] = invitees_of(session, event_id)
    page = f"/events/{event_id}/answers?open={invitee.id}"
    stands = []
    for action in ("revoke", "undo", "renew"):
        answer = signed_in.post(f"/events/{event_id}/invitees/{invitee.id}/link", data={"action": action})
        assert answer.status_code == 303
        session.expire_all()
        stands.append((action, opens(old) == ALL, opens(tokens()) == ALL))
        signed_in.get(page)
    assert stands == [("revoke", False, False), ("undo", True, True), ("renew", False, True)]
    assert personal_link(session, settings, **otso, purpose="invitation") in signed_in.get(page).text
    unknown = signed_in.post(f"/events/{event_id}/invitees/{invitee.id}/link", data={"action": "keep"})
    assert unknown.status_code == 404


def test_in_a_panic_every_link_dies_and_has_another(session, settings, otso, tokens, opens):
    old = tokens()
    assert renew_all(session, settings, NOW) == 3
    new = tokens()
    assert (opens(old), opens(new)) == (set(), ALL)
    again = cast.event(session, session.scalars(select(PersonalLink)).first() and cast.group(session, "Toinen"))
    later = personal_link(session, settings, event_id=again.id, person_id=otso["person_id"], purpose="papers")
    assert open_link(session, later.rpartition("/")[2]).kid == 1
    assert renew_all(session, settings, NOW) == 4
    assert (opens(new), opens(tokens())) == (set(), ALL)


def test_what_was_revoked_stays_so_in_a_panic(session, settings, otso, tokens, opens):
    revoke_links(session, **otso, at=NOW)
    session.expire_all()
    renew_all(session, settings, NOW)
    assert opens(tokens()) == set()


def test_the_command_says_what_it_did(session, settings, otso, tokens):
    assert renewed_all(session, settings, NOW) == (
        "3 links are renewed: none that was sent or printed before opens anything. "
        "0 mails that have not left carry old ones: hold the outbox, and send the invitations again."
    )
