"""Whom terms reach: rules as tables, and what must hold for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.distribution.recipients import Convened, Sources, Term, loop
from app.distribution.ways import resolve

BOARD, NETWORK = 1, 2
AARNE, SAIMA, OTSO, PILVI, LAHJA = 11, 12, 13, 14, 15

SOURCES = Sources(
    members={
        BOARD: [(AARNE, "chair"), (OTSO, "member"), (LAHJA, "deputy"), (SAIMA, "secretary")],
        NETWORK: [(PILVI, "leader")],
    },
    organisations={5: [PILVI, OTSO]},
    lists={7: [Term("group", BOARD, "chair"), Term("list", 8)], 8: [Term("person", PILVI), Term("list", 7)]},
    events={None: Convened([OTSO, PILVI, SAIMA], [PILVI, OTSO], [SAIMA], []), 9: Convened(invited=[LAHJA])},
)


@pytest.mark.parametrize(
    ("term", "people"),
    [
        (Term("person", OTSO), [OTSO]),
        (Term("group", BOARD), [AARNE, OTSO, LAHJA, SAIMA]),
        (Term("group", BOARD, "members"), [AARNE, OTSO]),
        (Term("group", BOARD, "chair"), [AARNE]),
        (Term("group", BOARD, "secretaries"), [SAIMA]),
        (Term("group", NETWORK, "leaders"), [PILVI]),
        (Term("group", NETWORK), []),
        (Term("organisation", 5), [PILVI, OTSO]),
        (Term("list", 7), [AARNE, PILVI]),
        (Term("invited"), [OTSO, PILVI, SAIMA]),
        (Term("attended"), [PILVI, OTSO]),
        (Term("declined"), [SAIMA]),
        (Term("unanswered"), []),
        (Term("invited", event_id=9), [LAHJA]),
        (Term("text", text="Kirjaamo"), []),
        (Term("invited", excepts=(Term("person", PILVI),)), [OTSO, SAIMA]),
        (Term("invited", excepts=(Term("attended", excepts=(Term("person", OTSO),)),)), [OTSO, SAIMA]),
    ],
)
def test_a_term_reaches(term, people):
    assert [one.person_id for one in resolve([term], SOURCES)] == people


def test_somebody_reached_twice_is_reached_once_by_the_first_way():
    attended, invited = Term("attended"), Term("invited")
    found = resolve([attended, invited], SOURCES)
    assert [(one.person_id, one.ways[0]) for one in found] == [
        (PILVI, (attended,)),
        (OTSO, (attended,)),
        (SAIMA, (invited,)),
    ]


@pytest.mark.parametrize(
    ("terms", "path"),
    [
        ([Term("list", 1)], [1, 1]),
        ([Term("invited", excepts=(Term("list", 1),))], [1, 1]),
        ([Term("person", OTSO)], None),
    ],
)
def test_a_list_inside_itself_is_found_with_its_path(terms, path):
    assert loop(1, terms, SOURCES.lists) == path


def test_the_path_of_a_longer_loop_names_every_list():
    assert loop(7, [Term("list", 8)], SOURCES.lists) == [7, 8, 7]


leaf = st.one_of(
    st.builds(Term, st.just("person"), st.integers(11, 15)),
    st.builds(Term, st.just("group"), st.sampled_from([BOARD, NETWORK]), st.sampled_from([None, "members", "leaders"])),
    st.builds(Term, st.just("list"), st.sampled_from([7, 8])),
    st.builds(Term, st.sampled_from(["invited", "attended", "declined"])),
)
terms = st.lists(
    st.builds(
        lambda term, excepts: Term(**{**vars(term), "excepts": tuple(excepts)}), leaf, st.lists(leaf, max_size=2)
    ),
    max_size=5,
)


@settings(deadline=None)
@given(terms)
def test_everybody_once_in_whatever_order_and_never_the_excepted(items):
    found = [one.person_id for one in resolve(items, SOURCES)]
    assert len(found) == len(set(found))
    assert set(found) == {one.person_id for one in resolve(reversed(items), SOURCES)}
    for item in items:
        kept = {one.person_id for one in resolve([item], SOURCES)}
        assert not kept & {one.person_id for one in resolve(item.excepts, SOURCES)}
