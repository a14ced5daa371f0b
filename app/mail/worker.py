"""The thread in the server's process that sends what the outbox holds."""

from __future__ import annotations

import threading

from app.db import Database
from app.settings import Settings


class Worker(threading.Thread):
    def __init__(self, database: Database, settings: Settings):
        super().__init__(name="post", daemon=True)
        self.database = database
        self.settings = settings
        self.ended = threading.Event()

    def run(self) -> None:
        self.ended.wait()

    def stop(self) -> None:
        self.ended.set()
