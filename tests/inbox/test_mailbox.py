"""The mailbox is read from a real server (Dovecot), and from one that misbehaves: each answer counts once."""

from __future__ import annotations

import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.inbox import working
from app.inbox.mailbox import Mailbox, Patience, Unusable
from app.inbox.models import IncomingMail, MailboxPosition
from app.inbox.position import claim_reading, give_up_reading, is_mine, position_of, read_by_another
from app.inbox.working import Worker, judge_next
from app.invitees.models import Response
from tests.conftest import NOW, RolledBack
from tests.inbox import programs
from tests.inbox.imap_servers import Dovecot, dovecot, free_port, misbehaving

SHORT = Patience(connection=2, read=2, step=0.5)
EARLY = NOW.date() - timedelta(days=3_000)


@pytest.fixture(scope="session")
def post() -> Dovecot:
    with tempfile.TemporaryDirectory(prefix="kdc", dir="/tmp") as folder, dovecot(Path(folder)) as server:
        yield server


@pytest.fixture
def user(request) -> str:
    """A mailbox of the test's own."""
    return "u" + "".join(c for c in request.node.name.lower() if c.isalnum())[-60:]


@pytest.fixture
def reading(connection, settings, invited):
    """Make a worker that reads a mailbox into the test's database."""

    def make(mailbox: Mailbox) -> Worker:
        invited.session.commit()
        return Worker(RolledBack(connection), settings, lambda: NOW, mailbox)

    return make


def answers(invited) -> list[tuple[str, str]]:
    invited.session.expire_all()
    found = invited.session.scalars(select(Response).order_by(Response.id))
    return [(it.choice, it.source) for it in found]


def kept(invited) -> int:
    return invited.session.scalar(select(func.count()).select_from(IncomingMail))


def opened(mailbox: Mailbox) -> Mailbox:
    mailbox.open()
    return mailbox


# --- Dovecot ---


def test_replies_that_lie_there_are_taken_once_and_stay_unread(post, user, invited, reading):
    shapes = [invited.reply(), programs.exchange(), programs.google(), programs.letter()]
    post.deliver(user, *[it.replace(programs.UID.encode(), invited.uid().encode()) for it in shapes])
    worker = reading(opened(Mailbox(post.url(user), context=post.trusting)))
    assert (worker.fetch_all(), worker.fetch_all()) == (4, 0)
    assert (kept(invited), answers(invited)) == (4, [("accepted", "calendar"), ("tentative", "calendar")])
    with post.signed_in(user) as client:
        assert client.search("UNSEEN") == [1, 2, 3, 4]


def test_what_comes_next_is_taken_from_where_we_were(post, user, invited, reading):
    worker = reading(opened(Mailbox(post.url(user), context=post.trusting)))
    for content, verdicts in [
        (invited.reply(status="ACCEPTED"), [("accepted", "calendar")]),
        (
            invited.reply(status="DECLINED", stamp="20260901T083000Z"),
            [("accepted", "calendar"), ("declined", "calendar")],
        ),
    ]:
        post.deliver(user, content)
        assert (worker.fetch_all(), answers(invited)) == (1, verdicts)


def test_the_server_wakes_us(post, user):
    mailbox = opened(Mailbox(post.url(user), context=post.trusting))
    threading.Timer(0.2, post.deliver, (user, programs.letter())).start()
    began = time.monotonic()
    assert (mailbox.wait(20), time.monotonic() - began < 10) == (True, True)
    assert mailbox.uids_after(0, EARLY) == [1]
    assert mailbox.wait(0.05) is False


def test_another_folder(post, user):
    with post.signed_in(user) as client:
        client.create_folder("Vastaukset")
        client.append("Vastaukset", programs.letter())
    assert opened(Mailbox(post.url(user, folder="Vastaukset"), context=post.trusting)).uids_after(0, EARLY) == [1]


def test_a_certificate_that_nobody_signed_is_refused(post, user):
    with pytest.raises(Unusable, match="insecure"):
        Mailbox(post.url(user)).open()


def test_starttls_is_used_where_it_is_offered(post, user):
    with pytest.raises(Unusable, match="insecure"):  # it would not look at the certificate otherwise
        Mailbox(post.url(user, tls=False)).open()
    assert opened(Mailbox(post.url(user, tls=False), context=post.trusting)).uids_after(0, EARLY) == []


def test_a_wrong_password(post, user):
    with pytest.raises(Unusable, match="refused"):
        Mailbox(post.url(user).replace("salasana", "toinen"), context=post.trusting).open()


def test_mails_from_before_the_first_invitation_are_left_alone(post, user, invited, reading):
    post.deliver(user, invited.reply(), at=NOW - timedelta(days=3))
    post.deliver(user, invited.reply(comment="ajoissa"), at=NOW)
    assert reading(opened(Mailbox(post.url(user), context=post.trusting))).fetch_all() == 1


def test_the_thread_reads_and_ends(post, user, connection, settings, invited):
    """Started as the server starts it; what arrives while it waits is taken, and it ends when it is told."""
    invited.session.commit()
    worker = Worker(RolledBack(connection), settings, lambda: NOW, Mailbox(post.url(user), context=post.trusting))
    told = threading.Event()
    worker._wait = lambda: told.set() or worker.mailbox.wait(20) and 0.0 or 0.0
    post.deliver(user, invited.reply())
    worker.start()
    assert told.wait(20)
    post.deliver(user, invited.reply(status="DECLINED", stamp="20260901T083000Z"))
    told.clear()
    assert told.wait(20)
    worker.stop()
    worker.join(20)
    assert (worker.is_alive(), answers(invited)) == (False, [("accepted", "calendar"), ("declined", "calendar")])


# --- one that misbehaves ---


def once(command: str, then):
    """Behave as `then` does at the first command that begins so."""
    left = [command]

    def behave(connection, said: str) -> bool:
        if left and said.startswith(left[0]):
            left.clear()
            return then(connection) is not False
        return False

    return behave


def hang_up(connection) -> None:
    connection.shutdown(2)


def half_a_mail(connection) -> None:
    connection.sendall(b'* 1 FETCH (UID 1 INTERNALDATE "01-Sep-2026 09:00:00 +0000" BODY[]<0> {4000}\r\nFrom: o')
    hang_up(connection)


def drip(connection) -> None:
    try:
        for _byte in range(200):
            connection.sendall(b"*")
            time.sleep(0.05)
    except OSError:
        pass


def nonsense(connection) -> None:
    connection.sendall(b"* FETCH ((((((\r\n)))) {x}\r\nwhat?\r\n")
    hang_up(connection)


@pytest.mark.long
@pytest.mark.parametrize("step", ["LOGIN", "EXAMINE", "NOOP", "UID SEARCH", "UID FETCH"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [(hang_up, "disconnected"), (drip, "timeout"), (nonsense, "disconnected")],
    ids=["gone", "drip", "junk"],
)
def test_a_fault_at_any_step_is_told_in_time_and_the_next_try_reads_on(step, fault, code):
    with misbehaving({1: programs.letter()}, once(step, fault)) as server:
        mailbox, began = Mailbox(server.url, SHORT), time.monotonic()
        with pytest.raises(Unusable) as told:
            opened(mailbox).fetch(*mailbox.uids_after(0, EARLY))
        assert (told.value.code, time.monotonic() - began < 5, mailbox.client) == (code, True, None)
        assert opened(mailbox).fetch(*mailbox.uids_after(0, EARLY)).content == programs.letter()


def test_nobody_there():
    with pytest.raises(Unusable, match="unreachable"):
        Mailbox(f"imap://sihteeri:salasana@127.0.0.1:{free_port()}", SHORT).open()


def test_without_tls_only_on_this_machine(monkeypatch):
    monkeypatch.setattr("app.inbox.mailbox.on_this_machine", lambda sock: False)
    with misbehaving({}) as server:
        with pytest.raises(Unusable, match="insecure"):
            Mailbox(server.url, SHORT).open()
        assert not any(command.startswith("LOGIN") for command in server.commands)


@pytest.mark.parametrize("fault", [hang_up, half_a_mail])
def test_a_mail_that_broke_off_is_taken_the_next_time(invited, reading, fault):
    with misbehaving({1: invited.reply()}, once("UID FETCH", fault)) as server:
        worker = reading(Mailbox(server.url, SHORT))
        assert (worker.turn(), answers(invited)) == (working.FIRST_REST, [])
        assert (worker.turn(), answers(invited)) == (working.LOOKS_EVERY, [("accepted", "calendar")])


def test_a_mail_that_always_breaks_off_stops_no_other(invited, reading):
    def never_the_first(connection, said):
        if said.startswith("UID FETCH 1 "):
            hang_up(connection)
            return True
        return False

    with misbehaving({1: b"x", 2: invited.reply()}, never_the_first) as server:
        worker = reading(Mailbox(server.url, SHORT))
        rests = [worker.turn() for _time in range(4)]
    assert (rests, answers(invited)) == ([15.0, 30.0, 60.0, working.LOOKS_EVERY], [("accepted", "calendar")])
    rows = invited.session.execute(select(IncomingMail.verdict, IncomingMail.reason).order_by(IncomingMail.id)).all()
    assert rows == [("unreadable", "unfetchable"), ("accepted", "first")]


def test_a_mailbox_that_is_numbered_anew_is_read_from_the_first_and_each_mail_counts_once(invited, reading):
    first, second = invited.reply(), invited.reply(status="DECLINED", stamp="20260901T083000Z")
    with misbehaving({7: first}) as server:
        worker = reading(Mailbox(server.url, SHORT))
        worker.turn()
        server.uidvalidity, server.mails = 2, {1: first, 2: second}
        worker.turn()
        assert [it for it in server.commands if it.startswith("UID FETCH")] == [
            f"UID FETCH {uid} (BODY.PEEK[]<0.1000000> INTERNALDATE)" for uid in (7, 1, 2)
        ]
    assert (kept(invited), answers(invited)) == (2, [("accepted", "calendar"), ("declined", "calendar")])


@pytest.mark.long
@pytest.mark.parametrize("dies", ["keep", "advance", "take_in"])
def test_dying_between_fetching_and_writing_down_loses_and_doubles_nothing(invited, reading, monkeypatch, dies):
    """The process ends after a part of the work is done and before the transaction has."""
    done = getattr(working, dies)

    def and_die(*given, **named):
        done(*given, **named)
        monkeypatch.setattr(working, dies, done)
        raise SystemExit

    with misbehaving({1: invited.reply(), 2: invited.reply(status="DECLINED", stamp="20260901T083000Z")}) as server:
        monkeypatch.setattr(working, dies, and_die)
        with pytest.raises(SystemExit):
            reading(Mailbox(server.url, SHORT)).turn()
        give_up_reading(invited.session, Mailbox(server.url).name, "", None, NOW)
        invited.session.execute(MailboxPosition.__table__.update().values(reader=None))
        reading(Mailbox(server.url, SHORT)).turn()
    assert (kept(invited), answers(invited)) == (2, [("accepted", "calendar"), ("declined", "calendar")])


def test_a_mail_that_ends_us_three_times_is_put_aside(connection, settings, invited, monkeypatch):
    def crash(*given):
        raise MemoryError

    invited.session.commit()
    database = RolledBack(connection)
    with database.session() as session:
        working.keep(session, settings, invited.reply(), arrived_at=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(working, "take_in", crash)
        for _time in range(3):
            with pytest.raises(MemoryError):
                judge_next(database, settings, NOW)
    assert [judge_next(database, settings, NOW) for _time in range(2)] == [True, False]
    [row] = invited.session.scalars(select(IncomingMail)).all()
    assert (row.state, row.verdict, row.reason, answers(invited)) == ("waiting", "unreadable", "crashed", [])


def test_one_server_reads_at_a_time(session):
    assert claim_reading(session, "post", "one", NOW) is True
    session.flush()
    assert (claim_reading(session, "post", "two", NOW), read_by_another(session, "post", "two", NOW)) == (False, True)
    assert (is_mine(session, "post", "one", NOW), is_mine(session, "post", "one", NOW + timedelta(minutes=2))) == (
        True,
        False,
    )
    assert claim_reading(session, "post", "two", NOW + timedelta(minutes=4)) is True
    give_up_reading(session, "post", "one", None, NOW)
    assert position_of(session, "post", NOW).reader == "two"
    give_up_reading(session, "post", "two", "timeout", NOW)
    assert (position_of(session, "post", NOW).reader, position_of(session, "post", NOW).problem) == (None, "timeout")


def test_a_server_whose_mailbox_another_reads_leaves_it_alone(session, invited, reading):
    with misbehaving({1: invited.reply()}) as server:
        mailbox = Mailbox(server.url, SHORT)
        claim_reading(session, mailbox.name, "another", NOW)
        assert (reading(mailbox).turn(), server.commands) == (working.LOOKS_EVERY, [])
