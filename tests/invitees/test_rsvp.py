"""The rule of answering, as tables."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from app.invitees.rsvp import (
    Answered,
    Refusal,
    Seat,
    Standing,
    end_of_answering,
    is_withdrawn,
    may_answer,
    sends_in_a_circle,
    standing,
    too_late,
)

STARTS = datetime(2026, 9, 10, 13, 0)


@pytest.mark.parametrize(
    ("deadline", "ends"),
    [
        (None, None),
        ("", None),
        ("2026-09-07", datetime(2026, 9, 7, 23, 59, 59)),
        ("2026-09-07T16:00", datetime(2026, 9, 7, 16, 0)),
    ],
)
def test_a_bare_date_is_the_end_of_that_day(deadline, ends):
    assert end_of_answering(deadline) == ends


@pytest.mark.parametrize(
    ("now", "deadline", "refusal"),
    [
        (datetime(2026, 9, 1, 9, 0), None, None),
        (datetime(2026, 9, 7, 16, 0), datetime(2026, 9, 7, 16, 0), None),
        (datetime(2026, 9, 7, 16, 0, 1), datetime(2026, 9, 7, 16, 0), Refusal.DEADLINE),
        (datetime(2026, 9, 10, 12, 59), None, None),
        (datetime(2026, 9, 10, 13, 0), None, Refusal.BEGUN),
        (datetime(2026, 9, 10, 13, 0), datetime(2026, 9, 11), Refusal.BEGUN),
        (datetime(2026, 9, 12), datetime(2026, 9, 7), Refusal.DEADLINE),
    ],
)
def test_until_when_one_may_answer(now, deadline, refusal):
    assert may_answer(now, STARTS, deadline) == refusal


OTSO, PILVI, AARNE = 1, 2, 3
SENDS_PILVI = Answered("declined", substitute_id=PILVI)


@pytest.mark.parametrize(
    ("seat", "answers", "stands"),
    [
        (Seat(OTSO), {}, Standing.SILENT),
        (Seat(OTSO), {OTSO: Answered("accepted", "in_person")}, Standing.COMING),
        (Seat(OTSO), {OTSO: Answered("accepted")}, Standing.COMING),
        (Seat(OTSO), {OTSO: Answered("accepted", "remote")}, Standing.ONLINE),
        (Seat(OTSO), {OTSO: Answered("tentative")}, Standing.TENTATIVE),
        (Seat(OTSO), {OTSO: Answered("declined")}, Standing.DECLINED),
        (Seat(OTSO), {OTSO: SENDS_PILVI}, Standing.SUBSTITUTE),
        (Seat(PILVI, OTSO), {OTSO: SENDS_PILVI}, Standing.SILENT),
        (Seat(PILVI, OTSO), {OTSO: SENDS_PILVI, PILVI: Answered("accepted")}, Standing.COMING),
        (Seat(PILVI, OTSO), {}, Standing.SILENT),
        (Seat(PILVI, OTSO), {OTSO: Answered("accepted"), PILVI: Answered("accepted")}, Standing.WITHDRAWN),
        (Seat(PILVI, OTSO), {OTSO: Answered("declined")}, Standing.WITHDRAWN),
        (Seat(PILVI, OTSO), {OTSO: Answered("declined", substitute_id=AARNE)}, Standing.WITHDRAWN),
    ],
)
def test_where_an_invitee_stands(seat, answers, stands):
    assert standing(seat, answers) == stands
    assert is_withdrawn(seat, answers) == (stands == Standing.WITHDRAWN)


@pytest.mark.parametrize(
    ("sender", "substitute", "places", "circle"),
    [
        (OTSO, PILVI, {OTSO: None, PILVI: None}, False),
        (OTSO, OTSO, {OTSO: None}, True),
        (PILVI, OTSO, {OTSO: None, PILVI: OTSO}, True),
        (AARNE, OTSO, {OTSO: None, PILVI: OTSO, AARNE: PILVI}, True),
        (OTSO, PILVI, {OTSO: None, PILVI: OTSO}, False),
        (OTSO, AARNE, {OTSO: PILVI, PILVI: OTSO, AARNE: None}, False),
    ],
)
def test_nobody_comes_in_the_place_of_their_own_substitute(sender, substitute, places, circle):
    assert sends_in_a_circle(sender, substitute, places) == circle


LONG_AFTER = datetime(2026, 10, 26, 9, 0)
QUARTERS = ("00:15", "00:30", "00:45", "01:00", "01:10", "01:30", "01:45", "02:15", "02:45")


@pytest.mark.parametrize(
    ("deadline", "starts", "closed_from"),
    [
        ("2026-10-25T03:30", LONG_AFTER, "00:45"),  # at its first half past three, and never open again
        ("2026-10-25T03:30+03:00", LONG_AFTER, "00:45"),
        ("2026-10-25T03:30+02:00", LONG_AFTER, "01:45"),
        ("2026-10-25T02:59", LONG_AFTER, "00:15"),
        ("2026-10-25T04:30", LONG_AFTER, "02:45"),
        (None, datetime(2026, 10, 25, 3, 30), "00:30"),  # its start closes it at that minute
        (None, datetime(2026, 10, 25, 3, 30, tzinfo=timezone(timedelta(hours=2))), "01:30"),
    ],
)
def test_in_the_hour_that_occurs_twice_nothing_opens_again(deadline, starts, closed_from):
    at = {quarter: datetime.fromisoformat(f"2026-10-25T{quarter}+00:00") for quarter in QUARTERS}
    closed = [quarter for quarter in QUARTERS if too_late(at[quarter], "Europe/Helsinki", starts, deadline)]
    assert closed == [quarter for quarter in QUARTERS if quarter >= closed_from]
