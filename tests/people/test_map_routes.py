"""Helmi looks at the whole: the groups as one picture and as a table."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.people.models import Theme
from tests import cast
from tests.people.test_group_routes import words


@pytest.fixture
def house(session):
    """A council under the ministry with a section, a network of nobody's, one leader of two of them."""
    pilvi, aarne = cast.person(session, "Pilvi Pouta"), cast.person(session, "Aarne Äijälä")
    council = cast.group(session, "Neuvosto", chair=[aarne], member=[pilvi])
    section, network = cast.group(session, "Jaosto", leaders=[pilvi]), cast.group(session, "Verkosto", leaders=[pilvi])
    council.parent_id, section.part_of_id = cast.organisation(session).id, council.id
    council.term_starts, council.term_ends = date(2025, 1, 1), date(2026, 12, 31)
    network.term_ends = date(2026, 8, 1)
    for group, themes in ((council, ("digi", "kieli")), (network, ("kieli",))):
        session.add_all(Theme(group_id=group.id, name=name, position=place) for place, name in enumerate(themes))
    session.commit()
    return {"council": council, "section": section, "network": network, "pilvi": pilvi, "aarne": aarne}


def picture(page: str) -> str:
    return words(page[page.index("<figure") : page.index("</figure>")])


def headings(page: str) -> list[str]:
    return [words(it) for it in re.findall(r"<h3>(.*?)</h3>", page)]


def drawn(page: str) -> list[str]:
    return re.findall(r'class="map-name"[^>]*>([^<]+)<', page)


@pytest.mark.parametrize(
    ("asked", "under", "groups"),
    [
        ("", ["rakenneministeriö", "Under no organisation"], ["Neuvosto", "Jaosto", "Verkosto"]),
        ("?by=nonsense&leads=x", ["rakenneministeriö", "Under no organisation"], ["Neuvosto", "Jaosto", "Verkosto"]),
        ("?by=theme", ["digi", "kieli", "Without a theme"], ["Neuvosto", "Neuvosto", "Verkosto", "Jaosto"]),
        ("?by=theme&theme=KIELI", ["kieli"], ["Neuvosto", "Verkosto"]),
        ("?by=term", [], ["Verkosto", "Neuvosto", "Jaosto"]),
        ("?by=leader", ["Pilvi Pouta", "Aarne Äijälä"], ["Jaosto", "Verkosto", "Neuvosto"]),
        ("?theme=digi", ["rakenneministeriö"], ["Neuvosto"]),
        ("?theme=unknown", ["rakenneministeriö", "Under no organisation"], ["Neuvosto", "Jaosto", "Verkosto"]),
    ],
)
def test_the_groups_are_drawn_by_parent_theme_and_term(desk, house, asked, under, groups):
    page = desk.get(f"/groups/map{asked}").text
    assert (headings(page), drawn(page)) == (under, groups)


def test_every_group_says_who_leads_it_and_where_its_term_stands(desk, house):
    page = desk.get("/groups/map").text
    assert "Neuvosto 2 people · digi , kieli chair Aarne Äijälä 1 January 2025–31 December 2026 ends in 3 months" in (
        picture(page).replace("\xa0", " ")
    )
    assert "Verkosto kieli leader Pilvi Pouta leads 2 groups until 1 August 2026 ended" in (
        picture(page).replace("\xa0", " ")
    )
    table = words(page[page.index('id="leaders"') :])
    assert "Pilvi Pouta 2 Jaosto leader Verkosto leader Aarne Äijälä 1 Neuvosto chair" in table
    assert "Jaosto part of Neuvosto until further notice Pilvi Pouta 0" in table


def test_what_one_person_leads_is_marked(desk, house):
    page = desk.get(f"/groups/map?leads={house['pilvi'].id}").text
    assert "Pilvi Pouta leads 2 groups; they are marked." in words(page)
    assert (page.count("map-row is-led"), page.count("map-row is-aside")) == (2, 1)


def test_before_there_are_groups_the_map_says_what_it_will_be(desk, session):
    page = desk.get("/groups/map").text
    assert "Nothing to draw yet" in page and 'href="/groups/new"' in page and "<figure" not in page


def test_a_name_cannot_come_alive_in_the_picture(desk, session):
    group = cast.group(session, "<script>alert(1)</script>")
    session.add(Theme(group_id=group.id, name='"><img src=x>', position=0))
    session.commit()
    for by in ("parent", "theme", "term"):
        page = desk.get(f"/groups/map?by={by}").text
        assert "<script>alert" not in page and "<img" not in page
