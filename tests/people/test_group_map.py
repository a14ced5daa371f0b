"""The groups as a whole: what stands under what, what shares a theme, whose term ends first, who leads what."""

from __future__ import annotations

from datetime import date

from app.people.group_map import Lead, Mapped, by_parent, by_term, by_theme, leaders, within
from app.people.terms import term_of

TODAY = date(2026, 9, 1)


def group(id, name, *, ends=None, **more):
    return Mapped(id=id, name=name, kind=None, term=term_of(None, ends and date.fromisoformat(ends), TODAY), **more)


def shape(branches):
    return [(branch.group.name, shape(branch.parts)) for branch in branches]


def test_parts_stand_under_their_whole_and_groups_under_their_organisation():
    groups = [
        group(1, "Jaosto", part_of_id=3, parent_id=8, parent="Äly"), group(2, "Kerho"),
        group(3, "Neuvosto", parent_id=9, parent="rakenneministeriö"), group(4, "Ryhmä", part_of_id=1),
        group(5, "Verkosto", parent_id=8, parent="Äly"), group(6, "Yksin", part_of_id=77, part_of="Muu"),
    ]  # fmt: skip
    roots = by_parent(groups)
    assert [(root.name, shape(root.branches)) for root in roots] == [
        ("rakenneministeriö", [("Neuvosto", [("Jaosto", [("Ryhmä", [])])])]),
        ("Äly", [("Verkosto", [])]),
        (None, [("Kerho", []), ("Yksin", [])]),
    ]
    assert [within(root.branches) for root in roots] == [3, 1, 2]


def test_a_loop_is_drawn_once_and_not_followed_for_ever():
    roots = by_parent([group(1, "A", part_of_id=2), group(2, "B", part_of_id=1), group(3, "C", part_of_id=1)])
    assert [(root.name, shape(root.branches)) for root in roots] == [(None, [("A", [("C", [])]), ("B", [])])]


def test_a_group_stands_under_each_of_its_themes():
    groups = [group(1, "A", themes=("kieli", "digi")), group(2, "B"), group(3, "C", themes=("kieli",))]
    assert [(theme, [it.name for it in own]) for theme, own in by_theme(groups)] == [
        ("digi", ["A"]), ("kieli", ["A", "C"]), (None, ["B"]),
    ]  # fmt: skip


def test_the_term_that_ends_first_comes_first_and_one_without_end_last():
    groups = [group(1, "A"), group(2, "B", ends="2028-01-01"), group(3, "C", ends="2025-01-01")]
    assert [it.name for it in by_term(groups)] == ["C", "B", "A"]


def test_whoever_leads_the_most_comes_first_then_the_register():
    pilvi, otso, aarne = (
        Lead(2, "Pilvi", "leader", "p"),
        Lead(3, "Otso", "leader", "o"),
        Lead(4, "Aarne", "chair", "a"),
    )
    chair = Lead(2, "Pilvi", "chair", "p")
    groups = [group(1, "A", leads=(chair, otso, pilvi)), group(2, "B", leads=(pilvi,)), group(3, "C", leads=(aarne,))]
    assert [(it.name, [(led.name, roles) for led, roles in it.groups]) for it in leaders(groups)] == [
        ("Pilvi", [("A", ["chair", "leader"]), ("B", ["leader"])]), ("Aarne", [("C", ["chair"])]),
        ("Otso", [("A", ["leader"])]),
    ]  # fmt: skip
