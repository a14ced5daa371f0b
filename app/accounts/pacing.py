"""How long who was wrong waits before the next try. Pure.

For an account: five wrong ones are free, then each doubles the wait, up to a quarter of an hour: nobody is ever locked
out for good, and nobody gets in more than a hundred tries a day. For a client's address: twenty in a quarter of an
hour.
"""

from __future__ import annotations

from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # after which an account's wrong tries count no more
FREE, FIRST_WAIT = 5, timedelta(seconds=30)
MOST_FROM_ADDRESS = 20


def account_free_at(wrong: int, last_at: datetime) -> datetime:
    """When an account's password may be tried again after so many wrong ones, the last at a time."""
    if wrong < FREE:
        return last_at
    return last_at + min(FIRST_WAIT * 2 ** min(wrong - FREE, 20), QUARTER)


def address_free_at(wrong: int, since: datetime) -> datetime:
    """When a client's address may try again after so many wrong ones, the first at a time."""
    return since + QUARTER if wrong >= MOST_FROM_ADDRESS else since


def is_worth_noting(wrong: int) -> bool:
    """Whether an audit should know that so many were wrong: the fifth, and each time they have doubled."""
    return wrong >= FREE and wrong % FREE == 0 and (wrong // FREE).bit_count() == 1
