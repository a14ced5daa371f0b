"""A worker of the outbox on PostgreSQL: in the server's process, or in one of its own on any machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Status
from sqlalchemy import make_url

from app.db import Database
from app.mail import jobs
from app.mail.outbox import can_send
from app.mail.sending import now_in_utc, sender_for
from app.mail.tasks import Tasks
from app.mail.worker import Heart
from app.mail.writing import Write
from app.settings import Settings
from app.worker import Repeating

SWEEPS = "* * * * * */10"  # every ten seconds: the sixth field is croniter's own
SOON = 5.0


class JobWorker(Repeating):
    """Takes jobs until `stop`, then ends with the mail in hand; where the installation has no way to send, it only
    writes.

    Two run side by side, one of each queue: who waits for a slow mail server keeps nobody from writing and sweeping.
    """

    def __init__(self, database: Database, settings: Settings, write: Write, now: Callable[[], datetime] = now_in_utc):
        super().__init__("post")
        self.database = database
        self.sender = sender_for(database, settings, self.ended, now)
        self.tasks = Tasks(database, self.sender, write)
        self.heart = Heart(database, self.sender)
        self.queues = [jobs.WRITING, jobs.SENDING] if can_send(settings) else [jobs.WRITING]
        self.loop: asyncio.AbstractEventLoop | None = None

    def run(self) -> None:
        self.heart.beat_while(super().run, self.ended)

    def turn(self) -> float:
        """Take jobs until `stop`, or until the database is lost; returns the seconds to rest."""
        asyncio.run(self._work())
        return SOON

    def stop(self) -> None:
        super().stop()
        if self.loop is not None and self.loop.is_running():
            self.loop.call_soon_threadsafe(self.stopping.set)

    async def _work(self) -> None:
        self.stopping, self.loop = asyncio.Event(), asyncio.get_running_loop()
        if self.ended.is_set():
            return
        app = self._app()
        async with app.open_async():
            working = [
                asyncio.create_task(
                    app.run_worker_async(
                        queues=[queue], name=queue, install_signal_handlers=False, delete_jobs="always",
                        fetch_job_polling_interval=1.0,
                    )
                )
                for queue in self.queues
            ]  # fmt: skip
            stopping = asyncio.create_task(self.stopping.wait())
            await asyncio.wait([*working, stopping], return_when=asyncio.FIRST_COMPLETED)
            for one in [*working, stopping]:
                one.cancel()  # procrastinate's way to say: let the job in hand end, and take no more
            ends = await asyncio.gather(*working, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    def _app(self) -> App:
        """procrastinate with our tasks, on connections that do not wait for the disk: to lose a job loses nothing."""
        url = make_url(self.database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        options = {"options": "-c synchronous_commit=off"}
        app = App(connector=PsycopgConnector(conninfo=url, kwargs=options, min_size=1, max_size=4))
        app.task(name=jobs.SEND, queue=jobs.SENDING)(self.tasks.send)
        app.task(name=jobs.WRITE, queue=jobs.WRITING)(self.tasks.write_mailing)

        @app.periodic(cron=SWEEPS)
        @app.task(name=jobs.SWEEP, queue=jobs.WRITING, queueing_lock=jobs.SWEEP)
        async def sweep(timestamp: int) -> None:
            for stalled in await app.job_manager.get_stalled_jobs():
                await app.job_manager.finish_job_by_id_async(stalled.id, Status.FAILED, delete_job=True)
            await asyncio.to_thread(self.tasks.sweep)

        return app
