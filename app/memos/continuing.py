"""When a save goes on with the last revision, and when it begins a new one. Pure.

Who writes for a minute makes one revision and not thirty. What stood there before the minute is always a revision of
its own, and so is what was decided upon: a conflict's outcome, a text brought back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.memos.differing import gone

AS_LONG_AS = timedelta(seconds=60)  # from the revision's beginning, not from its last save: nobody writes one all day
MOST_GONE = 100  # letters: a slip of the pen, not a paragraph


def continues(
    begun_at: datetime, by: str | None, last: str, *, at: datetime, writer: str | None, text: str, what: str = "written"
) -> bool:
    """Whether a save of `text` by `writer` at `at` goes on with a revision that `by` began and that holds `last`; what
    is the revision's kind (app/memos/models.py: REVISIONS). Times are instants."""
    own = what == "written" and by == writer and timedelta() <= at - begun_at <= AS_LONG_AS
    return own and gone(last, text) <= MOST_GONE
