"""From a queued row to a mail server and back, on both databases, with real commits and a real SMTP conversation."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db import Database
from app.mail.claiming import claim, claim_some
from app.mail.holding import hold, let_go
from app.mail.models import MailWorker, Outbox, OutgoingMail
from app.mail.outbox import can_send, supersede
from app.mail.recording import record_sent
from app.mail.retrying import Attempt
from app.mail.returning import envelope_sender
from app.mail.sending import Sender, keep
from app.mail.smtp import MailServer
from app.mail.undeliverable import undeliverable, unflag
from app.mail.worker import Worker
from app.mail.workers import enlist
from app.people.models import Group
from tests import cast
from tests.conftest import NOW
from tests.mail.servers import keeping

MINUTE = timedelta(minutes=1)


def states(database) -> dict[str, str]:
    with database.session(readonly=True) as session:
        return dict(session.execute(select(OutgoingMail.key, OutgoingMail.state).order_by(OutgoingMail.id)).all())


def drain(database, settings, deliver, at=NOW, worker="") -> list[str]:
    sender = Sender(database, settings, deliver, worker, now=lambda: at)
    ends = []
    while outcomes := sender.send_some():
        ends += [outcome.state for outcome in outcomes]
    return ends


def ok(sender, recipient, content, wanted) -> Attempt:
    return Attempt("dot", 250, "ok") if wanted() else Attempt("data", None, "withdrawn")


def test_each_mail_gets_there_once_and_a_refused_one_is_named(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne")
    with keeping() as (url, kept):
        kept.refusals = {"pilvi@rm.example": "550 5.1.1 no such user"}
        server = MailServer(url, "koolle.example")
        assert drain(database, settings, server.deliver) == ["sent", "failed", "sent"]
        assert drain(database, settings, server.deliver) == []
        server.close()
    assert [to for to, _ in kept.mails] == [["otso@rm.example"], ["aarne@rm.example"]]
    assert states(database) == {"Otso": "sent", "Pilvi": "failed", "Aarne": "sent"}


def test_each_mail_leaves_under_an_address_of_its_own(database, settings, mailed):
    mailed("Otso", "Pilvi")
    senders = []

    def deliver(sender, *more):
        senders.append(sender)
        return ok(sender, *more)

    drain(database, settings, deliver)
    with database.session(readonly=True) as session:
        ids = session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id)).all()
    assert senders == [envelope_sender(settings, mail_id) for mail_id in ids]


def test_a_death_between_claim_and_record_loses_nothing(database, settings, mailed):
    mailed("Otso")
    with database.session() as session:
        claim(session, NOW, "dead")
    assert drain(database, settings, keep) == []
    assert drain(database, settings, keep, NOW + timedelta(minutes=15)) == ["sent"]


@pytest.mark.parametrize(
    ("process", "beat_at", "freed"), [(0, NOW, False), (2**22, NOW, True), (0, NOW - 2 * MINUTE, True)]
)
def test_what_a_dead_worker_had_claimed_is_sent_by_the_next(database, settings, mailed, process, beat_at, freed):
    """Process 0 stands for one that lives; 2**22 is above the highest that Linux gives."""
    mailed("Otso")
    with database.session() as session:
        dead = enlist(session, NOW)
        session.execute(update(MailWorker).values(process=process, beat_at=beat_at))
        claim(session, NOW, dead)
    worker = Worker(database, settings, write=None, now=lambda: NOW)
    worker.heart.begin()
    assert states(database) == {"Otso": "uncertain" if freed else "sending"}
    worker.turn()
    assert states(database) == {"Otso": "sent" if freed else "sending"}


class Full(Database):
    """A database on a disk that is full while `full` says so: what is written then is lost at the commit."""

    def __init__(self, database: Database):
        self.database, self.full, self.reader, self.writer = database, False, database.reader, database.writer

    @contextmanager
    def session(self, *, readonly: bool = False):
        with self.database.session(readonly=readonly) as session:
            yield session
            self._commit(readonly)

    def run_alone(self, statement, values):
        self._commit()
        return self.database.run_alone(statement, values)

    def _commit(self, readonly: bool = False) -> None:
        if self.full and not readonly:
            raise OperationalError("COMMIT", None, Exception("disk full"))


def test_a_mail_that_left_while_the_disk_was_full_is_not_sent_again(database, settings, mailed):
    mailed("Otso", "Pilvi")
    disk, sent = Full(database), []

    def deliver(sender, recipient, content, wanted):
        if not wanted():
            return Attempt("data", None, "withdrawn")
        disk.full = not sent
        sent.append(recipient)
        return Attempt("dot", 250, "ok")

    sender = Sender(disk, settings, deliver, now=lambda: NOW)
    with pytest.raises(OperationalError):
        sender.send_some()
    assert states(database) == {"Otso": "sending", "Pilvi": "sending"}
    with pytest.raises(OperationalError):
        sender.send_some()
    disk.full = False
    while sender.send_some():
        pass
    assert (sent, states(database)) == (["otso@rm.example", "pilvi@rm.example"], {"Otso": "sent", "Pilvi": "sent"})


def test_a_statement_that_fails_alone_is_told_of_and_the_next_one_is_durable(database, mailed):
    mailed("Otso")
    with pytest.raises(DBAPIError):
        database.run_alone("UPDATE nothing SET state = 'sent'", ())
    assert database.run_alone("UPDATE outgoing_mails SET state = 'failed' RETURNING key", ()) == ("Otso",)
    assert database.run_alone("UPDATE outgoing_mails SET state = 'sent' WHERE key = 'x' RETURNING key", ()) is None
    assert states(database) == {"Otso": "failed"}


def test_who_cannot_begin_at_once_begins_later(database, settings, monkeypatch):
    monkeypatch.setattr("app.worker.RESTS_AFTER_OUR_FAULT", 0.02)
    disk = Full(database)
    disk.full = True
    worker = Worker(disk, settings, write=None, now=lambda: NOW)
    worker.start()
    sleep(0.1)
    assert worker.is_alive()
    disk.full = False
    sleep(0.2)
    with database.session() as session:
        assert session.scalar(select(func.count(MailWorker.id)).where(MailWorker.ended_at.is_(None))) == 1
        session.execute(delete(MailWorker))
    worker.stop()
    worker.join(5)


def test_a_bounce_that_is_read_before_the_mail_is_recorded_stands(database, settings, mailed):
    mailed("Otso")

    def deliver(sender, recipient, content, wanted):
        with database.session() as session:
            session.execute(update(OutgoingMail).values(state="bounced"))
        return Attempt("dot", 250, "ok")

    assert drain(database, settings, deliver) == ["sent"]
    assert states(database) == {"Otso": "bounced"}


def test_an_address_is_refused_though_the_mail_is_gone_with_its_event(database, settings, mailed):
    mailed("Otso")

    def deliver(sender, recipient, content, wanted):
        with database.session() as session:
            session.execute(delete(OutgoingMail))
        return Attempt("rcpt", 550, "5.1.1 no such user")

    assert drain(database, settings, deliver) == ["failed"]
    with database.session() as session:
        assert list(undeliverable(session, ["otso@rm.example"])) == ["otso@rm.example"]
        unflag(session, "otso@rm.example")


def test_no_transaction_is_open_while_the_server_is_spoken_to(database, settings, mailed):
    mailed("Otso")

    def deliver(sender, recipient, content, wanted):
        with database.session() as session:
            assert session.scalar(select(OutgoingMail.state)) == "sending"
        return Attempt("dot", 250, "ok")

    assert drain(database, settings, deliver) == ["sent"]


def test_what_was_called_off_on_its_way_is_not_sent(database, settings, mailed):
    """It is claimed already; before its text goes, it is asked for once more."""
    mailed("Otso", "Pilvi")
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Siltaneuvosto"))
        session.execute(update(OutgoingMail).values(event_id=event.id))

    def deliver(sender, recipient, content, wanted):
        if recipient.startswith("otso"):
            with database.session() as session:
                supersede(session, event.id)
        return ok(sender, recipient, content, wanted)

    assert drain(database, settings, deliver) == ["withdrawn", "withdrawn"]
    assert states(database) == {"Otso": "withdrawn", "Pilvi": "withdrawn"}
    with database.session() as session:
        session.execute(update(OutgoingMail).values(event_id=None))
        convener = session.get_one(Group, event.convener_id)
        session.delete(session.merge(event))
        session.flush()
        session.delete(convener)


def test_what_was_queued_while_its_event_was_marked_as_not_public_is_not_sent(database, settings, mailed):
    """Who queues it has read that the event is public; it is asked once more before the text goes."""
    mailed("Otso", "Pilvi", "Aarne")
    with database.session() as session:
        board = cast.group(session, "Siltaneuvosto")
        secret, public = cast.event(session, board, confidentiality="Salassa"), cast.event(session, board)
        for name, event in (("Otso", secret), ("Pilvi", secret), ("Aarne", public)):
            session.execute(update(OutgoingMail).where(OutgoingMail.key == name).values(event_id=event.id))
    assert drain(database, settings, ok) == ["withdrawn", "withdrawn", "sent"]
    assert states(database) == {"Otso": "withdrawn", "Pilvi": "withdrawn", "Aarne": "sent"}
    with database.session() as session:
        session.execute(update(OutgoingMail).values(event_id=None))
        for one in (secret, public):
            session.delete(session.merge(one))
        session.flush()
        session.delete(session.merge(board))


def test_each_mail_is_recorded_before_the_next_one_goes(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne")
    seen = []

    def deliver(sender, recipient, content, wanted):
        assert wanted()
        seen.append(dict(states(database)))
        return Attempt("dot", 250, "ok")

    drain(database, settings, deliver)
    assert seen == [
        {"Otso": "sending", "Pilvi": "sending", "Aarne": "sending"},
        {"Otso": "sent", "Pilvi": "sending", "Aarne": "sending"},
        {"Otso": "sent", "Pilvi": "sent", "Aarne": "sending"},
    ]


def test_a_changed_secret_is_told_of_and_not_retried(database, settings, mailed):
    mailed("Otso")
    assert drain(database, replace(settings, secret=b"another secret of thirty-two byte"), keep) == ["failed"]


def test_a_fault_of_our_own_pauses_the_outbox_and_blames_no_mail(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne")

    def nobody_there(*_):
        return Attempt("connect", None, "unreachable")

    assert drain(database, settings, nobody_there) == ["queued"]
    assert states(database) == {"Otso": "queued", "Pilvi": "queued", "Aarne": "queued"}
    with database.session(readonly=True) as session:
        assert sorted(session.scalars(select(OutgoingMail.attempts))) == [0, 0, 1]
        assert session.scalar(select(Outbox.paused_because)) == "unreachable"
    assert drain(database, settings, ok, NOW + timedelta(seconds=29)) == []
    assert drain(database, settings, ok, NOW + timedelta(seconds=37)) == ["sent", "sent", "sent"]


def test_while_it_is_held_nothing_leaves(database, settings, mailed):
    mailed("Otso")
    with database.session() as session:
        hold(session, "restored", NOW)
    assert drain(database, settings, ok) == []
    with database.session() as session:
        let_go(session)
    assert drain(database, settings, ok) == ["sent"]


@pytest.mark.parametrize("sent", [0, 1, 2])
def test_once_it_is_held_the_rest_of_a_burst_stays(database, settings, mailed, sent):
    mailed("Otso", "Pilvi", "Aarne")
    left = []

    def deliver(sender, recipient, content, wanted):
        if len(left) == sent:
            with database.session() as session:
                hold(session, "by_hand", NOW)
        attempt = ok(sender, recipient, content, wanted)
        left.extend([recipient] if attempt.code else [])
        return attempt

    assert drain(database, settings, deliver) == ["sent"] * sent
    names = ("Otso", "Pilvi", "Aarne")
    assert states(database) == {name: "sent" if place < sent else "queued" for place, name in enumerate(names)}
    assert len(left) == sent
    with database.session() as session:
        assert session.scalar(select(func.sum(OutgoingMail.attempts))) == sent  # not to have gone is no attempt
        let_go(session)
    assert drain(database, settings, ok) == ["sent"] * (3 - sent)


def test_held_is_asked_in_the_statement_that_records_the_mail_before(database, settings, mailed):
    mailed("Otso", "Pilvi")
    with database.session() as session:
        claimed = claim_some(session, NOW, "", 2)
        hold(session, "by_hand", NOW)
    assert not record_sent(database, claimed[0], "250 ok", NOW, claimed[1])
    with database.session() as session:
        let_go(session)
    assert record_sent(database, claimed[0], "250 ok", NOW, claimed[1]) is False  # recorded already
    with database.session() as session:
        session.execute(update(OutgoingMail).where(OutgoingMail.id == claimed[0].id).values(state="sending"))
    assert record_sent(database, claimed[0], "250 ok", NOW, claimed[1])


def test_a_domain_that_asks_for_it_is_written_to_slower_and_the_others_as_before(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne", domain="hidas.example")
    mailed("Lumi", "Saima")

    def deliver(sender, recipient, content, wanted):
        if recipient == "otso@hidas.example" and at == NOW:
            return Attempt("rcpt", 450, "4.7.1 too many messages, slow down")
        return ok(sender, recipient, content, wanted)

    at, ends = NOW, {}
    sender = Sender(database, settings, deliver, now=lambda: at)
    for second in (0, 1, 2, 3, 40):
        at = NOW + timedelta(seconds=second)
        before = states(database)
        sender.send_some(1 if second == 0 else 20)
        ends[second] = [key for key, state in states(database).items() if state == "sent" != before[key]]
    assert ends == {0: [], 1: ["Pilvi", "Lumi", "Saima"], 2: ["Aarne"], 3: [], 40: ["Otso"]}


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
    drain(database, settings, lambda *_: attempt)
    assert caplog.messages == [f"post: the mail server cannot be used now: {word}"]


def test_without_a_mail_server_mails_wait(database, settings, mailed):
    mute = replace(settings, demo=False, smtp_url=None)
    mailed("Otso")
    worker = Worker(database, mute, write=None)
    assert worker.turn() == 1
    assert not can_send(mute)
    assert states(database) == {"Otso": "queued"}


def test_the_demo_keeps_its_mails(database, settings, mailed):
    mailed("Otso")
    worker = Worker(database, settings, write=None)
    assert worker.turn() == 1
    assert states(database) == {"Otso": "sent"}


def test_two_who_send_at_once_send_each_mail_once(database, settings, mailed):
    names = [f"Otso{number}" for number in range(30)]
    mailed(*names, at=datetime.now(UTC))
    kept: list[str] = []

    def deliver(sender, recipient, content, wanted):
        assert wanted()
        kept.append(recipient)
        return Attempt("dot", 250, "ok")

    at = datetime.now(UTC)
    senders = [Thread(target=drain, args=(database, settings, deliver, at, f"worker {n}")) for n in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(kept) == sorted(f"{name.lower()}@rm.example" for name in names)
    assert set(states(database).values()) == {"sent"}


def test_who_is_stopped_finishes_the_mail_in_hand_and_gives_the_others_back(database, settings, mailed):
    mailed("Otso", "Pilvi", "Aarne")

    def deliver(sender, recipient, content, wanted):
        stopping.ended.set()
        return ok(sender, recipient, content, wanted)

    stopping = Sender(database, settings, deliver, now=lambda: NOW)
    assert [outcome.state for outcome in stopping.send_some()] == ["sent"]
    assert states(database) == {"Otso": "sent", "Pilvi": "queued", "Aarne": "queued"}
    assert drain(database, settings, ok) == ["sent", "sent"]
