"""Where an event stands, as a table."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.events.stages import Figures, Moment, moment, standing

HELSINKI = ZoneInfo("Europe/Helsinki")
BEFORE, LATE, TODAY = Moment(days=9), Moment(days=2, overdue=True), Moment(days=0)
RUNNING, AFTER = Moment(days=0, begun=True), Moment(days=-1, begun=True, ended=True)


@pytest.mark.parametrize(
    ("figures", "seen", "stage", "next"),
    [
        (Figures(), BEFORE, "prepare", "agenda"),
        (Figures(items=3), BEFORE, "prepare", "pick"),
        (Figures(items=3, picked=15), BEFORE, "invite", "invite"),
        (Figures(picked=15, invited=12, answered=3), BEFORE, "answers", "invite_rest"),
        (Figures(picked=15, invited=15, answered=11), BEFORE, "answers", "answers"),
        (Figures(picked=15, invited=15, answered=11), LATE, "answers", "chase"),
        (Figures(picked=15, invited=0, answered=11), BEFORE, "answers", "answers"),
        (Figures(picked=15, invited=15, answered=15), LATE, "day", "wait"),
        (Figures(picked=15, invited=15, answered=11), TODAY, "day", "today"),
        (Figures(picked=15, invited=15, answered=11, ticked=4, came=4), RUNNING, "day", "arrive"),
        (Figures(picked=15, invited=15, answered=11, ticked=1), RUNNING, "day", "today"),
        (Figures(picked=15, invited=15, answered=11, ticked=4, came=4), BEFORE, "day", "arrive"),
        (Figures(picked=15, invited=15, answered=11, ticked=4, came=4, memo=True), BEFORE, "memo", "finish"),
        (Figures(picked=15, invited=15, answered=11, ticked=1), BEFORE, "answers", "answers"),
        (Figures(), AFTER, "day", "tick"),
        (Figures(picked=15, memo=True), RUNNING, "day", "tick"),
        (Figures(picked=15, ticked=9), AFTER, "memo", "write"),
        (Figures(picked=15, ticked=9, memo=True), AFTER, "memo", "finish"),
        (Figures(picked=15, ticked=9, memo=True), RUNNING, "memo", "finish"),
        (Figures(ticked=9, memo=True, version=1), AFTER, "sent", "send"),
        (Figures(ticked=9, memo=True, version=1, copies=15, copied=9), AFTER, "sent", "sending"),
        (Figures(ticked=9, memo=True, version=1, copies=15, copied=15), AFTER, None, "done"),
    ],
)
def test_where_it_stands_and_what_is_next(figures, seen, stage, next):
    stands = standing(figures, seen)
    assert (stands.stage, stands.next) == (stage, next)


def test_what_lies_behind_is_done_and_what_is_ahead_comes_later():
    stands = standing(Figures(picked=2, invited=2), BEFORE)
    assert [stands.state(key) for key in ("prepare", "invite", "answers", "day", "memo", "sent")] == [
        "done", "done", "now", "later", "later", "later",
    ]  # fmt: skip
    assert stands.done == 2


def local(day, hour=0, minute=0, fold=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=HELSINKI, fold=fold)


@pytest.mark.parametrize(
    ("starts", "ends", "deadline", "now", "seen"),
    [
        (local(14, 13), local(14, 15), None, local(5, 23, 59), Moment(9)),
        (local(14, 13), local(14, 15), None, local(14, 12, 59), Moment(0)),
        (local(14, 13), local(14, 15), None, local(14, 13), Moment(0, begun=True)),
        (local(14, 13), local(14, 15), None, local(14, 15), Moment(0, begun=True, ended=True)),
        (local(14, 13), None, None, local(14, 23, 59), Moment(0, begun=True)),
        (local(14, 13), None, None, local(15), Moment(-1, begun=True, ended=True)),
        (local(14, 13), None, date(2026, 10, 7), local(7, 23, 59), Moment(7)),
        (local(14, 13), None, date(2026, 10, 7), local(8), Moment(6, overdue=True)),
        (local(14, 13), None, local(7, 16), local(7, 16, 0), Moment(7)),
        (local(14, 13), None, local(7, 16), local(7, 16, 1), Moment(7, overdue=True)),
        # the hour that occurs twice: begun at 3.30 summer time, not yet ended at 3.45, ended at 3.30 winter time
        (local(25, 3, 30), local(25, 3, 30, fold=1), None, local(25, 3, 45), Moment(0, begun=True)),
        (local(25, 3, 30), local(25, 3, 30, fold=1), None, local(25, 3, 30, fold=1), Moment(0, begun=True, ended=True)),
    ],
)
def test_an_event_seen_from_now(starts, ends, deadline, now, seen):
    assert moment(starts, ends, deadline, now) == seen
