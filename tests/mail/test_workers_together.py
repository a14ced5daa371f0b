"""Two `koolle worker` processes on one PostgreSQL: every mail goes once, also when one of them is told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from app.mail.models import MailWorker, OutgoingMail
from bench.posting import installed
from bench.sink import sinking
from tests.migrated import new_database

MAILS = 200


@pytest.fixture
def own_database(postgres_url) -> str:
    """A database that other tests do not see."""
    return new_database(postgres_url)


@contextmanager
def worker(environ):
    command = [sys.executable, "-m", "app", "worker"]
    with subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.mark.long
def test_two_workers_send_every_mail_once_and_one_may_leave_midway(own_database, tmp_path):
    with sinking(tmp_path / "log") as sink, installed(own_database, smtp_url=sink.url) as sender:
        sender.convene(MAILS)
        with worker(sender.environ) as one, worker(sender.environ) as other:
            for process in (one, other):
                assert process.stdout.readline() == "This worker sends mails until it is stopped\n"
            sender.invite()
            sink.wait_for(MAILS // 4, 30)
            one.send_signal(signal.SIGTERM)
            assert one.wait(20) == 0
            sink.wait_for(MAILS, 60)
        came = sink.received()
        assert sorted(message_id for message_id, _to in came) == sorted(sender.message_ids())
        with sender.database.session(readonly=True) as session:
            counted = select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state)
            assert dict(session.execute(counted).all()) == {"sent": MAILS}
            ended = select(func.count()).where(MailWorker.ended_at.is_not(None))
            assert session.scalar(ended) == 2
