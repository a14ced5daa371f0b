"""What is counted in memory of those who ask, so that nobody asks without end; a restart forgets it."""

from __future__ import annotations

from app import dear
from app.guests.guessing import MOST_IN_ALL, Guesses

EVERYBODYS_QUESTIONS = 2_000  # by which passkeys are asked for, of all together in a minute: each is a row
EVERYBODYS_DEAR = 6_000  # papers and exports of all together in a minute, which no six threads make


def counts() -> dict[str, Guesses]:
    """Return the counters of an application that has just begun, by their names in its state."""
    found = {name: Guesses(MOST_IN_ALL) for name in ("guesses", "code_guesses", "code_requests", "reports")}
    found["passkeys"] = Guesses(EVERYBODYS_QUESTIONS)
    found["dear"] = Guesses(EVERYBODYS_DEAR, most=dear.MOST)
    return found
