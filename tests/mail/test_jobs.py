"""On PostgreSQL a mail has a job, planned in its own transaction; the rows are the truth, whatever becomes of jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from app.mail import jobs
from app.mail.claiming import claim
from app.mail.holding import hold, let_go
from app.mail.models import MailContent, Mailing, OutgoingMail
from app.mail.outbox import Copy, queue_copies, send_again
from app.mail.retrying import Attempt
from app.mail.sending import Sender
from app.mail.tasks import Tasks, plan_missing
from app.mail.writing import write_some
from app.people.models import Group
from tests import cast
from tests.conftest import NOW

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
MINUTE = timedelta(minutes=1)


def planned(session) -> dict[str, object]:
    """What is planned, by lock: when it is to be done."""
    query = "SELECT queueing_lock, scheduled_at FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"
    return {lock: at and at.astimezone(NOW.tzinfo) for lock, at in session.execute(text(query))}


def ids(session) -> dict[str, int]:
    return dict(session.execute(select(OutgoingMail.key, OutgoingMail.id)).all())


def looked(database) -> tuple[dict[str, str], dict[str, object]]:
    """Each mail's state and each mail's plan, by the mail's key."""
    with database.session(readonly=True) as session:
        keys = {f"send/{mail_id}": key for key, mail_id in ids(session).items()}
        states = dict(session.execute(select(OutgoingMail.key, OutgoingMail.state).order_by(OutgoingMail.id)).all())
        return states, {keys.get(lock, lock): at for lock, at in planned(session).items()}


def ok(sender, recipient, content, wanted) -> Attempt:
    return Attempt("dot", 250, "ok") if wanted() else Attempt("data", None, "withdrawn")


@pytest.fixture
def doing(database, settings):
    """Do the job of a mail, by its key, at a time."""

    def do(key: str, at=NOW, deliver=ok) -> None:
        sender = Sender(database, settings, deliver, "me", now=lambda: at)
        with database.session(readonly=True) as session:
            mail_id = ids(session)[key]
        Tasks(database, sender, lambda mail: b"Subject: Kutsu\r\n\r\nTervetuloa\r\n").send(mail_id)

    return do


def sweep(database, at=NOW) -> None:
    with database.session() as session:
        plan_missing(session, at)


def test_a_plan_goes_with_the_transaction_of_its_mail(database, session, settings):
    event = cast.event(session, cast.group(session, "Jonojen neuvosto"))
    mailing = Mailing(event_id=event.id, kind="invitation", made_at=NOW, frozen={})
    session.add(mailing)
    session.flush()
    people = [cast.person(session, f"Otso{n} Oksa") for n in range(3)]
    copies = [Copy(f"invitation/{one.id}", one.id, one.name, one.email, "Kutsu", {}) for one in people]
    mails = queue_copies(session, settings, mailing, copies, due_at=NOW + MINUTE)
    assert planned(session) == {f"write/{mailing.id}": NOW}
    write_some(session, settings.secret, lambda mail: b"Kutsu")
    sends = {f"send/{mail_id}": NOW + MINUTE for mail_id in mails}
    assert planned(session) == sends | {f"write/{mailing.id}": NOW}
    session.rollback()
    assert planned(session) == {}


def test_a_job_sends_its_mail_and_in_the_same_burst_what_else_is_due(database, mailed, doing):
    mailed("Otso", "Pilvi")
    mailed("Aarne", at=NOW + MINUTE)
    doing("Pilvi")
    assert looked(database) == ({"Otso": "sent", "Pilvi": "sent", "Aarne": "queued"}, {"Aarne": NOW + MINUTE})


@pytest.mark.parametrize(("seconds", "sent"), [(2.0, 5), (0.0, 2)], ids=["within its time", "no longer than that"])
def test_a_job_goes_on_for_a_moment(database, mailed, doing, monkeypatch, seconds, sent):
    monkeypatch.setattr("app.mail.tasks.AT_ONCE", 2)
    monkeypatch.setattr("app.mail.tasks.SENDS_FOR", seconds)
    mailed(*[f"Otso{number}" for number in range(5)])
    doing("Otso0")
    states, plans = looked(database)
    assert list(states.values()).count("sent") == sent
    assert len(plans) == 5 - sent


def test_a_job_that_comes_too_early_is_planned_anew(database, mailed, doing):
    mailed("Aarne", at=NOW + MINUTE)
    with database.session() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    doing("Aarne")
    assert looked(database) == ({"Aarne": "queued"}, {"Aarne": NOW + MINUTE})


def test_a_mail_that_did_not_go_is_planned_for_its_next_try(database, mailed, doing):
    mailed("Otso")
    doing("Otso", deliver=lambda *_: Attempt("rcpt", 450, "4.2.1 mailbox busy"))
    states, plans = looked(database)
    assert states == {"Otso": "queued"}
    assert NOW + timedelta(seconds=30) <= plans["Otso"] <= NOW + timedelta(seconds=36)


def test_a_failed_mail_that_is_sent_again_has_a_plan_again(database, settings, mailed, doing):
    mailed("Otso")
    doing("Otso", deliver=lambda *_: Attempt("rcpt", 550, "5.1.1 no such user"))
    assert looked(database) == ({"Otso": "failed"}, {})
    with database.session() as session:
        assert send_again(session, settings, session.scalars(select(OutgoingMail)).one(), NOW)
    assert looked(database) == ({"Otso": "queued"}, {"Otso": NOW})


def test_what_another_has_in_hand_is_left_to_it(database, mailed, doing):
    mailed("Otso")
    with database.session() as session:
        claim(session, NOW, "another")
        jobs.drop(session, ids(session).values())
    doing("Otso")
    assert looked(database) == ({"Otso": "sending"}, {})


def test_while_the_outbox_is_held_jobs_end_and_after_it_they_are_planned_again(database, mailed, doing):
    mailed("Otso", "Pilvi")
    with database.session() as session:
        hold(session, "by_hand", NOW)
        jobs.drop(session, ids(session).values())
    doing("Otso")
    sweep(database)
    assert looked(database) == ({"Otso": "queued", "Pilvi": "queued"}, {})
    with database.session() as session:
        let_go(session)
    sweep(database)
    sweep(database)
    assert looked(database) == ({"Otso": "queued", "Pilvi": "queued"}, {"Otso": NOW, "Pilvi": NOW})


def test_a_fault_of_our_own_pauses_all_and_loses_none(database, mailed, doing):
    mailed("Otso", "Pilvi", "Aarne")
    doing("Otso", deliver=lambda *_: Attempt("connect", None, "unreachable"))
    for key in ("Pilvi", "Aarne"):
        doing(key)
    assert set(looked(database)[0].values()) == {"queued"}
    later = NOW + timedelta(seconds=40)
    sweep(database, later)
    doing("Otso", later)
    assert looked(database) == ({"Otso": "sent", "Pilvi": "sent", "Aarne": "sent"}, {})


def test_to_lose_every_job_loses_no_mail(database, mailed):
    mailed("Otso", "Pilvi")
    with database.session() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    sweep(database)
    assert looked(database)[1] == {"Otso": NOW, "Pilvi": NOW}


def test_the_expired_claim_of_a_lost_worker_is_planned_anew(database, mailed, doing):
    mailed("Otso")
    with database.session() as session:
        claim(session, NOW, "lost")
        jobs.drop(session, ids(session).values())
    sweep(database, NOW + 14 * MINUTE)
    assert looked(database)[1] == {}
    sweep(database, NOW + 15 * MINUTE)
    doing("Otso", NOW + 15 * MINUTE)
    assert looked(database) == ({"Otso": "sent"}, {})


def test_a_mail_that_is_not_written_yet_is_written_first(database, mailed, doing):
    mailed("Otso")
    with database.session() as session:
        event = cast.event(session, cast.group(session, "Jonojen neuvosto"))
        mailing = Mailing(event_id=event.id, kind="notice", made_at=NOW, frozen={})
        session.add(mailing)
        session.flush()
        session.execute(delete(MailContent))
        session.execute(update(OutgoingMail).values(written=False, inputs={}, mailing_id=mailing.id))
    sweep(database, NOW + MINUTE)
    assert list(looked(database)[1]) == ["Otso", f"write/{mailing.id}"]
    doing("Otso")
    assert looked(database)[0] == {"Otso": "sent"}
    with database.session() as session:
        session.execute(update(OutgoingMail).values(mailing_id=None))
        for row in (mailing, event):
            session.delete(session.merge(row))
        session.flush()
        session.execute(delete(Group).where(Group.id == event.convener_id))
