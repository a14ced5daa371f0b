"""What each end of an attempt means, and when the next one is, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.mail.retrying import Attempt, Outcome, next_try, outcome_of

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

ENDS = [
    # how far it came                                     what it means
    (Attempt("dot", 250, "2.0.0 queued as 4f"), Outcome("sent", "250 2.0.0 queued as 4f")),
    (Attempt("dot", None, "disconnected"), Outcome("uncertain", "disconnected")),
    (Attempt("dot", None, "timeout"), Outcome("uncertain", "timeout")),
    (Attempt("dot", 451, "4.3.0 later"), Outcome("queued", "451 4.3.0 later")),
    (Attempt("dot", 554, "5.7.1 refused"), Outcome("failed", "554 5.7.1 refused")),
    (Attempt("rcpt", 550, "5.1.1 no such user"), Outcome("failed", "550 5.1.1 no such user")),
    (Attempt("rcpt", 450, "4.2.0 greylisted"), Outcome("queued", "450 4.2.0 greylisted")),
    (Attempt("rcpt", None, "timeout"), Outcome("queued", "timeout")),
    (Attempt("data", None, "disconnected"), Outcome("queued", "disconnected")),
    (Attempt("data", 552, "5.3.4 too big"), Outcome("failed", "552 5.3.4 too big")),
    (Attempt("mail", 553, "5.1.8 sender refused"), Outcome("failed", "553 5.1.8 sender refused")),
    (Attempt("mail", 530, "5.7.0 authenticate first"), Outcome("queued", "530 5.7.0 authenticate first", ours=True)),
    (Attempt("auth", 535, "5.7.8 wrong password"), Outcome("queued", "535 5.7.8 wrong password", ours=True)),
    (Attempt("greeting", 554, "5.3.2 no service"), Outcome("queued", "554 5.3.2 no service", ours=True)),
    (Attempt("rcpt", 421, "4.3.2 going down"), Outcome("queued", "421 4.3.2 going down", ours=True)),
    (Attempt("connect", None, "unreachable"), Outcome("queued", "unreachable", ours=True)),
    (Attempt("greeting", None, "insecure"), Outcome("queued", "insecure", ours=True)),
]


@pytest.mark.parametrize(("attempt", "outcome"), ENDS)
def test_an_attempt_means(attempt, outcome):
    assert outcome_of(attempt) == outcome


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 30), (2, 60), (3, 120), (4, 300), (5, 600), (6, 900), (7, 1800), (8, 3600), (9, 3600), (40, 3600)],
)
def test_waits_grow_to_an_hour(attempts, seconds):
    assert next_try(attempts, AT, AT) == AT + timedelta(seconds=seconds)
    assert next_try(attempts, AT, AT, jitter=1) == AT + timedelta(seconds=1.2 * seconds)


def test_it_gives_up_after_two_days():
    assert next_try(50, AT, AT + timedelta(hours=47, minutes=59)) is not None
    assert next_try(50, AT, AT + timedelta(hours=48)) is None
