"""What two rows become where only one may stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from app.duplicates.joining import joined_answers, joined_times, presence_wins, stronger, whose_place
from app.invitees.models import EVENT_ROLES
from app.invitees.rsvp import Answered, Seat


@dataclass
class Line:
    mode: str
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    first_item: int | None = None
    last_item: int | None = None


ONE, TWO, THREE = (datetime(2026, 9, 10, hour, 0) for hour in (13, 14, 15))


@pytest.mark.parametrize(
    ("one", "other", "mode"),
    [
        ("absent", "in_person", "in_person"), ("excused", "remote", "remote"), ("absent", "excused", "excused"),
        ("remote", "in_person", "in_person"),
    ],
)  # fmt: skip
def test_who_came_has_come(one, other, mode):
    for pair in ((Line(one), Line(other)), (Line(other), Line(one))):
        assert presence_wins(*pair).mode == mode


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        (Line("in_person", TWO, THREE), Line("remote", ONE, TWO), (ONE, THREE)),
        (Line("in_person", TWO, THREE), Line("remote", None, TWO), (None, THREE)),
        (Line("in_person", TWO, None), Line("remote", ONE, TWO), (ONE, None)),
        (Line("in_person", TWO, THREE), Line("absent"), (TWO, THREE)),
        (Line("excused"), Line("absent"), (None, None)),
    ],
)
def test_presence_reaches_from_the_first_to_the_last(one, other, times):
    for pair in ((one, other), (other, one)):
        joined = joined_times(*pair)
        assert (joined["arrived_at"], joined["left_at"]) == times


def test_items_reach_from_the_first_to_the_last_as_well():
    joined = joined_times(Line("in_person", first_item=2, last_item=3), Line("in_person", first_item=4, last_item=6))
    assert (joined["first_item"], joined["last_item"]) == (2, 6)


SENDS_KEPT, SENDS_GONE = Answered("declined", None, 1), Answered("declined", None, 2)


@pytest.mark.parametrize(
    ("kept_for", "gone_for", "places", "answers", "holds"),
    [
        (None, None, {}, {}, None),
        (None, 3, {}, {3: SENDS_GONE}, None),  # one was invited themselves
        (3, None, {}, {3: SENDS_KEPT}, None),
        (2, None, {}, {2: SENDS_KEPT}, None),  # sent themselves under another address
        (3, 4, {}, {3: SENDS_KEPT, 4: SENDS_GONE}, 3),
        (3, 4, {}, {3: Answered("accepted"), 4: SENDS_GONE}, 4),  # the first has answered otherwise since
        (3, 4, {3: 2}, {3: SENDS_KEPT, 4: SENDS_GONE}, 4),  # else the two would send each other
        (3, 4, {3: 2, 4: 1}, {3: SENDS_KEPT, 4: SENDS_GONE}, None),
    ],
)
def test_whose_place_the_joined_invitee_keeps(kept_for, gone_for, places, answers, holds):
    seats = {1: kept_for, 2: gone_for, 3: None, 4: None} | places
    assert whose_place(Seat(1, kept_for), Seat(2, gone_for), seats, answers) == holds


def test_the_stronger_role_stays():
    assert stronger(EVENT_ROLES, "member", "chair") == stronger(EVENT_ROLES, "chair", None) == "chair"
    assert stronger(EVENT_ROLES, None, None) is None


@pytest.mark.parametrize(
    ("stands", "other", "taken", "lost"),
    [
        ({1: "a"}, {1: "a"}, set(), set()),
        ({1: "a"}, {1: "b"}, set(), {1}),
        ({1: "a"}, {5: "b"}, {5}, set()),
        ({1: "yes"}, {1: "no", 2: "why", 3: "more"}, set(), {1, 2, 3}),  # 2 was asked because of 1, and 3 because of 2
        ({1: "no"}, {1: "no", 2: "why", 3: "more"}, {2, 3}, set()),
        ({}, {1: "no", 2: "why"}, {1, 2}, set()),
    ],
)
def test_a_sheet_takes_over_what_it_leaves_open(stands, other, taken, lost):
    assert joined_answers(stands, other, {1: None, 2: 1, 3: 2, 5: None}) == (taken, lost)
