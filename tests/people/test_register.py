"""The register as the database reads it, on both databases alike."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import insert

from app.people.collation import order_key, person_key
from app.people.found import found_by
from app.people.models import Person
from app.people.paging import PAGE
from app.people.register import best_people, people_counted, people_found, people_page
from tests import cast


@pytest.fixture
def register(session):
    rm = cast.organisation(session, "Rakenneministeriö", "RM", name_sv="strukturministeriet")
    vay = cast.organisation(session, "Väylävirasto", "VV")
    cast.person(session, "Aino Äijälä", "aino.aijala@rm.example", of=rm, title="neuvotteleva virkamies")
    cast.person(session, "Ørjan Åberg", "o.aberg+koolle@vv.example", of=vay, unit="väylät 100 %")
    cast.person(session, "Niillas Đavvá-Šuoŋŋá", "niillas_d@vv.example", of=vay)
    cast.person(session, "André Strauß", "", title="conseiller")
    session.add(Person(given_name="Anna-Maija", family_name="von Essen", email="anna/maija@x.example"))
    cast.person(session, "Seán O’Neill", "sean@x.example")
    return session


def families(rows) -> list[str]:
    return [row.family_name for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("aijala", ["Äijälä"]),
        ("ÄIJÄL", ["Äijälä"]),
        ("a\N{COMBINING DIAERESIS}ijal", ["Äijälä"]),
        ("Åijälå", ["Äijälä"]),
        ("aino äij", ["Äijälä"]),
        ("äij aino", ["Äijälä"]),
        ("äij orjan", []),
        ("orjan aberg", ["Åberg"]),
        ("davva-suonna", ["Đavvá-Šuoŋŋá"]),
        ("ĐAVVÁ", ["Đavvá-Šuoŋŋá"]),
        ("strauss", ["Strauß"]),
        ("STRAUß", ["Strauß"]),
        ("andre", ["Strauß"]),
        ("anna\N{NON-BREAKING HYPHEN}maija", ["von Essen"]),
        ("o'neill", ["O’Neill"]),
        ("essen von", ["von Essen"]),
        ("aijala@rm.example", ["Äijälä"]),
        ("+koolle", ["Åberg"]),
        ("100 %", ["Åberg"]),
        ("%", ["Åberg"]),
        ("_", ["Đavvá-Šuoŋŋá"]),
        ("s_d", ["Đavvá-Šuoŋŋá"]),
        ("a/m", ["von Essen"]),
        ("\\", []),
        ("RM virkamies", ["Äijälä"]),
        ("strukturm", ["Äijälä"]),
        ("vayla", ["Đavvá-Šuoŋŋá", "Åberg"]),
        ("aino aino", ["Äijälä"]),
        ("x" * 5000, []),
        ("a " * 3000, ["Đavvá-Šuoŋŋá", "von Essen", "O’Neill", "Strauß", "Åberg", "Äijälä"]),
    ],
)
def test_whom_a_query_finds_in_the_order_of_the_register(register, query, found):
    assert families(people_found(register, query)) == found
    assert families(people_page(register, query, "1").rows) == found
    assert people_counted(register, query) == len(found)
    assert sorted(families(best_people(register, query, 10))) == sorted(found)


def test_no_word_means_everybody_in_the_register_and_nobody_who_is_the_best(register):
    assert len(people_found(register, " \N{COMBINING ACUTE ACCENT} ")) == 6
    assert best_people(register, "  ", 10) == []


def test_the_best_match_stands_first(session):
    virasto = cast.organisation(session, "Virtavirasto", "VV")
    for name, more in (
        ("Aapo Aalto", {"of": virasto}), ("Veli-Virta Aho", {}), ("Aino Virtanen", {}), ("Virta Kari", {}),
        ("Bo Kosk-Virta", {}), ("Eva Kvirtas", {}), ("Åke Virta", {}), ("Aino Virtä", {}),
    ):  # fmt: skip
        cast.person(session, name, **more)
    names = [f"{row.given_name} {row.family_name}" for row in best_people(session, "virta", 7)]
    assert names == [
        "Åke Virta", "Aino Virtanen", "Aino Virtä", "Virta Kari", "Veli-Virta Aho", "Bo Kosk-Virta", "Aapo Aalto",
    ]  # fmt: skip
    both = [f"{row.given_name} {row.family_name}" for row in best_people(session, "aino virta", 7)]
    assert both == ["Aino Virtanen", "Aino Virtä"]


def test_a_long_register_is_read_in_pages_from_either_end(session):
    chance = Random(7)
    letters = ["a", "å", "ä", "ö", "o", "z", "w", "v", "ü", "y", "é", "E", "von "]
    names = [("".join(chance.choices(letters, k=4)).strip(), chance.choice(letters).strip()) for _number in range(160)]
    rows = [{"family_name": family, "given_name": given} for family, given in names]
    for row in rows:
        row |= {"order_key": order_key(*row.values()), "found_by": found_by(row, Person.FOUND_BY)}
    session.execute(insert(Person), rows)
    register = sorted(names, key=lambda name: person_key(*name))
    for query, expected in (("", register), ("é", [name for name in register if set("".join(name)) & set("eéE")])):
        pages = [people_page(session, query, str(number)) for number in range(1, -(-len(expected) // PAGE) + 1)]
        read = [(row.family_name, row.given_name) for page in pages for row in page.rows]
        assert [person_key(*name) for name in read] == [person_key(*name) for name in expected]
        assert people_page(session, query, "99999999").rows == pages[-1].rows
        assert {page.total for page in pages} == {len(expected)}


def test_counting_stops_where_it_is_told(register):
    assert (people_counted(register, "a", most=4), people_counted(register, "aijala", most=4)) == (4, 1)


def test_those_who_are_there_already_are_left_out(register):
    (aino,) = people_found(register, "aino")
    assert best_people(register, "aino", 5, besides={aino.id}) == []
