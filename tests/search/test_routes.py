"""Helmi searches from any page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert

from app.people.models import DistributionList, Person, RecipientField, Theme
from tests import cast
from tests.conftest import counting


def found(page: str) -> list[str]:
    """Headings and what is linked below them, in order."""
    block = page.partition('id="found"')[2].partition("</main>")[0]
    block = re.sub(r'<p class="downloads">.*?</p>', "", block, flags=re.DOTALL)
    return [
        re.sub(r"</?b>", "", first or link)
        for first, link in re.findall(r"<h2[^>]*>(.*?)</h2>|<a [^>]*>(.*?)</a>", block)
    ]


def test_people_groups_organisations_and_events_are_found_by_any_part(signed_in, session):
    signed_in.headers["Accept-Language"] = "en"
    otso = cast.person(session, "Otso Väyläniemi", of=cast.organisation(session, "Väylävirasto", "VV"))
    cast.person(session, "Kaino Kukaan")
    board = cast.group(session, "Väylät ja verkot", leaders=[otso])
    cast.event(session, board, title="Syysseminaari")
    cast.event(session, cast.group(session, "Toinen"), title="Väylien päivä")
    session.commit()
    assert found(signed_in.get("/search?q=VAYL").text) == [
        "People", "Väyläniemi Otso", "Groups", "Väylät ja verkot", "Organisations", "Väylävirasto",
        "Events", "Väylien päivä", "Syysseminaari",
    ]  # fmt: skip
    assert found(signed_in.get("/search?q=otso vv", headers={"HX-Request": "true"}).text) == [
        "People",
        "Väyläniemi Otso",
    ]


def test_nothing_is_found_for_nothing(signed_in, session):
    signed_in.headers["Accept-Language"] = "en"
    cast.person(session, "Otso Orava")
    session.commit()
    assert found(signed_in.get("/search?q=++").text) == found(signed_in.get("/search").text) == []
    assert "Nothing is found by “kaino”" in signed_in.get("/search?q=kaino").text


def test_many_people_are_cut_with_a_way_to_all(signed_in, session):
    signed_in.headers["Accept-Language"] = "en"
    for number in range(17):
        cast.person(session, f"Otso Orava{number:02}")
    session.commit()
    page = signed_in.get("/search?q=orava").text
    assert (len(found(page)), found(page)[-1]) == (17, "All 17 people")
    assert 'href="/people?q=orava"' in page


def at_once(desk, query: str) -> list[str]:
    """What stands under the header's field: kinds, and what is linked."""
    page = desk.get("/search/at-once", params={"q": query}).text
    parts = re.findall(r'class="offered-kind"[^>]*>(.*?)</p>|<a [^>]*>(.*?)</a>', page)
    return [" ".join(re.sub(r"<[^>]+>", "", kind or link).split()) for kind, link in parts]


def test_the_few_best_of_each_kind_stand_under_the_field_as_one_types(signed_in, session):
    signed_in.headers["Accept-Language"] = "en"
    rm = cast.organisation(session, "Siltaministeriö", "SM")
    for name in ("Otso Siltala", "Silta Aho", "Pilvi Siltanen", "Kaino Kiviniemi"):
        cast.person(session, name, of=rm)
    board = cast.group(session, "Siltaneuvosto")
    session.add(Theme(group_id=board.id, name="Tiet", position=0))
    cast.event(session, board, title="Siltapäivä")
    session.add(DistributionList(name="Sillat ja tiet", field_id=_field(session)))
    session.commit()
    assert at_once(signed_in, "SILTA") == [
        "People", "Siltala Otso SM, otso.siltala@rm.example", "Siltanen Pilvi SM, pilvi.siltanen@rm.example",
        "Aho Silta SM, silta.aho@rm.example", "Kiviniemi Kaino SM, kaino.kiviniemi@rm.example",
        "Groups", "Siltaneuvosto", "Organisations", "Siltaministeriö SM", "Events", "Siltapäivä 10 September 2026",
        "Show all 7 results",
    ]  # fmt: skip
    session.add(DistributionList(name="Äänitiet", field_id=_field(session)))
    session.add(DistributionList(name="Tiet ja äänet", field_id=_field(session)))
    session.commit()
    assert at_once(signed_in, "tiet") == [
        "Groups", "Siltaneuvosto", "Lists", "Tiet ja äänet", "Sillat ja tiet", "Äänitiet", "Show all 4 results",
    ]  # fmt: skip
    assert at_once(signed_in, "aani") == ["Lists", "Äänitiet", "Show 1 result"]
    assert at_once(signed_in, "aane") == ["Lists", "Tiet ja äänet", "Show 1 result"]
    assert at_once(signed_in, "  ") == []
    assert "Nothing is found by “%_”" in signed_in.get("/search/at-once?q=%25_").text


def test_beyond_a_thousand_nobody_counts(signed_in, session):
    signed_in.headers["Accept-Language"] = "en"
    many = [{"family_name": f"Orava{n}", "found_by": f"orava{n}", "order_key": f"{n}"} for n in range(1001)]
    session.execute(insert(Person), many)
    session.commit()
    assert at_once(signed_in, "orava")[-1] == "All of more than 1,000 results"
    assert 'data-said="More than 1,000 results"' in signed_in.get("/search/at-once?q=orava").text
    assert "All of more than 1,000 people" in signed_in.get("/search?q=orava").text
    assert "1,000" not in signed_in.get("/search/at-once?q=orava1000").text


@pytest.mark.parametrize("path", ["/search/at-once?q=ora", "/search?q=ora"])
def test_a_search_asks_as_often_for_three_of_each_kind_as_for_one(signed_in, session, connection, path):
    counts = []
    for number in range(3):
        cast.person(session, f"Otso Orava{number}", of=cast.organisation(session, f"Oravavirasto {number}"))
        cast.event(session, cast.group(session, f"Oravaneuvosto {number}"), title="Oravat")
        session.add(DistributionList(name=f"Oravat {number}", field_id=_field(session)))
        session.commit()
        with counting(connection) as statements:
            signed_in.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[2]


def _field(session) -> int:
    field = RecipientField()
    session.add(field)
    session.flush()
    return field.id
