"""A link is renewed while mails wait, or have failed: what leaves after that carries the link that opens."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitations.notices import Notice, send_notice
from app.invitees.queries import invitees_of
from app.links.links import open_link, personal_link
from app.mail.claiming import claim_some
from app.mail.models import OutgoingMail
from app.mail.recording import Stands, still_mine
from app.mail.relinking import relinked
from tests import cast
from tests.conftest import NOW
from tests.posted import opened, posted, write_all

OLD, NEW = "a" * 32, "0123456789bcdefghjkmnpqrstvwxyzz"
SAID = Notice("Muistutus", ("Hei.",), "Avaa sivusi")


@pytest.fixture
def event(session, settings):
    """Otso is invited, and told something besides."""
    event = cast.event(session, cast.group(session, "Digineuvottelukunta"))
    cast.invitee(session, event, cast.person(session, "Otso Oksanen", "otso@rm.example"))
    event = event_by_id(session, event.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    [otso] = invitees_of(session, event.id)
    send_notice(session, settings, event, otso, lambda: SAID, key="notice/1", at=NOW)
    session.commit()
    return event


@pytest.fixture
def renew(signed_in, session, event):
    def renew():
        [invitee] = invitees_of(session, event.id)
        renewed = signed_in.post(f"/events/{event.id}/invitees/{invitee.id}/link", data={"action": "renew"})
        assert renewed.status_code == 303
        session.expire_all()

    return renew


def links(session, settings) -> dict[str, set[str]]:
    """The personal links in each mail, by its kind."""
    found = {}
    for mail in posted(session, settings):
        texts = [part.get_content() for part in opened(settings, mail).walk() if not part.is_multipart()]
        plain = "".join(text if isinstance(text, str) else text.decode() for text in texts)
        found[mail.kind] = set(re.findall(r"http://testserver/i/([0-9a-z]{32})", plain.replace("\r\n ", "")))
    return found


def states(session) -> dict[str, str]:
    session.expire_all()
    return dict(session.execute(select(OutgoingMail.kind, OutgoingMail.state)).all())


def current(session, settings, event) -> str:
    [otso] = invitees_of(session, event.id)
    url = personal_link(session, settings, event_id=event.id, person_id=otso.person_id, purpose="invitation")
    return url.rpartition("/")[2]


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("state", ["queued", "uncertain"])
def test_what_waits_leaves_with_the_new_link(session, settings, event, renew, written, state):
    if written:
        write_all(session, settings)
        session.execute(update(OutgoingMail).values(state=state))
        session.commit()
    old = current(session, settings, event)
    renew()
    new = current(session, settings, event)
    assert links(session, settings) == {"invitation": {new}, "notice": {new}}
    assert (old == new, open_link(session, new).version, set(states(session).values())) == (False, 2, {"queued"})


def test_what_is_being_sent_does_not_go_with_the_old_one(session, settings, event, renew):
    write_all(session, settings)
    session.execute(update(OutgoingMail).values(due_at=NOW))
    in_hand = claim_some(session, NOW, "one", 5)
    session.commit()
    assert [still_mine(session.connection(), one) for one in in_hand] == [Stands.MINE] * 2
    renew()
    assert [still_mine(session.connection(), one) for one in in_hand] == [Stands.GONE] * 2
    new = current(session, settings, event)
    assert links(session, settings) == {"invitation": {new}, "notice": {new}}
    assert {one.id for one in claim_some(session, NOW, "two", 5)} == {one.id for one in in_hand}


@pytest.mark.parametrize("way", ["the invitee's button", "the outbox"])
def test_what_had_failed_is_sent_again_with_the_new_link(signed_in, session, settings, event, renew, way):
    write_all(session, settings)
    session.execute(update(OutgoingMail).values(state="failed"))
    session.commit()
    renew()
    [otso] = invitees_of(session, event.id)
    mails = session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id)).all()
    paths = [f"/outbox/{mail_id}/again" for mail_id in mails]
    if way != "the outbox":
        paths[0] = f"/events/{event.id}/invitees/{otso.id}/again"
    for path in paths:
        assert signed_in.post(path).status_code == 303
    assert states(session) == {"invitation": "queued", "notice": "queued"}
    new = current(session, settings, event)
    assert links(session, settings) == {"invitation": {new}, "notice": {new}}


def test_what_was_sent_stays_as_it_left(session, settings, event, renew):
    write_all(session, settings)
    session.execute(update(OutgoingMail).values(state="sent"))
    session.commit()
    old = current(session, settings, event)
    renew()
    assert links(session, settings) == {"invitation": {old}, "notice": {old}}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"x https://k/i/{OLD}\r\n", f"x https://k/i/{NEW}\r\n"),
        (f"/i/{OLD[:5]}=\r\n{OLD[5:]} /=\r\ni/{OLD}", f"/i/{NEW[:5]}=\r\n{NEW[5:]} /=\r\ni/{NEW}"),
        (f"/i/{'b' * 32} /m/{OLD} {OLD} /i/undo/7-{OLD}", None),
        (f"/i/{OLD[:31]}=3D", None),
    ],
)
def test_in_its_text_the_link_alone_is_another(text, after):
    assert relinked(text.encode(), {OLD: NEW}) == (after or text).encode()
