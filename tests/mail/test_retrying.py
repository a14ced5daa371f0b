"""What each end of an attempt means, and when the next one is, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.retrying import GIVES_UP_AFTER, SETTING_UP, WILL_NEVER_GO, Attempt, Outcome, next_try, outcome_of

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
STAGES = (*SETTING_UP, "mail", "rcpt", "data", "dot")
LATER = "450 4.2.0 greylisted, try again in 5 minutes"


def end(stage: str, reply: str, state: str, status: str | None = None, **more):
    """A row: how far it came and what it means; the reply is kept as it is."""
    code, _, said = reply.partition(" ")
    attempt = Attempt(stage, int(code), said) if code.isdigit() else Attempt(stage, None, reply)
    return pytest.param(attempt, Outcome(state, reply, status=status, **more), id=f"{stage} {reply}")


ENDS = [
    end("dot", "250 2.0.0 queued as 4f", "sent", "2.0.0"),
    end("dot", "250", "sent"),
    end("dot", "disconnected", "uncertain"),
    end("dot", "timeout", "uncertain"),
    end("dot", "nonsense", "uncertain"),
    end("dot", "354 go on", "uncertain"),
    end("dot", "451 4.3.0 later", "queued", "4.3.0"),
    end("dot", "452 4.2.2 mailbox full", "queued", "4.2.2"),
    end("dot", "554 5.7.1 looks like spam", "failed", "5.7.1"),
    end("dot", "554 5.2.252 SendAsDenied; may not", "queued", "5.2.252", ours=True),
    end("dot", "550 5.1.1 nobody after all", "failed", "5.1.1", bad_address=True),
    end("dot", "550 no such user", "failed"),
    end("data", "disconnected", "queued"),
    end("data", "nonsense", "queued"),
    end("data", "250 ok", "queued"),
    end("data", "552 5.3.4 too big", "failed", "5.3.4"),
    end("data", "451 4.7.1 try later", "queued", "4.7.1", slow_down=True),
    end("data", "421 4.3.2 down", "queued", "4.3.2", ours=True, slow_down=True),
    end("data", "withdrawn", "withdrawn"),
    end("rcpt", "timeout", "queued"),
    end("rcpt", "550 5.1.1 no such user", "failed", "5.1.1", bad_address=True),
    end("rcpt", "550 5.1.2 no such domain", "failed", "5.1.2", bad_address=True),
    end("rcpt", "501 5.1.3 syntax", "failed", "5.1.3", bad_address=True),
    end("rcpt", "551 5.1.6 moved", "failed", "5.1.6", bad_address=True),
    end("rcpt", "556 5.1.10 takes no mail", "failed", "5.1.10", bad_address=True),
    end("rcpt", "550 User unknown in local table", "failed", bad_address=True),
    end("rcpt", "550 <otso@rm.example>: no such user here", "failed", bad_address=True),
    end("rcpt", "550 mailbox unavailable", "failed"),
    end("rcpt", "550 5.2.1 user unknown or closed", "failed", "5.2.1"),
    end("rcpt", "552 5.2.2 mailbox full", "failed", "5.2.2"),
    end("rcpt", "552 mailbox full", "failed"),
    end("rcpt", "550 5.7.1 not from you today", "failed", "5.7.1"),
    end("rcpt", "554 5.7.1 <otso@rm.example>: Relay access denied", "queued", "5.7.1", ours=True),
    end("rcpt", "550 5.7.54 SMTP; unable to relay", "queued", "5.7.54", ours=True),
    end("rcpt", "450 5.1.1 of two minds", "queued"),
    end("rcpt", "450 4.1.1 no such user", "queued", "4.1.1"),
    end("rcpt", LATER, "queued", "4.2.0", wait=timedelta(minutes=5)),
    end("rcpt", "451 4.7.1 Greylisted, retry after 300 seconds", "queued", "4.7.1", wait=timedelta(minutes=5)),
    end("rcpt", "450 4.7.0 too many from you", "queued", "4.7.0", slow_down=True),
    end("rcpt", "452 4.5.3 too many recipients", "queued", "4.5.3", slow_down=True),
    end("rcpt", "432 4.3.2 concurrent limit", "queued", "4.3.2", slow_down=True),
    end("rcpt", "450 message rate exceeded", "queued", slow_down=True),
    end("rcpt", "451 throttled", "queued", slow_down=True),
    end("rcpt", "450 please separate", "queued"),
    end("rcpt", "421 4.3.2 going down", "queued", "4.3.2", ours=True, slow_down=True),
    end("mail", "421 going down", "queued", ours=True),
    end("mail", "451 4.3.0 later", "queued", "4.3.0"),
    end("mail", "555 5.5.4 unknown option", "failed", "5.5.4"),
    end("mail", "553 5.1.8 sender's domain unknown", "queued", "5.1.8", ours=True),
    end("mail", "550 5.7.1 Sender not authorised", "queued", "5.7.1", ours=True),
    end("mail", "550 sender not allowed", "queued", ours=True),
    end("mail", "530 5.7.0 authenticate first", "queued", "5.7.0", ours=True),
    end("mail", "550 5.1.1 what", "failed", "5.1.1"),
    end("mail", "354 go on", "queued"),
    end("mail", "no_address", "failed", bad_address=True),
    end("mail", "no_sender", "failed"),
    end("mail", "too_large", "failed"),
    end("mail", "needs_smtputf8", "failed"),
    end("auth", "535 5.7.8 wrong password", "queued", "5.7.8", ours=True),
    end("auth", "534 5.7.9 too weak", "queued", "5.7.9", ours=True),
    end("auth", "unencrypted", "queued", ours=True),
    end("tls", "454 4.7.0 not now", "queued", "4.7.0", ours=True),
    end("tls", "insecure", "queued", ours=True),
    end("ehlo", "502 5.5.1 what", "queued", "5.5.1", ours=True),
    end("greeting", "554 5.3.2 no service", "queued", "5.3.2", ours=True),
    end("greeting", "220 hello", "queued", ours=True),
    end("connect", "unreachable", "queued", ours=True),
]


@pytest.mark.parametrize(("attempt", "outcome"), ENDS)
def test_an_attempt_means(attempt, outcome):
    assert outcome_of(attempt) == outcome


@pytest.mark.long
@given(st.sampled_from(STAGES), st.integers(200, 599), st.text(max_size=600))
def test_any_reply_means_one_thing(stage, code, said):
    outcome = outcome_of(Attempt(stage, code, said))
    assert outcome.state in ("sent", "queued", "uncertain", "failed")
    assert (outcome.state == "sent") == (stage == "dot" and code < 300)
    assert outcome.state == "queued" or not (outcome.ours or outcome.slow_down or outcome.wait)
    assert outcome.state == "failed" or not outcome.bad_address
    assert outcome.state != "uncertain" or (stage == "dot" and 300 <= code < 400)


@pytest.mark.long
@given(st.sampled_from(STAGES), st.text(max_size=20).filter(lambda said: said not in (*WILL_NEVER_GO, "withdrawn")))
def test_without_a_reply_nothing_is_sent_or_failed(stage, said):
    assert outcome_of(Attempt(stage, None, said)).state == ("uncertain" if stage == "dot" else "queued")


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 30), (1, 30), (2, 60), (3, 120), (4, 300), (5, 600), (6, 900), (7, 1800), (8, 3600), (9, 3600), (40, 3600)],
)
def test_waits_grow_to_an_hour(attempts, seconds):
    assert next_try(attempts, AT, AT) == AT + timedelta(seconds=seconds)
    assert next_try(attempts, AT, AT, jitter=1) == AT + timedelta(seconds=1.2 * seconds)


@pytest.mark.parametrize(
    ("attempts", "asked", "minutes"),
    [(1, 5, 5), (4, 5, 5), (5, 5, 10), (1, 0.25, 0.5), (9, 240, 240)],
)
def test_it_waits_as_long_as_it_was_asked_to(attempts, asked, minutes):
    wait = timedelta(minutes=asked)
    assert next_try(attempts, AT, AT, wait=wait) == AT + timedelta(minutes=minutes)
    assert next_try(attempts, AT, AT, jitter=1, wait=wait) == AT + timedelta(minutes=1.2 * minutes)


@pytest.mark.parametrize(
    ("hours", "asked", "again"),
    [(46, 0, 47), (47.5, 0, 48), (47.5, 0.5, 48), (47.5, 0.6, None), (48, 0, None), (60, 0, None)],
)
def test_the_last_try_is_after_two_days(hours, asked, again):
    due = next_try(50, AT, AT + timedelta(hours=hours), wait=timedelta(hours=asked))
    assert due == (None if again is None else AT + timedelta(hours=again))


@given(st.integers(0, 10**6), st.floats(0, 60), st.floats(0, 1), st.none() | st.integers(1, 4 * 3600))
def test_it_is_never_earlier_than_asked_nor_later_than_two_days(attempts, hours, jitter, asked):
    at, wait = AT + timedelta(hours=hours), asked and timedelta(seconds=asked)
    due = next_try(attempts, AT, at, jitter, wait)
    assert due is None or at + (wait or timedelta()) <= due <= AT + GIVES_UP_AFTER
