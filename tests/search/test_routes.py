"""Helmi searches from any page."""

from __future__ import annotations

import re

from tests import cast


def found(page: str) -> list[str]:
    """Headings and what is linked below them, in order."""
    block = page.partition('id="found"')[2].partition("</main>")[0]
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
