"""A mail is written once, claimed by one, recorded at once, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, update

from app.mail.claiming import claim
from app.mail.models import MailContent, OutgoingMail
from app.mail.outbox import mail_by_id, mails_by_person, opens, queue, send_again, withdraw
from app.mail.recording import record
from app.mail.retrying import Outcome
from app.mail.sealing import unseal
from tests import cast
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def otso(session):
    return cast.person(session, "Otso Oksa")


@pytest.fixture
def event(session):
    return cast.event(session, cast.group(session, "Rakenneneuvosto"))


def letter(number: int = 1) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"], message["Message-ID"] = "Kutsu", f"<{number}@koolle.example>"
    message.set_content("https://koolle.example/i/token\n")
    return message


def queued(session, settings, event, otso, number=1, **more) -> OutgoingMail | None:
    message = letter(number)
    return queue(
        session, settings, key=f"invitation/{number}", kind="invitation", event_id=event.id, person=otso,
        message=message, **{"at": NOW} | more,
    )  # fmt: skip


def test_the_same_mail_is_queued_once(session, settings, event, otso):
    assert queued(session, settings, event, otso) is not None
    assert queued(session, settings, event, otso) is None
    assert session.query(OutgoingMail).count() == 1


def test_what_leaves_is_what_was_written_and_the_row_tells_no_link(session, settings, event, otso):
    mail = queued(session, settings, event, otso)
    session.expunge_all()
    kept = mail_by_id(session, mail.id)
    assert b"token" not in kept.content
    message = message_from_bytes(unseal(settings.secret, kept.content, kept.message_id), policy=policy.SMTP)
    assert message.get_content() == "https://koolle.example/i/token\r\n"
    assert (kept.to_address, kept.subject, kept.state) == ("otso.oksa@rm.example", "Kutsu", "queued")


def test_one_mail_is_claimed_by_one_when_it_is_due(session, settings, event, otso):
    late = queued(session, settings, event, otso, 1, due_at=NOW + 2 * MINUTE)
    soon = queued(session, settings, event, otso, 2, due_at=NOW + MINUTE)
    assert claim(session, NOW) is None
    assert claim(session, NOW + 2 * MINUTE).id == soon.id
    assert claim(session, NOW + 2 * MINUTE).id == late.id
    assert claim(session, NOW + 2 * MINUTE) is None


def test_a_mail_whose_sender_died_is_sent_again_with_the_same_message_id(session, settings, event, otso):
    queued(session, settings, event, otso)
    first = claim(session, NOW)
    assert claim(session, NOW + 14 * MINUTE) is None
    again = claim(session, NOW + 15 * MINUTE)
    assert again == replace(first, attempt=2)


@pytest.mark.parametrize(
    ("outcome", "state", "waits"),
    [
        (Outcome("sent", "250 ok"), "sent", None),
        (Outcome("failed", "550 no"), "failed", None),
        (Outcome("queued", "451 later"), "queued", timedelta(seconds=30)),
        (Outcome("uncertain", "timeout"), "uncertain", timedelta(seconds=30)),
    ],
)
def test_an_outcome_is_recorded(session, settings, event, otso, outcome, state, waits):
    mail = queued(session, settings, event, otso)
    record(session, claim(session, NOW), outcome, NOW)
    session.refresh(mail)
    assert (mail.state, mail.reply, mail.sent_at) == (state, outcome.reply, NOW if state == "sent" else None)
    assert mail.claimed_by is None
    if waits:
        assert mail.due_at == NOW + waits
        assert claim(session, NOW + waits).id == mail.id
    else:
        assert claim(session, NOW + timedelta(days=9)) is None


def test_a_mail_that_never_gets_through_fails_after_two_days_and_can_be_sent_again(session, settings, event, otso):
    mail = queued(session, settings, event, otso)
    later = NOW + timedelta(hours=49)
    record(session, claim(session, later), Outcome("queued", "451 later"), later)
    session.refresh(mail)
    assert (mail.state, mail.reply) == ("failed", "451 later")
    send_again(session, settings, mail, later)
    session.flush()
    assert (mail.state, mail.reply, claim(session, later).id) == ("queued", None, mail.id)


@pytest.mark.parametrize("state", ["sent", "queued", "sending", "withdrawn"])
def test_what_is_not_failed_any_more_is_not_sent_again_by_who_has_read_that_it_was(
    session, settings, event, otso, state
):
    mail = queued(session, settings, event, otso)
    mail.state = "failed"
    session.flush()
    meanwhile = update(OutgoingMail).values(state=state).execution_options(synchronize_session=False)
    session.execute(meanwhile)
    assert (mail.state, send_again(session, settings, mail, NOW), mail.state) == ("failed", False, state)


def test_of_what_is_not_public_by_now_nothing_is_sent_again(session, settings, event, otso):
    mail = queued(session, settings, event, otso)
    mail.state, event.confidentiality = "failed", "Salassa pidettävä"
    session.flush()
    assert (send_again(session, settings, mail, NOW), mail.state) == (False, "failed")


def test_only_what_has_not_begun_to_leave_can_be_taken_back(session, settings, event, otso):
    going = queued(session, settings, event, otso, 1)
    claim(session, NOW)
    waiting = queued(session, settings, event, otso, 2, due_at=NOW + MINUTE)
    assert [mail.id for mail in withdraw(session, event.id, "invitation")] == [waiting.id]
    session.refresh(going)
    assert (going.state, waiting.state) == ("sending", "withdrawn")
    assert claim(session, NOW + MINUTE) is None


def test_the_newest_mail_stands_for_a_person(session, settings, event, otso):
    queued(session, settings, event, otso, 1)
    second = queued(session, settings, event, otso, 2)
    newest = mails_by_person(session, event.id, "invitation")
    assert {key: mail.id for key, mail in newest.items()} == {otso.id: second.id}
    assert mails_by_person(session, event.id, "memo") == {}


def test_a_worker_with_another_secret_is_told_by_the_newest_mail(session, settings, event, otso):
    assert opens(session, b"1" * 32)
    queued(session, settings, event, otso)
    assert opens(session, settings.secret)
    assert not opens(session, b"1" * 32)
    session.execute(delete(MailContent))  # its time is over
    assert opens(session, b"1" * 32)
