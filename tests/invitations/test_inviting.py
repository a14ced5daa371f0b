"""Helmi invites Otso, Pilvi and Kaisa, who has no e-mail; Otso sends Lumi in his place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.desk.removing import remove_event
from app.errors import Refused
from app.events.queries import event_by_id
from app.invitations.inviting import invite, invite_again, invite_substitute
from app.invitations.models import Invitation, InvitationLetter
from app.invitations.stencils import write_with
from app.invitations.taking_back import take_back
from app.invitees.answering import send_substitute
from app.invitees.queries import invitees_of
from app.links.links import open_link, personal_link
from app.mail.claiming import claim
from app.mail.models import OutgoingMail
from app.mail.recording import record
from app.mail.retrying import Outcome
from app.mail.writing import write_some
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW
from tests.posted import opened, posted, write_all

MINUTE = timedelta(minutes=1)


@pytest.fixture
def event(session):
    ministry = cast.organisation(session)
    board = cast.group(session, "Rakenneneuvosto", secretary=[cast.person(session, "Saima Salo", of=ministry)])
    event = cast.event(session, board, rsvp_deadline="2026-09-07", online_url="https://video.example/1")
    net, forum = cast.group(session, "Rakenneverkosto"), cast.group(session, "Sillanpitäjät")
    cast.invitee(session, event, cast.person(session, "Otso Oksa", of=ministry), net, position=0)
    cast.invitee(session, event, cast.person(session, "Pilvi Pouta", language="sv"), net, forum, position=1)
    cast.invitee(session, event, cast.person(session, "Kaisa Kivi", ""), position=2)
    session.expunge_all()
    return event_by_id(session, event.id)


def invite_all(session, settings, event, at=NOW) -> int:
    queued = invite(session, settings, event, invitees_of(session, event.id), at=at)
    write_all(session, settings)
    return queued


def test_each_with_an_address_gets_one_mail_of_their_own(session, settings, event):
    assert invite_all(session, settings, event) == 2
    assert [(mail.to_address, mail.state, mail.due_at) for mail in posted(session, settings, "invitation")] == [
        ("otso.oksa@rm.example", "queued", NOW + MINUTE),
        ("pilvi.pouta@rm.example", "queued", NOW + MINUTE),
    ]
    assert session.query(Invitation).count() == 2


def test_a_mail_that_cannot_be_written_is_named_and_keeps_no_other(session, settings, event, caplog):
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    otso = OutgoingMail.to_address == "otso.oksa@rm.example"
    session.execute(update(OutgoingMail).where(otso).values(to_address="otso..oksa@rm.example"))
    first, second = posted(session, settings, "invitation")
    assert (first.state, first.reply, first.content) == ("failed", "unwritten", None)
    assert second.state == "queued" and second.content is not None
    assert [record.getMessage() for record in caplog.records] == [
        f"post: mail {first.id} cannot be written: ValueError"
    ]
    assert invite_again(session, settings, event, invitees_of(session, event.id)[0], at=NOW)
    assert [(mail.to_address, mail.state) for mail in posted(session, settings, "invitation")] == [
        ("otso..oksa@rm.example", "withdrawn"), ("pilvi.pouta@rm.example", "queued"),
        ("otso.oksa@rm.example", "queued"),
    ]  # fmt: skip


def test_the_letter_of_an_event_that_was_deleted_goes_to_nobody(session, settings, event):
    """SQLite gives the next mailing the id of the one that went with its event."""
    write = write_with(settings)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    write_some(session, settings.secret, write)
    people = [one.person_id for one in invitees_of(session, event.id)]
    board = session.get(Group, event.convener_id)
    remove_event(session, event)
    session.expunge_all()
    made = cast.event(session, board, title="Toinen tilaisuus")
    for position, person_id in enumerate(people):
        cast.invitee(session, made, session.get(Person, person_id), board, position=position)
    event = event_by_id(session, made.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW + MINUTE)
    write_some(session, settings.secret, write)
    for mail in posted(session, settings, "invitation"):
        assert "Toinen tilaisuus" in opened(settings, mail).get_body(("plain",)).get_content()


def test_pressing_twice_sends_once(session, settings, event):
    assert [invite_all(session, settings, event), invite_all(session, settings, event)] == [2, 0]
    assert len(posted(session, settings, "invitation")) == 2


def test_the_mail_has_the_link_the_words_and_the_calendar(session, settings, event):
    invite_all(session, settings, event)
    message = opened(settings, posted(session, settings, "invitation")[0])
    otso = invitees_of(session, event.id)[0]
    link = personal_link(session, settings, event_id=event.id, person_id=otso.person_id, purpose="invitation")
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    assert message["To"] == "Otso Oksa <otso.oksa@rm.example>"
    text, html, calendar = list(message.iter_parts())[0].iter_parts()
    for words in ("Rakenneneuvosto", "Rakenneverkosto", "Rakennusten talo", "https://video.example/1", "Saima Salo"):
        assert words in text.get_content()
    assert link in text.get_content().splitlines()
    assert f'<a href="{link}"' in html.get_content()
    assert calendar.get_param("method") == "REQUEST"
    assert "pilvi" not in bytes(message).decode().lower()
    assert open_link(session, link.rpartition("/")[2]).person_id == otso.person_id


def test_a_letter_speaks_the_recipients_language_unless_it_was_written_by_hand(session, settings, event):
    invite_all(session, settings, event)
    assert [opened(settings, mail)["Content-Language"] for mail in posted(session, settings, "invitation")] == [
        "fi",
        "sv",
    ]
    take_back(session, event)
    session.add(
        InvitationLetter(event_id=event.id, language="fi", subject="Tervetuloa: {title}", body="Hei {name}\n\n{link}")
    )
    session.flush()
    invite_all(session, settings, event)
    written = [opened(settings, mail) for mail in posted(session, settings, "invitation") if mail.state == "queued"]
    assert [message["Content-Language"] for message in written] == ["fi", "fi"]
    assert [str(message["Subject"]) for message in written] == ["Tervetuloa: Verkostojen iltapäivä"] * 2
    assert written[1].get_body(("plain",)).get_content().startswith("Hei Pilvi Pouta\r\n")


def test_within_the_minute_it_can_be_taken_back_and_sent_anew(session, settings, event):
    invite_all(session, settings, event)
    before = {invitation.uid for invitation in session.scalars(select(Invitation))}
    assert take_back(session, event) == 2
    assert session.query(Invitation).count() == 0
    assert claim(session, NOW + MINUTE) is None
    assert invite_all(session, settings, event) == 2
    assert {invitation.uid for invitation in session.scalars(select(Invitation))} == before


def test_what_has_left_is_not_taken_back(session, settings, event):
    invite_all(session, settings, event)
    record(session, claim(session, NOW + MINUTE), Outcome("sent", "250 ok"), NOW + MINUTE)
    assert take_back(session, event) == 1
    assert session.query(Invitation).count() == 1
    assert invite_all(session, settings, event) == 1


def test_an_event_that_is_not_public_is_not_mailed(session, settings, event):
    event.confidentiality = "Salassa pidettävä"
    with pytest.raises(Refused):
        invite_all(session, settings, event)
    assert posted(session, settings, "invitation") == []


@pytest.mark.parametrize(
    ("subject", "body"),
    [("Kutsu", "Hei {nimi}\n\n{link}"), ("Kutsu {x}", "{link}"), ("Kutsu", "Hei {name}"), ("Kutsu", "Tästä: {link}")],
    ids=["unknown in the body", "unknown in the subject", "no link", "link amid words"],
)
def test_a_letter_that_cannot_be_filled_in_is_not_sent(session, settings, event, subject, body):
    session.add(InvitationLetter(event_id=event.id, language="fi", subject=subject, body=body))
    session.flush()
    with pytest.raises(Refused):
        invite_all(session, settings, event)
    assert posted(session, settings, "invitation") == []


def test_a_failed_mail_is_sent_again_as_it_is(session, settings, event):
    invite_all(session, settings, event)
    otso = invitees_of(session, event.id)[0]
    record(session, claim(session, NOW + MINUTE), Outcome("failed", "550 no such user"), NOW + MINUTE)
    assert invite_again(session, settings, event, otso, at=NOW + 5 * MINUTE)
    assert not invite_again(session, settings, event, otso, at=NOW + 5 * MINUTE)
    mail = posted(session, settings, "invitation")[0]
    assert (mail.state, mail.reply, mail.due_at, len(posted(session, settings, "invitation"))) == (
        "queued",
        None,
        NOW + 5 * MINUTE,
        2,
    )


def test_a_corrected_address_gets_a_new_mail_that_is_the_same_entry(session, settings, event):
    invite_all(session, settings, event)
    otso = invitees_of(session, event.id)[0]
    record(session, claim(session, NOW + MINUTE), Outcome("failed", "550 no such user"), NOW + MINUTE)
    otso.person.email = "otso@uusi.example"
    assert invite_again(session, settings, event, otso, at=NOW + 5 * MINUTE)
    first, _pilvi, second = posted(session, settings, "invitation")
    assert (first.state, second.state, second.to_address) == ("withdrawn", "queued", "otso@uusi.example")
    calendars = [opened(settings, mail).get_payload()[1].get_content().decode() for mail in (first, second)]
    uids = [next(line for line in text.splitlines() if line.startswith("UID:")) for text in calendars]
    assert uids[0] == uids[1]


def test_a_substitute_is_invited_at_once_and_both_are_told_once(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    lumi = send_substitute(session, otso, name="Lumi Laine", email="lumi@rm.example", source="link", at=NOW)
    for _press in range(2):
        invite_substitute(session, settings, event, lumi, named="Lumi Laine", at=NOW)
    [invitation], [notice] = posted(session, settings, "invitation"), posted(session, settings, "notice")
    assert (invitation.to_address, invitation.due_at) == ("lumi@rm.example", NOW)
    assert (notice.to_address, notice.due_at) == ("otso.oksa@rm.example", NOW)
    assert opened(settings, notice)["Auto-Submitted"] == "auto-generated"
    assert "Lumi Laine" in opened(settings, notice).get_body(("plain",)).get_content()
    assert "Otso Oksa" in opened(settings, invitation).get_body(("plain",)).get_content()


def test_names_cannot_write_headers_links_or_placeholders(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    otso.person.given_name = "{link} [x](https://evil.example) <b>\r\nBcc: kaino@evil.example"
    invite(session, settings, event, [otso], at=NOW)
    message = opened(settings, posted(session, settings, "invitation")[0])
    assert message["Bcc"] is None
    html = message.get_body(("html",)).get_content()
    assert 'href="https://evil.example"' not in html and "<b>" not in html
    assert html.count("{link}") == 2  # in the greeting and at the foot, as it was typed


def test_without_a_mail_server_it_is_queued_all_the_same(session, settings, event):
    assert invite_all(session, replace(settings, demo=False), event) == 2
