"""On PostgreSQL, which mail to look at and when: jobs of procrastinate, each of them an id.

The rows are the truth. A job is added in the transaction of the row that it is about, and whoever takes it looks at the
row first (`app/mail/tasks.py`); to lose every job loses no mail. On SQLite there are none: the one worker there looks
at the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Text, cast, column, exists, literal, literal_column, table, text
from sqlalchemy.orm import Session

SEND, WRITE, SWEEP = "send", "write", "sweep"
SENDING, WRITING = "sending", "writing"  # queues: who waits for a mail server keeps nobody from writing
DROP = text(
    "SELECT procrastinate_cancel_job_v1(id, false, true) FROM procrastinate_jobs"
    " WHERE status = 'todo' AND queueing_lock = ANY(:locks)"
)
JOBS = table("procrastinate_jobs", column("status"), column("queueing_lock"))


def has_jobs(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def plan(session: Session, due: Mapping[int, datetime]) -> None:
    """Plan to send new mails, each when it is due, in this transaction."""
    _add(session, SEND, SENDING, due)


def plan_anew(session: Session, due: Mapping[int, datetime]) -> None:
    """Plan to send mails when they are due now; what was planned for them before is dropped."""
    drop(session, due)
    plan(session, due)


def drop(session: Session, mail_ids: Iterable[int]) -> None:
    """Drop what is planned for mails that somebody has in hand."""
    locks = [_lock(SEND, mail_id) for mail_id in mail_ids]
    if locks and has_jobs(session):
        session.execute(DROP, {"locks": locks})


def plan_writing(session: Session, mailing_ids: Iterable[int], at: datetime) -> None:
    """Plan to write the mails of mailings; of those that another plans at the same moment, one is enough."""
    for mailing_id in mailing_ids if has_jobs(session) else ():
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            with session.begin_nested():
                _add(session, WRITE, WRITING, {mailing_id: at})
        except AlreadyEnqueued:
            pass


def without_job(kind: str, row_id) -> ColumnElement[bool]:
    """Return the condition that nothing is planned for the row whose id a column holds."""
    lock = literal(f"{kind}/") + cast(row_id, Text)
    return ~exists().where(JOBS.c.status == literal_column("'todo'"), JOBS.c.queueing_lock == lock)


def _lock(kind: str, row_id: int) -> str:
    """What keeps a second job of the same kind for the same row from being planned."""
    return f"{kind}/{row_id}"


def _add(session: Session, kind: str, queue: str, due: Mapping[int, datetime]) -> None:
    if not due or not has_jobs(session):
        return
    from procrastinate.jobs import Job

    jobs = [
        Job(queue=queue, task_name=kind, lock=None, queueing_lock=_lock(kind, row_id), task_kwargs={"row_id": row_id},
            scheduled_at=at)
        for row_id, at in due.items()
    ]  # fmt: skip
    _planner().job_manager.batch_defer_jobs(jobs, connection=session.connection().connection.driver_connection)


@cache
def _planner():
    """procrastinate as it adds jobs to a transaction of ours; imported where it is used, for SQLite does without."""
    from procrastinate import App, SyncPsycopgConnector

    return App(connector=SyncPsycopgConnector())
