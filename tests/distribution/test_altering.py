"""Terms changed, terms as codes, people as addresses, and what has changed since: rules as tables."""

from __future__ import annotations

import pytest

from app.distribution.addresses import address_line
from app.distribution.altering import added, at_place, leaving_out, less, moved, without
from app.distribution.codes import code_of, term_from
from app.distribution.difference import Difference, Then, difference
from app.distribution.recipients import Sources, Term

AARNE, OTSO = Term("person", 1), Term("person", 2)
BOARD, INVITED, REGISTRY = Term("group", 7), Term("invited"), Term("text", text="Kirjaamo; arkisto")
HELD = (BOARD, INVITED, REGISTRY)
SOURCES = Sources(members={7: [(1, "chair"), (2, "member")]})


@pytest.mark.parametrize(
    ("changed", "terms"),
    [
        (added(HELD, AARNE), (*HELD, AARNE)),
        (added(HELD, INVITED), HELD),
        (less(HELD, BOARD, OTSO), (Term("group", 7, excepts=(OTSO,)), INVITED, REGISTRY)),
        (less((Term("group", 7, excepts=(OTSO,)),), BOARD, OTSO), (Term("group", 7, excepts=(OTSO,)),)),
        (without(HELD, INVITED), (BOARD, REGISTRY)),
        (without((Term("group", 7, excepts=(OTSO, AARNE)),), Term("group", 7, excepts=(OTSO, AARNE)), OTSO),
         (Term("group", 7, excepts=(AARNE,)),)),
        (moved(HELD, REGISTRY, by=-1), (BOARD, REGISTRY, INVITED)),
        (moved(HELD, BOARD, by=1), (INVITED, BOARD, REGISTRY)),
        (moved(HELD, BOARD, by=-1), HELD),
        (moved(HELD, REGISTRY, by=1), HELD),
        (at_place((BOARD, REGISTRY), INVITED, 1), HELD),
        (leaving_out((OTSO, BOARD, INVITED), OTSO, SOURCES), (Term("group", 7, excepts=(OTSO,)), INVITED)),
    ],
)  # fmt: skip
def test_terms_become(changed, terms):
    assert changed == terms


@pytest.mark.parametrize("term", [*HELD, AARNE, Term("attended", event_id=4), Term("list", 3, excepts=(BOARD, OTSO))])
def test_a_term_comes_back_from_its_code(term):
    assert term_from(code_of(term)) == term


@pytest.mark.parametrize(
    "code",
    [
        "", "1", "[]", "{}", '["person","1",null,null,null,[]]', '["person",true,null,null,null,[]]', "[" * 5000,
        '["person",0,null,null,null,[]]', '["person",-1,null,null,null,[]]', '["person",1000000000,null,null,null,[]]',
        '["invited",null,null,36893488147419103232,null,[]]', r'["text",null,null,null,"\u0000",[]]',
        r'["text",null,null,null,"\ud800",[]]', f'["text",null,null,null,"{"x" * 10_001}",[]]',
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError):
        term_from(code)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Aarne Aho", "Aarne Aho <a@rm.example>"),
        ("Åsa Öberg", "Åsa Öberg <a@rm.example>"),
        ("Aho, Aarne", '"Aho, Aarne" <a@rm.example>'),
        ('Aarne "Ate" Aho', '"Aarne \\"Ate\\" Aho" <a@rm.example>'),
        ("Aarne Aho (RM)", '"Aarne Aho (RM)" <a@rm.example>'),
        ("", "a@rm.example"),
    ],
)
def test_a_name_is_written_as_mail_programs_read_it(name, line):
    assert address_line(name, "a@rm.example") == line


def test_the_difference_names_who_came_who_went_and_whose_address_changed():
    then = [
        Then(1, "Aarne Aho", "aarne@rm.example", "Siltaneuvosto"),
        Then(2, "Otso Orava", "otso@rm.example", "Siltaneuvosto"),
        Then(None, "Poistettu Puro", None, "Kutsutut"),
    ]
    now = [(2, "otso.orava@tkv.example"), (3, None)]
    assert difference(then, now) == Difference(
        joined=[3], left=[then[0], then[2]],
        readdressed=[("Otso Orava", "otso@rm.example", "otso.orava@tkv.example")],
    )  # fmt: skip
    assert not difference(then[1:2], [(2, "otso@rm.example")])
