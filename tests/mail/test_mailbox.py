"""The demo's mailbox: what was sent, as its recipient sees it, and nothing of it elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.main import create_app
from tests import cast
from tests.conftest import NOW, RolledBack
from tests.posted import write_all


@pytest.fixture
def mails(session, settings):
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    for position, name in enumerate(("Otso Oksa", "Pilvi Pouta")):
        cast.invitee(session, event, cast.person(session, name), position=position)
    session.expunge_all()
    event = event_by_id(session, event.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    write_all(session, settings)
    session.execute(update(OutgoingMail).values(state="sent", sent_at=NOW))
    session.commit()
    return session.query(OutgoingMail).order_by(OutgoingMail.id).all()


def test_mails_are_found_by_their_recipient(client, mails):
    page = client.get("/mailbox").text
    assert page.index("Pilvi Pouta") < page.index("Otso Oksa")
    found = client.get("/mailbox?q=otso", headers={"HX-Request": "true"}).text
    assert "Otso Oksa" in found and "Pilvi Pouta" not in found and "<html" not in found


def test_a_mail_is_shown_with_its_calendar_its_files_and_itself(client, mails):
    answer = client.get(f"/mailbox/{mails[0].id}")
    assert "frame-src 'self'" in answer.headers["content-security-policy"]
    for words in ("otso.oksa@rm.example", "REQUEST", "invite.ics", "Rakennusten talo", "Message-ID"):
        assert words in answer.text
    assert "pilvi" not in answer.text.lower()


def test_its_html_runs_nothing_and_its_links_lead_out_of_the_frame(client, mails):
    answer = client.get(f"/mailbox/{mails[0].id}/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-popups ") and "default-src 'none'" in policy
    assert '<base target="_blank">' in answer.text
    assert "http://testserver/i/" in answer.text


def test_an_attachment_is_downloaded(client, mails):
    answer = client.get(f"/mailbox/{mails[0].id}/attachments/0")
    assert answer.headers["content-type"] == "application/ics"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert client.get(f"/mailbox/{mails[0].id}/attachments/1").status_code == 404


def test_what_has_not_been_sent_is_not_in_the_mailbox(client, session, mails):
    session.execute(update(OutgoingMail).values(state="queued"))
    session.commit()
    assert client.get(f"/mailbox/{mails[0].id}").status_code == 404
    assert "Otso" not in client.get("/mailbox").text


def test_outside_the_demo_there_is_no_mailbox(connection, settings, mails):

    app = create_app(replace(settings, demo=False), RolledBack(connection), post=False)
    app.state.clock = lambda: NOW
    client = TestClient(app)
    for path in ("", f"/{mails[0].id}", f"/{mails[0].id}/html", f"/{mails[0].id}/attachments/0"):
        assert client.get(f"/mailbox{path}").status_code == 404
