"""The rule that counts wrong links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.guests.guessing import MOST, MOST_ADDRESSES, Guesses, neighbourhood

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def test_the_twenty_first_within_a_minute_is_one_too_many():
    guesses = Guesses()
    assert [guesses.wrong("192.0.2.1", AT) for _ in range(MOST + 1)] == [False] * MOST + [True]


def test_a_minute_later_it_begins_anew():
    guesses = Guesses()
    for _ in range(MOST):
        guesses.wrong("192.0.2.1", AT)
    assert not guesses.wrong("192.0.2.1", AT + timedelta(minutes=1))


def test_others_are_counted_apart():
    guesses = Guesses()
    for _ in range(MOST + 5):
        guesses.wrong("192.0.2.1", AT)
    assert not guesses.wrong("192.0.2.2", AT)


def test_who_alone_tries_too_many_shuts_nobody_else_out():
    guesses = Guesses(50)
    for _ in range(200):
        guesses.wrong("192.0.2.1", AT)
    assert not guesses.wrong("192.0.2.2", AT)


def test_it_remembers_no_more_addresses_than_it_needs():
    guesses = Guesses()
    for number in range(MOST_ADDRESSES + 2):
        guesses.wrong(str(number), AT + timedelta(seconds=number))
    assert len(guesses._wrong) <= MOST_ADDRESSES


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:c000:201", "192.0.2.1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_household_counts_together(address, counted_as):
    assert neighbourhood(address) == counted_as
