"""The rule of answering, as tables."""

from __future__ import annotations

from datetime import datetime

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
