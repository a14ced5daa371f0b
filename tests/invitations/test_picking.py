"""Helmi picks the leaders of three networks: Otso leads one, Pilvi two; Aarne chairs the board that convenes."""

from __future__ import annotations

import pytest

from app.distribution.fields import new_field
from app.distribution.recipients import Term
from app.events.queries import event_by_id
from app.invitations.candidates import candidates, term_of
from app.invitations.facts import represented_words
from app.invitations.picking import Picked, change_place, move, pick, remove
from app.invitees.queries import invitees_of
from app.language import speaking
from app.people.models import DistributionList
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def scene(session):
    otso, pilvi, aarne = (cast.person(session, name) for name in ("Otso Oksa", "Pilvi Pouta", "Aarne Aho"))
    saima = cast.person(session, "Saima Salo")
    net = cast.group(session, "Rakenneverkosto", leaders=[otso], secretary=[saima])
    forum = cast.group(session, "Sillanpitäjät", leaders=[pilvi])
    team = cast.group(session, "Vesitiimi", leaders=[pilvi])
    board = cast.group(session, "Rakenneneuvosto", chair=[aarne], member=[otso])
    terms = [Term("group", group.id, who="leaders") for group in (net, forum, team)]
    leaders = DistributionList(name="Verkostojen vetäjät", field_id=new_field(session, terms).id)
    session.add(leaders)
    event = event_by_id(session, cast.event(session, board).id)
    return {"event": event, "net": net, "forum": forum, "team": team, "board": board, "list": leaders, "otso": otso}


def picked(session, event) -> list[tuple[str, str]]:
    session.expunge_all()
    with speaking("fi"):
        return [(one.person.name, represented_words(one)) for one in invitees_of(session, event.id)]


def test_a_list_brings_leaders_with_all_that_they_lead(session, scene):
    session.flush()
    assert pick(session, scene["event"], Term("list", scene["list"].id)) == Picked(2, 0)
    assert picked(session, scene["event"]) == [
        ("Otso Oksa", "Rakenneverkosto"),
        ("Pilvi Pouta", "Sillanpitäjät sekä Vesitiimi"),
    ]


def test_later_picks_merge_and_double_nobody(session, scene):
    first = pick(session, scene["event"], Term("group", scene["forum"].id, who="leaders"))
    again = pick(session, scene["event"], Term("group", scene["forum"].id, who="leaders"))
    more = pick(session, scene["event"], Term("group", scene["team"].id, who="leaders"))
    assert [first, again, more] == [Picked(1, 0), Picked(0, 1), Picked(0, 1)]
    assert picked(session, scene["event"]) == [("Pilvi Pouta", "Sillanpitäjät sekä Vesitiimi")]


def test_the_conveners_own_people_and_secretaries_stand_for_nobody(session, scene):
    pick(session, scene["event"], Term("group", scene["board"].id, who="members"))
    pick(session, scene["event"], Term("group", scene["net"].id, who="secretaries"))
    assert picked(session, scene["event"]) == [("Aarne Aho", ""), ("Otso Oksa", ""), ("Saima Salo", "")]


def test_the_order_can_be_changed_to_its_ends(session, scene):
    pick(session, scene["event"], Term("group", scene["board"].id))
    aarne, otso = invitees_of(session, scene["event"].id)
    for invitee, by in ((otso, -1), (otso, -1), (aarne, 1)):
        move(session, scene["event"].id, invitee.id, by=by)
        session.flush()
    assert [name for name, _ in picked(session, scene["event"])] == ["Otso Oksa", "Aarne Aho"]


def test_a_place_is_changed_and_removed(session, scene):
    pick(session, scene["event"], Term("person", scene["otso"].id))
    [otso] = invitees_of(session, scene["event"].id)
    change_place(session, otso, role="speaker", bodies=[("group", scene["team"].id), ("group", scene["net"].id)])
    assert picked(session, scene["event"]) == [("Otso Oksa", "Vesitiimi sekä Rakenneverkosto")]
    [otso] = invitees_of(session, scene["event"].id)
    remove(session, otso, at=NOW)
    assert picked(session, scene["event"]) == []


@pytest.mark.parametrize(
    ("code", "term"),
    [
        ("list:3", Term("list", 3)),
        ("group:12:leaders", Term("group", 12, who="leaders")),
        ("group:12", Term("group", 12)),
        ("person:7", Term("person", 7)),
        ("organisation:4", Term("organisation", 4)),
        ("person:7:leaders", None),
        ("group:12:friends", None),
        ("group:x:leaders", None),
        ("group:٣", None),
        ("group:99999999999", None),
        ("invited:1", None),
        ("", None),
    ],
)
def test_a_code_means(code, term):
    assert term_of(code) == term


def test_candidates_are_found_by_any_part_of_a_name(session, scene):
    with speaking("en"):
        found = {
            kind.heading: [(one.name, [choice.words for choice in one.choices]) for one in kind.candidates]
            for kind in candidates(session, "sillan")
        }
        whole = [kind.heading for kind in candidates(session, "")]
    assert found == {"Groups": [("Sillanpitäjät", ["Leaders (1)"])]}
    assert whole == ["Lists", "Groups"]
