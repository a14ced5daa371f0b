"""What servers say, in the forms in which they say it, and in none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.replies import (
    LEAST_WAIT,
    MOST_WAIT,
    asks_for_a_slower_pace,
    names_nobody,
    speaks_of_us,
    spoken,
    status_of,
    wait_of,
)

WAITS = [
    ("4.2.0 try again in 5 minutes", 300),
    ("4.7.1 Please retry after 300 seconds", 300),
    ("greylisted for 00:04:59", 299),
    ("Greylisted, see you in 10 min", 600),
    ("wait 60s", 60),
    ("Try again in 1 hour", 3600),
    ("try in 04:59", 299),
    ("come back in 4 minutes and 30 seconds", 270),
    ("retry in 5m30s", 330),
    ("retry in 1h 5 min", 3900),
    ("retry after: 15 mins", 900),
    ("wait=120 sec", 120),
    ("IN 2 MINUTES", 120),
    ("wait for another 90 seconds", 90),
    ("try again in about 5 minutes", 300),
    ("try again in 0 seconds", 1),
    ("try again in 9 hours", 4 * 3600),
    ("try again in 999999 h", 4 * 3600),
    ("try again in 99999999999999999999 seconds", None),
    ("try again in 5 parsecs", None),
    ("try again later", None),
    ("in 5 messages", None),
    ("connected from 10.0.0.1:25 in 2026", None),
    ("5 minutes", None),
    ("yritä uudelleen viiden minuutin päästä", None),
    ("retry in ５ minutes", None),
    ("", None),
]


@pytest.mark.parametrize(("said", "seconds"), WAITS)
def test_how_long_to_wait(said, seconds):
    assert wait_of(said) == (None if seconds is None else timedelta(seconds=seconds))


STATUSES = [
    (550, "5.1.1 nobody", "5.1.1"),
    (550, "5.7.509 denied", "5.7.509"),
    (550, "nobody (#5.1.1)", "5.1.1"),
    (421, "4.7.0", "4.7.0"),
    (250, "2.0.0 ok", "2.0.0"),
    (450, "5.1.1 of two minds", None),
    (550, "Postfix 5.1.1", None),
    (550, "5.1.1.7 is an address of the network", None),
    (550, "5.1 short", None),
    (550, "5.1.1111 long", None),
    (550, "5.١.1 other digits", None),
    (550, "", None),
]


@pytest.mark.parametrize(("code", "said", "status"), STATUSES)
def test_the_enhanced_code(code, said, status):
    assert status_of(said, code) == status


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (b"fine", "fine"),
        (
            b"5.1.1 The address\n5.1.1 that you wrote to\n5.1.1  is none.",
            "5.1.1 The address that you wrote to is none.",
        ),
        (b"one\ntwo", "one two"),
        (b"tab\tand\x00nul\x1b[31m and \xff", "tab and nul [31m and \ufffd"),
        ("k\u00e4ynniss\u00e4 \u202e\u2028x".encode(), "k\u00e4ynniss\u00e4 x"),
        (b"x" * 10_000, "x" * 500),
        (b"", ""),
    ],
)
def test_a_reply_becomes_one_line(said, text):
    assert spoken((550, said)) == (550, text)


@pytest.mark.parametrize(
    ("ask", "yes", "no"),
    [
        (names_nobody, "Recipient not found", "mailbox unavailable"),
        (names_nobody, "The user does not exist", "the message does not exist"),
        (speaks_of_us, "Client was not authenticated", "blocked as spam"),
        (speaks_of_us, "Client does not have permissions to send as this sender", "not permitted by policy"),
        (asks_for_a_slower_pace, "Too many connections", "the separate address"),
        (asks_for_a_slower_pace, "rate limited", "greylisted: too many from you"),
    ],
)
def test_words(ask, yes, no):
    assert (ask(yes), ask(no)) == (True, False)


WORDS = [
    "try again",
    "in",
    "for",
    "after",
    "5",
    "00:04:59",
    "999999",
    "min",
    "h",
    "s",
    "and",
    ":",
    "=",
    "5.1.1",
    "#",
    "-",
]
NEARLY = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=20).map(" ".join)


@pytest.mark.long
@given(NEARLY, st.integers(200, 599))
def test_no_text_breaks_the_reading(said, code):
    wait, status = wait_of(said), status_of(said, code)
    assert wait is None or LEAST_WAIT <= wait <= MOST_WAIT
    assert status is None or (status in said and len(status) <= 9)
    assert {type(ask(said)) for ask in (names_nobody, speaks_of_us, asks_for_a_slower_pace)} == {bool}


@given(st.binary(max_size=5000))
def test_no_bytes_break_a_reply(said):
    _, text = spoken((250, said))
    assert len(text) <= 500 and text.isprintable()
