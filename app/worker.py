"""A thread of the server's process that works beside the requests, on what they have left in the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger("koolle")

RESTS_AFTER_OUR_FAULT = 30.0


class Repeating(threading.Thread):
    """Takes turn after turn until `stop`; one that fails is tried again after a rest, for its work stands in rows."""

    def __init__(self, name: str):
        super().__init__(name=name, daemon=True)
        self.ended = threading.Event()

    def turn(self) -> float:
        """Do what there is to do; returns the seconds to rest before the next turn."""
        raise NotImplementedError

    def run(self) -> None:
        while not self.ended.is_set():
            self.ended.wait(self.tried(self.turn))

    def tried(self, step: Callable[[], float]) -> float:
        """Take a step, and return the seconds to rest: those that it says, or, where it failed, half a minute."""
        try:
            return step()
        except Exception as error:  # a full disk or a lost database: the rows wait, and so does the thread
            log.error("%s: %s", self.name, type(error).__name__)
            return RESTS_AFTER_OUR_FAULT

    def stop(self) -> None:
        """Let the step that is being done come to its end, and end."""
        self.ended.set()
