"""Where a meeting is, as tables: what a press changes, and when all will end as things stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.agenda.progress import Item, State, pressed, progress

ONE = datetime(2026, 9, 10, 13, 0, tzinfo=UTC)


def at(clock):
    hour, minute = clock.split(".")
    return ONE.replace(hour=int(hour), minute=int(minute))


def agenda():
    """Thirty minutes from 13.00, a quarter of an hour, a break at 14.00, and something without length."""
    return [Item(1, 30, ONE), Item(2, 15, None), Item(3, 20, at("14.00")), Item(4, None, None)]


def after(presses, items=None):
    """The agenda after presses as `next 13.05`, each made at where the meeting stood."""
    items = items or agenda()
    for press in filter(None, presses.split(", ")):
        action, clock = press.split()
        items = done(items, action, progress(items, at(clock)).stands_at, at(clock))
    return items


def done(items, action, made_at, now):
    changed = pressed(items, action, made_at, now)
    return [replace(one, **changed.get(one.id, {})) for one in items]


def said(items, clock):
    found = progress(items, at(clock))
    times = [f"{one.id} {one.starts:%H.%M}–{one.ends:%H.%M}" for one in found.expected]
    return found.state, found.stands_at, found.due and f"{found.due:%H.%M}", times


LATER = ["2 13.30–13.45", "3 14.00–14.20", "4 14.20–14.20"]
LATE, LATE_ONE = ["3 14.10–14.30", "4 14.30–14.30"], ["2 13.31–13.46", "3 14.00–14.20", "4 14.20–14.20"]
LUNCH = ["3 14.00–14.20", "4 14.20–14.20"]


@pytest.mark.parametrize(
    ("presses", "now", "state", "stands_at", "due", "expected"),
    [
        ("", "12.50", "before", 0, None, ["1 13.00–13.30", *LATER]),
        ("", "13.20", "before", 0, None, ["1 13.20–13.50", "2 13.50–14.05", "3 14.05–14.25", "4 14.25–14.25"]),
        ("next 13.05", "13.10", "running", 1, "13.35", ["1 13.05–13.35", "2 13.35–13.50", *LUNCH]),
        ("next 12.55", "13.00", "running", 1, "13.25", ["1 12.55–13.25", "2 13.25–13.40", *LUNCH]),
        ("next 13.00", "13.55", "running", 1, "13.30", ["1 13.00–13.55", "2 13.55–14.10", *LATE]),
        ("next 13.00, next 13.40", "13.45", "running", 2, "13.55", ["2 13.40–13.55", *LUNCH]),
        ("next 13.00, next 13.30, next 13.40, next 14.00", "14.30", "running", 4, None, ["4 14.00–14.30"]),
        ("next 13.00, end 13.20", "15.00", "ended", 1, None, []),
        ("next 13.00, next 13.30, next 13.45, next 14.10, next 14.30", "15.00", "ended", 4, None, []),
        ("next 13.00, back 13.01", "13.02", "before", 0, None, ["1 13.02–13.32", "2 13.32–13.47", *LUNCH]),
        ("next 13.00, next 13.30, back 13.31", "13.31", "running", 1, "13.30", ["1 13.00–13.31", *LATE_ONE]),
        ("next 13.00, end 13.20, back 13.21", "13.21", "running", 1, "13.30", ["1 13.00–13.30", *LATER]),
    ],
)  # fmt: skip
def test_where_it_is(presses, now, state, stands_at, due, expected):
    assert said(after(presses), now) == (State(state), stands_at, due, expected)


@pytest.mark.parametrize(
    ("presses", "action", "made_at"),
    [
        ("next 13.00", "next", 0),  # two begin at once
        ("next 13.00, next 13.30", "next", 1),  # two go on at once
        ("next 13.00, end 13.30", "next", 1),
        ("next 13.00, end 13.30", "end", 1),
        ("next 13.00, next 13.30, back 13.31", "back", 2),  # two go back at once
        ("next 13.00", "next", 99),
        ("", "back", 0),
        ("", "end", 0),
    ],
)
def test_a_press_that_was_made_elsewhere_changes_nothing(presses, action, made_at):
    items = after(presses)
    assert pressed(items, action, made_at, at("13.40")) == {}


def test_what_ended_is_when_it_ended_and_what_follows_is_the_next():
    assert progress(after("next 13.00, end 13.20"), at("15.00")).all_ended == at("13.20")
    assert progress(after("next 13.00"), at("13.05")).next.id == 2
    assert progress(after(""), at("13.05")).next.id == 1
    assert progress(after("next 13.00, next 13.10, next 13.20, next 13.30"), at("13.35")).next is None
    assert (progress([], ONE).next, progress([], ONE).all_ended, pressed([], "next", 0, ONE)) == (None, None, {})


def test_all_that_was_pressed_is_undone_step_by_step():
    pressed_through = after("next 13.00, next 13.30, next 13.45, next 14.10, next 14.30")
    assert after("back 14.31, back 14.31, back 14.32, back 14.33, back 14.34", pressed_through) == agenda()


def test_presses_within_one_moment_are_undone_in_their_order():
    assert progress(after("next 13.00, next 13.00, next 13.00, back 13.00"), ONE).stands_at == 2


def test_an_item_that_was_moved_before_the_present_one_is_not_gone_back_to():
    one, two, three, four = after("next 13.00, next 13.30")
    assert [one.id for one in progress([one, three, two, four], at("13.40")).expected] == [2, 4]


def test_two_hundred_items_are_followed_to_the_end():
    items = [Item(1, 5, ONE), *(Item(n, 5, None) for n in range(2, 201))]
    assert progress(items, ONE).all_ended == ONE + timedelta(minutes=1000)
