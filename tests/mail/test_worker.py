"""From a queued row to a mail server and back, on both databases, with real commits and a real SMTP conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import delete, select

from app.mail.models import OutgoingMail
from app.mail.outbox import can_send, claim, queue
from app.mail.retrying import Attempt
from app.mail.smtp import MailServer
from app.mail.worker import Worker, keep, send_one
from app.people.models import Person
from tests import cast
from tests.conftest import NOW
from tests.mail.servers import keeping


@pytest.fixture
def mailed(database, settings):
    """Queue mails for some people with real commits; all of it is deleted in the end."""
    people = []

    def write(*names: str, at: datetime = NOW) -> None:
        with database.session() as session:
            for name in names:
                person = cast.person(session, f"{name} Oksa")
                people.append(person.id)
                message = EmailMessage(policy=policy.SMTP)
                message["Subject"], message["Message-ID"] = "Kutsu", f"<{name}@koolle.example>"
                message.set_content("Tervetuloa\n")
                queue(session, settings, key=name, kind="notice", event_id=None, person=person, message=message, at=at)

    yield write
    with database.session() as session:
        session.execute(delete(OutgoingMail))
        session.execute(delete(Person).where(Person.id.in_(people)))


def states(database) -> dict[str, str]:
    with database.session(readonly=True) as session:
        return dict(session.execute(select(OutgoingMail.key, OutgoingMail.state).order_by(OutgoingMail.id)).all())


def drain(database, secret, deliver, at=NOW) -> list[str]:
    ends = []
    while (outcome := send_one(database, secret, deliver, lambda: at)) is not None:
        ends.append(outcome.state)
    return ends


def test_each_mail_gets_there_once_and_a_refused_one_is_named(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne")
    with keeping() as (url, kept):
        kept.refusals = {"pilvi.oksa@rm.example": "550 5.1.1 no such user"}
        server = MailServer(url, "koolle.example")
        deliver = partial(server.deliver, settings.mail_from)
        assert drain(database, settings.secret, deliver) == ["sent", "failed", "sent"]
        assert drain(database, settings.secret, deliver) == []
        server.close()
    assert [to for to, _ in kept.mails] == [["otso.oksa@rm.example"], ["aarne.oksa@rm.example"]]
    assert states(database) == {"Otso": "sent", "Pilvi": "failed", "Aarne": "sent"}


def test_a_death_between_claim_and_record_loses_nothing(database, settings, mailed):
    mailed("Otso")
    with database.session() as session:
        claim(session, NOW)
    assert drain(database, settings.secret, keep) == []
    assert drain(database, settings.secret, keep, NOW + timedelta(minutes=15)) == ["sent"]


def test_no_transaction_is_open_while_the_server_is_spoken_to(database, settings, mailed):
    mailed("Otso")

    def deliver(recipient, content):
        with database.session() as session:
            assert session.scalar(select(OutgoingMail.state)) == "sending"
        return Attempt("dot", 250, "ok")

    assert drain(database, settings.secret, deliver) == ["sent"]


def test_a_changed_secret_is_told_of_and_not_retried(database, settings, mailed):
    mailed("Otso")
    assert drain(database, b"another secret of thirty-two byte", keep) == ["failed"]


def test_a_burst_rests_when_the_fault_is_our_own(database, settings, mailed):
    mailed("Otso", "Pilvi", at=datetime.now(UTC))
    worker = Worker(database, settings)
    assert worker.burst(lambda *_: Attempt("connect", None, "unreachable")) == 30
    assert sorted(states(database).values()) == ["queued", "queued"]
    with database.session(readonly=True) as session:
        assert sorted(session.scalars(select(OutgoingMail.attempts))) == [0, 1]


@pytest.mark.parametrize(
    ("attempt", "word"),
    [
        (Attempt("connect", None, "unreachable"), "unreachable"),
        (Attempt("auth", 535, "5.7.8 saima@rm.example is nobody"), "535"),
    ],
    ids=["no server", "no account"],
)
def test_the_log_says_what_is_wrong_with_the_server_but_not_who(database, settings, mailed, caplog, attempt, word):
    mailed("Otso")
    Worker(database, settings, now=lambda: NOW).burst(lambda *_: attempt)
    assert caplog.messages == [f"post: the mail server cannot be used now: {word}"]


def test_without_a_mail_server_mails_wait(database, settings, mailed):
    mute = replace(settings, demo=False, smtp_url=None)
    mailed("Otso")
    worker = Worker(database, mute)
    worker.run()
    assert not can_send(mute)
    assert states(database) == {"Otso": "queued"}


def test_the_demo_keeps_its_mails(database, settings, mailed):
    mailed("Otso")
    worker = Worker(database, settings)
    assert worker.burst(keep) == 1
    assert states(database) == {"Otso": "sent"}


def test_two_who_send_at_once_send_each_mail_once(database, settings, mailed):
    names = [f"Otso{number}" for number in range(8)]
    mailed(*names)
    kept: list[str] = []

    def deliver(recipient, content):
        kept.append(recipient)
        return Attempt("dot", 250, "ok")

    senders = [Thread(target=drain, args=(database, settings.secret, deliver)) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(kept) == [f"{name.lower()}.oksa@rm.example" for name in names]
    assert set(states(database).values()) == {"sent"}
