"""Which processes send, and which of them are dead."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.mail.models import MailWorker

BEATS_EVERY = timedelta(seconds=10)
DEAD_AFTER = timedelta(seconds=60)
KEPT_FOR = timedelta(days=1)


def enlist(session: Session, at: datetime) -> str:
    """Note that this process sends from now on; returns its name as a worker."""
    worker = MailWorker(id=str(uuid.uuid4()), host=this_host(), process=os.getpid(), began_at=at, beat_at=at, sent=0)
    session.add(worker)
    session.execute(delete(MailWorker).where(MailWorker.beat_at < at - KEPT_FOR))
    session.flush()
    return worker.id


def beat(session: Session, worker: str, sent: int, at: datetime) -> None:
    """Note that a worker lives, and how many mails it has sent since the last beat."""
    mine = update(MailWorker).where(MailWorker.id == worker)
    session.execute(mine.values(beat_at=at, sent=MailWorker.sent + sent, ended_at=None))


def discharge(session: Session, worker: str, at: datetime) -> None:
    """Note that a worker has ended in peace."""
    session.execute(update(MailWorker).where(MailWorker.id == worker).values(ended_at=at))


def dead_workers(session: Session, at: datetime) -> list[str]:
    """Return the workers that hold nothing rightly any more: they ended, have not beaten for a minute, or were
    processes of this machine that are gone."""
    return [one.id for one in session.scalars(select(MailWorker)) if is_dead(one, at)]


def is_dead(worker: MailWorker, at: datetime) -> bool:
    if worker.ended_at is not None or worker.beat_at < at - DEAD_AFTER:
        return True
    return worker.host == this_host() and not _runs(worker.process)


def living(session: Session, at: datetime) -> Sequence[MailWorker]:
    """Return the workers that send now, the oldest first."""
    everyone = session.scalars(select(MailWorker).order_by(MailWorker.began_at))
    return [one for one in everyone if not is_dead(one, at)]


def this_host() -> str:
    """Return where processes have the same numbers as here: the machine's name and, where there is one, its namespace
    of processes, for two containers may have the same name."""
    try:
        return f"{socket.gethostname()} {os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return socket.gethostname()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
