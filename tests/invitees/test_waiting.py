"""The rule of the waiting list, as tables, and as any story that may happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.invitees.waiting import (
    Kept,
    Plan,
    Room,
    Waiter,
    answer_until,
    kept_until,
    lapsed,
    may_sit,
    plan,
    queue,
    to_be_called,
    waiting_since,
)

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OTSO, PILVI, LUMI, AARNE, ELLE = range(1, 6)


def waits(who: int, hours: int, **more) -> Waiter:
    return Waiter(who, NOON - hours * HOUR, **more)


def kept(who: int, hours: int) -> Kept:
    return Kept(who, NOON + hours * HOUR)


@pytest.mark.parametrize(
    ("room", "planned"),
    [
        pytest.param(Room(1, waiting=()), Plan([], []), id="nobody waits"),
        pytest.param(Room(1, frozenset({OTSO}), (), (waits(PILVI, 1),)), Plan([], []), id="full"),
        pytest.param(Room(2, frozenset({OTSO}), (), (waits(PILVI, 1),)), Plan([], [PILVI]), id="one seat"),
        pytest.param(Room(2, waiting=(waits(PILVI, 1), waits(LUMI, 3), waits(AARNE, 2))), Plan([], [LUMI, AARNE]),
                     id="the first come first"),
        pytest.param(Room(1, (), (kept(PILVI, 1),), (waits(PILVI, 2), waits(LUMI, 1))), Plan([], []),
                     id="an open offer holds the seat"),
        pytest.param(Room(1, (), (kept(PILVI, 0),), (waits(PILVI, 2), waits(LUMI, 1))), Plan([PILVI], [LUMI]),
                     id="an offer that ends goes to the next"),
        pytest.param(Room(1, (), (kept(PILVI, -1),), (waits(PILVI, 2),)), Plan([PILVI], []),
                     id="who lets an offer go by is not asked again"),
        pytest.param(Room(2, waiting=(waits(PILVI, 2, let_go_at=NOON - HOUR), waits(LUMI, 1))), Plan([], [LUMI]),
                     id="and the others go first"),
        pytest.param(Room(1, waiting=(waits(PILVI, 2, reachable=False), waits(LUMI, 1))), Plan([], []),
                     id="the seat of one without mail is kept for a call"),
        pytest.param(Room(None, waiting=(waits(PILVI, 2), waits(LUMI, 1))), Plan([], [PILVI, LUMI]), id="no limit"),
        pytest.param(Room(1, frozenset({OTSO, AARNE}), (), (waits(PILVI, 1),)), Plan([], []), id="over the capacity"),
        pytest.param(Room(1, frozenset({OTSO}), (kept(OTSO, 1),), ()), Plan([], []), id="one seat of one person"),
    ],
)  # fmt: skip
def test_what_is_to_be_done_now(room, planned):
    room = room._replace(seated=frozenset(room.seated))
    assert plan(room, NOON, automatic=True) == planned
    assert plan(room, NOON, automatic=False) == Plan(planned.expired, [])


def test_whom_to_call():
    room = Room(2, waiting=(waits(PILVI, 2), waits(LUMI, 1, reachable=False), waits(AARNE, 0, reachable=False)))
    assert to_be_called(room, NOON) == [LUMI]
    assert to_be_called(room._replace(capacity=0), NOON) == []


WITH_QUEUE = Room(2, frozenset({OTSO}), (), (waits(PILVI, 2), waits(LUMI, 1)))


@pytest.mark.parametrize(
    ("room", "who", "instead_of", "sits"),
    [
        (Room(None), OTSO, (), True),
        (Room(1), OTSO, (), True),
        (Room(1, frozenset({PILVI})), OTSO, (), False),
        (Room(1, frozenset({OTSO})), OTSO, (), True),
        (Room(1, frozenset({PILVI})), OTSO, (PILVI,), True),
        (Room(1, kept=(kept(PILVI, 1),)), OTSO, (PILVI,), True),
        (Room(1, kept=(kept(PILVI, 1),)), OTSO, (), False),
        (Room(1, kept=(kept(OTSO, 1),)), OTSO, (), True),
        (Room(1, frozenset({PILVI}), (kept(OTSO, 0),)), OTSO, (), False),
        (WITH_QUEUE, AARNE, (), False),
        (WITH_QUEUE, PILVI, (), True),
        (WITH_QUEUE, LUMI, (), False),
        (WITH_QUEUE._replace(capacity=4), AARNE, (), True),
        (Room(2, frozenset({OTSO}), (), (waits(PILVI, 2, let_go_at=NOON - HOUR),)), AARNE, (), True),
        (Room(2, frozenset({OTSO}), (), (waits(PILVI, 2, let_go_at=NOON - HOUR),)), PILVI, (), True),
    ],
)
def test_who_gets_a_seat_at_once(room, who, instead_of, sits):
    assert may_sit(room, who, NOON, instead_of) is sits


STARTS, DEADLINE = NOON + 10 * DAY, NOON + 5 * DAY


@pytest.mark.parametrize(
    ("now", "hours", "deadline", "until"),
    [
        (NOON, 24, None, NOON + DAY),
        (NOON, 24, DEADLINE, NOON + DAY),
        (DEADLINE - 10 * HOUR, 24, DEADLINE, DEADLINE),
        (DEADLINE - HOUR, 24, DEADLINE, DEADLINE + 3 * HOUR),
        (DEADLINE - HOUR, 2, DEADLINE, DEADLINE + HOUR),
        (DEADLINE, 24, DEADLINE, DEADLINE + DAY),
        (STARTS - HOUR, 24, DEADLINE, STARTS),
        (STARTS - HOUR, 24, STARTS, STARTS),
    ],
)
def test_until_when_an_offer_holds(now, hours, deadline, until):
    assert answer_until(now, hours, STARTS, deadline) == until


@pytest.mark.parametrize(
    ("now", "deadline", "until"),
    [(NOON, None, STARTS), (NOON, DEADLINE, DEADLINE), (DEADLINE, DEADLINE, STARTS), (NOON, STARTS + DAY, STARTS)],
)
def test_until_when_a_place_is_kept_for_a_substitute(now, deadline, until):
    assert kept_until(now, STARTS, deadline) == until


def at(hours: int) -> datetime:
    return NOON + hours * HOUR


@pytest.mark.parametrize(
    ("answers", "let_go_at", "since"),
    [
        (["waiting"], None, (at(0), False)),
        (["declined", "waiting"], None, (at(1), False)),
        (["waiting", "waiting"], None, (at(0), False)),
        (["waiting", "asked", "waiting"], None, (at(0), False)),
        (["waiting", "declined", "waiting"], None, (at(2), False)),
        (["waiting"], at(1), (at(0), True)),
        (["waiting", "waiting"], at(0) + HOUR / 2, (at(1), False)),
        (["waiting", "waiting"], at(2), (at(0), True)),
        (["waiting", "declined", "waiting"], at(1), (at(2), False)),
    ],
)
def test_since_when_one_waits(answers, let_go_at, since):
    assert waiting_since([(choice, at(hours)) for hours, choice in enumerate(answers)], let_go_at) == since


def test_who_does_not_wait_waits_since_never():
    with pytest.raises(ValueError, match="does not wait"):
        waiting_since([("waiting", NOON), ("accepted", NOON)], None)


class Story:
    """An event as it may go: people say yes and no, offers are left to end, the room grows and shrinks."""

    def __init__(self, capacity: int):
        self.room, self.now, self.offers = Room(capacity), NOON, []
        self.before: Room = self.room

    def settle(self) -> None:
        done = plan(self.room, self.now, automatic=True)
        order = [one.id for one in queue(lapsed(self.room, self.now).waiting) if one.let_go_at is None]
        self.room = lapsed(self.room, self.now)
        held = {one.id for one in self.room.kept}
        first = [one for one in order if one not in held][: len(done.offered)]
        assert done.offered == first, "in their order, and nobody twice"
        kept = tuple(Kept(one, answer_until(self.now, 24, STARTS, None)) for one in done.offered)
        self.room = self.room._replace(kept=(*self.room.kept, *kept))

    def coming(self, who: int) -> None:
        sits = may_sit(self.room, who, self.now)
        waiting = tuple(one for one in self.room.waiting if one.id != who)
        kept = tuple(one for one in self.room.kept if one.id != who)
        if sits:
            self.room = Room(self.room.capacity, self.room.seated | {who}, kept, waiting)
        elif len(waiting) == len(self.room.waiting):
            self.room = self.room._replace(waiting=(*waiting, Waiter(who, self.now)))

    def declined(self, who: int) -> None:
        self.room = Room(
            self.room.capacity, self.room.seated - {who}, tuple(one for one in self.room.kept if one.id != who),
            tuple(one for one in self.room.waiting if one.id != who),
        )  # fmt: skip


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["coming", "declined"]), st.integers(1, 6)),
        st.tuples(st.just("later"), st.integers(1, 30)),
        st.tuples(st.just("more"), st.integers(1, 2)),
    ),
    max_size=40,
)


@pytest.mark.long
@given(capacity=st.integers(1, 4), steps=STEPS)
def test_there_are_never_more_than_the_seats_and_everybody_has_one_offer_at_most(capacity, steps):
    story = Story(capacity)
    for what, n in steps:
        if what == "later":
            story.now += n * HOUR
        elif what == "more":
            story.room = story.room._replace(capacity=story.room.capacity + n)
        else:
            getattr(story, what)(n)
        story.settle()
        room, kept = story.room, [one.id for one in story.room.kept]
        assert room.taken <= room.capacity
        assert len(kept) == len(set(kept)) and not set(kept) & room.seated
        eligible = [one for one in room.waiting if one.let_go_at is None and one.id not in kept]
        assert not eligible or room.full, "no seat stays empty while somebody waits for it"
