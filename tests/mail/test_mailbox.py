"""The demo's mailbox: what was sent, as its recipient sees it, and nothing of it elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.accounts.sessions import begin
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.main import create_app
from app.secretariats.models import Secretariat
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, RolledBack
from tests.posted import write_all

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


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


def test_mails_are_found_by_their_recipient(signed_in, mails):
    page = signed_in.get("/mailbox").text
    assert page.index("Pilvi Pouta") < page.index("Otso Oksa")
    found = signed_in.get("/mailbox?q=otso", headers={"HX-Request": "true"}).text
    assert "Otso Oksa" in found and "Pilvi Pouta" not in found and "<html" not in found


def test_a_mail_is_shown_with_its_calendar_its_files_and_itself(signed_in, mails):
    answer = signed_in.get(f"/mailbox/{mails[0].id}")
    assert "frame-src 'self'" in answer.headers["content-security-policy"]
    for words in ("otso.oksa@rm.example", "REQUEST", "invite.ics", "Rakennusten talo", "Message-ID"):
        assert words in answer.text
    assert "pilvi" not in answer.text.lower()


def test_its_html_runs_nothing_and_its_links_lead_out_of_the_frame(signed_in, mails):
    answer = signed_in.get(f"/mailbox/{mails[0].id}/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-popups ") and "default-src 'none'" in policy
    assert '<base target="_blank">' in answer.text
    assert "http://testserver/i/" in answer.text


def test_an_attachment_is_downloaded(signed_in, mails):
    answer = signed_in.get(f"/mailbox/{mails[0].id}/attachments/0")
    assert answer.headers["content-type"] == "application/ics"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert signed_in.get(f"/mailbox/{mails[0].id}/attachments/1").status_code == 404


def test_what_has_not_been_sent_is_not_in_the_mailbox(signed_in, session, mails):
    session.execute(update(OutgoingMail).values(state="queued"))
    session.commit()
    assert signed_in.get(f"/mailbox/{mails[0].id}").status_code == 404
    assert "Otso" not in signed_in.get("/mailbox").text


@pytest.mark.long
def test_outside_the_demo_there_is_no_mailbox(connection, settings, mails):

    app = create_app(replace(settings, demo=False), RolledBack(connection), post=False)
    app.state.clock = lambda: NOW
    client = TestClient(app)
    for path in ("", f"/{mails[0].id}", f"/{mails[0].id}/html", f"/{mails[0].id}/attachments/0"):
        assert client.get(f"/mailbox{path}").status_code == 404


@pytest.fixture
def here(connection, settings, portal):
    """Begin the demo as it runs on this machine, or elsewhere; returns a browser that is not signed in."""

    def begin(**how) -> Client:
        settings_here = replace(settings, base_url="http://127.0.0.1:8000", **how)
        app = create_app(settings_here, RolledBack(connection), post=False)
        app.state.clock = lambda: NOW
        return Client(app, portal, headers={"Host": "127.0.0.1:8000"}, follow_redirects=False)

    return begin


def addresses(mail: OutgoingMail) -> list[str]:
    return [f"/mailbox/{mail.id}{under}" for under in ("", "/html", "/attachments/0")]


@pytest.mark.long
def test_on_this_machine_it_is_open_to_who_is_not_signed_in(here, mails):
    browser = here()
    assert [browser.get(path).status_code for path in ["/mailbox", *addresses(mails[0])]] == [200] * 4
    assert "Otso Oksa" in browser.get("/mailbox").text


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize(
    "how",
    [{"host": "0.0.0.0"}, {"host": "192.0.2.7"}, {"host": "::"}, {"proxies": ("10.0.0.2",)}],
    ids=["everywhere", "at an address", "everywhere, IPv6", "behind a proxy"],
)
def test_where_others_reach_it_one_has_to_be_signed_in(here, mails, how):
    browser = here(**how)
    for path in ["/mailbox", *addresses(mails[0])]:
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("host", "base_url", "here"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True), ("localhost", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True), ("127.0.0.1", "http://koolle.example", False),
        ("0.0.0.0", "http://127.0.0.1:8000", False), ("koolle.example", "http://127.0.0.1:8000", False),
    ],
)  # fmt: skip
def test_what_is_reached_from_this_machine_only(settings, host, base_url, here):
    assert replace(settings, host=host, base_url=base_url).on_this_machine is here


@pytest.mark.long
@pytest.mark.parametrize("kind", ["account", "code", "changed"])
@pytest.mark.parametrize("role", [None, "viewer", "auditor", "secretary", "owner"])
def test_what_signs_somebody_in_is_an_owners_alone(here, session, mails, kind, role):
    mail, other = mails
    mail.kind = kind
    if kind != "changed":
        mail.event_id = None
    browser = here()
    if role:
        account = cast.account(session, role=role, email=f"{role}@rm.example", name=role)
        browser.cookies.set("session", begin(session, account, NOW))
    session.commit()
    read = [browser.get(path).status_code for path in addresses(mail)]
    assert read == ([200] * 3 if role == "owner" else [404] * 3)
    listed = browser.get("/mailbox").text
    assert (mail.to_name in listed, other.to_name in listed) == (role == "owner", role not in ("viewer", "auditor"))


@pytest.mark.long
def test_an_owner_of_another_secretariat_reads_no_mail_of_the_first(here, session, mails):
    mails[0].kind, mails[0].event_id = "account", None
    elsewhere = Secretariat(name="Tiet")
    session.add(elsewhere)
    session.flush()
    account = cast.account(session, email="tiina@rm.example", name="Tiina", secretariat_id=elsewhere.id)
    browser = here()
    browser.cookies.set("session", begin(session, account, NOW, secretariat_id=elsewhere.id))
    session.commit()
    assert [browser.get(f"/mailbox/{mail.id}").status_code for mail in mails] == [404, 404]
