"""Whom terms reach: rules as tables, and what must hold for all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.distribution.altering import leaving_out
from app.distribution.recipients import Convened, Sources, Term, loop
from app.distribution.ways import StillReached, people_in, resolve, still_reached, strength

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


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        (Term("attended"), Term("person", OTSO)),
        (Term("invited"), Term("attended")),
        (Term("group", BOARD, "members"), Term("invited")),
        (Term("group", BOARD), Term("group", BOARD, "members")),
        (Term("organisation", 5), Term("group", BOARD)),
        (Term("list", 8), Term("person", PILVI)),
    ],
)
def test_the_stronger_way_counts_wherever_it_is_printed(weaker, stronger):
    person_id = PILVI if stronger.id == PILVI else OTSO
    for terms in ([weaker, stronger], [stronger, weaker]):
        [ways] = [one.ways for one in resolve(terms, SOURCES) if one.person_id == person_id]
        assert ways[0] == (stronger,)
        assert ways[1][0] == weaker


def test_a_list_is_as_strong_as_what_stands_inside_it_and_equals_count_as_printed():
    through_list, board = Term("list", 7), Term("group", BOARD)
    [aarne] = [one for one in resolve([board, through_list], SOURCES) if one.person_id == AARNE]
    assert aarne.ways == ((through_list, Term("group", BOARD, "chair")), (board,))
    invited, elsewhere = Term("invited"), Term("invited", event_id=8)
    sources = Sources(events={None: Convened([OTSO]), 8: Convened([OTSO])})
    assert [one.ways[0] for one in resolve([invited, elsewhere], sources)] == [(invited,)]
    assert [one.ways[0] for one in resolve([elsewhere, invited], sources)] == [(elsewhere,)]


def test_a_way_names_every_list_on_its_path():
    path = (Term("list", 7), Term("list", 8), Term("person", PILVI))
    assert [one.ways for one in resolve([Term("list", 7)], SOURCES) if one.person_id == PILVI] == [(path,)]


def test_an_exception_holds_within_its_item_and_who_is_reached_elsewhere_is_told():
    but = Term("person", OTSO)
    terms = [Term("invited", excepts=(but,)), Term("group", BOARD, "members"), Term("list", 7, excepts=(but,))]
    found = resolve(terms, SOURCES)
    [otso] = [one for one in found if one.person_id == OTSO]
    assert otso.ways == ((Term("group", BOARD, "members"),),)
    assert still_reached(terms, SOURCES, found) == [StillReached(0, 0, [otso]), StillReached(2, 0, [otso])]


def test_an_exception_on_a_list_holds_for_all_that_the_list_leads_to():
    assert people_in(Term("list", 7, excepts=(Term("person", PILVI),)), SOURCES) == {AARNE}


def test_two_lists_in_a_circle_are_reached_alike_in_whatever_order():
    one, other = Term("list", 1), Term("list", 2)
    sources = Sources(lists={1: [other, Term("person", OTSO)], 2: [one, Term("person", PILVI)]})
    ways = {OTSO: {(one, Term("person", OTSO)), (other, one, Term("person", OTSO))}}
    ways[PILVI] = {(other, Term("person", PILVI)), (one, other, Term("person", PILVI))}
    for terms in ([one, other], [other, one]):
        assert {it.person_id: set(it.ways) for it in resolve(terms, sources)} == ways


def test_many_lists_in_lists_are_resolved_each_once():
    twice = {
        place: [Term("list", place + 1), Term("list", place + 1, excepts=(Term("text", text="x"),))]
        for place in range(40)
    }
    sources = Sources(lists=twice | {40: [Term("person", OTSO)]})
    [otso] = resolve([Term("list", 0)], sources)
    assert (otso.person_id, len(otso.ways), len(otso.ways[0])) == (OTSO, 1, 42)


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


def leaves(lists):
    return st.one_of(
        st.builds(Term, st.just("person"), st.integers(11, 15)),
        st.builds(
            Term, st.just("group"), st.sampled_from([BOARD, NETWORK]), st.sampled_from([None, "members", "leaders"])
        ),
        st.builds(Term, st.just("organisation"), st.just(5)),
        st.builds(Term, st.sampled_from(["invited", "attended", "declined"])),
        *([st.builds(Term, st.just("list"), st.sampled_from(lists))] if lists else []),
    )


def items(lists=(), most=4):
    """Terms with exceptions; lists are the ids of those that they may name."""
    excepted = st.builds(
        lambda term, excepts: replace(term, excepts=tuple(excepts)), leaves(lists), st.lists(leaves(lists), max_size=2)
    )
    return st.lists(excepted, max_size=most)


# list 1 may hold 2 and 3, list 2 may hold 3; and lists of which each may hold each
nested = st.fixed_dictionaries({1: items([2, 3]), 2: items([3]), 3: items()})
circular = st.fixed_dictionaries({1: items([1, 2, 3]), 2: items([1, 2, 3]), 3: items([1, 2, 3])})
tried = settings(deadline=None, max_examples=50)


def reached(terms, lists):
    return resolve(terms, replace(SOURCES, lists=lists))


@tried
@given(items([1, 2, 3]), circular, st.randoms(use_true_random=False))
def test_everybody_once_by_the_same_ways_in_whatever_order_and_never_the_excepted(terms, lists, random):
    sources = replace(SOURCES, lists=lists)
    found = resolve(terms, sources)
    again = {one.person_id: one for one in resolve(random.sample(terms, len(terms)), sources)}
    assert len(found) == len({one.person_id for one in found}) == len(again)
    for one in found:
        assert set(one.ways) == set(again[one.person_id].ways)
        assert strength(one.ways[0]) == strength(again[one.person_id].ways[0]) == min(map(strength, one.ways))
        for way in one.ways:
            assert not any(one.person_id in people_in(but, sources) for but in way[0].excepts)
            through = [term.id for term in way if term.kind == "list"]
            assert len(through) == len(set(through))
            assert way[-1].kind != "list"


@pytest.mark.long
@tried
@given(items([1, 2, 3]), nested)
def test_words_reach_nobody_and_change_nobody(terms, lists):
    registry = Term("text", text="Kirjaamo")
    with_words = [replace(term, excepts=(*term.excepts, registry)) for term in terms]
    ids = [one.person_id for one in reached(terms, lists)]
    assert [one.person_id for one in reached([registry, *with_words, registry], lists)] == ids


@tried
@given(nested)
def test_a_list_reaches_whom_its_items_reach_and_as_strongly(lists):
    through = {one.person_id: strength(one.ways[0])[0] for one in reached([Term("list", 1)], lists)}
    written_out = {one.person_id: strength(one.ways[0])[0] for one in reached(lists[1], lists)}
    assert through == written_out


@tried
@given(items([1, 2, 3]), nested, leaves([3]))
def test_who_is_left_out_is_reached_no_more_and_everybody_else_is(terms, lists, but):
    sources = replace(SOURCES, lists=lists)
    before = {one.person_id for one in resolve(terms, sources)}
    after = {one.person_id for one in resolve(leaving_out(tuple(terms), but, sources), sources)}
    assert after == before - people_in(but, sources)
