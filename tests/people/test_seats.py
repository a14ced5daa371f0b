from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from app.people.roles import ORDER
from app.people.seats import beside, seats_by_role

number = count(1)


@dataclass
class Place:
    person_id: int
    role: str
    deputy_for_id: int | None = None

    def __post_init__(self):
        self.id = next(number)


def listed(*places: Place) -> list[tuple[str, list[tuple[int, list[int]]]]]:
    return [
        (role, [(seat.place.person_id, [it.person_id for it in seat.deputies]) for seat in seats])
        for role, seats in seats_by_role(places, ORDER)
    ]


def test_each_deputy_stands_at_the_member():
    places = [
        Place(1, "secretary"),
        Place(2, "member"),
        Place(3, "deputy", 2),
        Place(4, "chair"),
        Place(5, "deputy", 2),
    ]
    assert listed(*places) == [("chair", [(4, [])]), ("member", [(2, [3, 5])]), ("secretary", [(1, [])])]


def test_a_deputy_of_nobody_here_stands_apart():
    assert listed(Place(1, "deputy"), Place(2, "deputy", 9)) == [("deputy", [(1, []), (2, [])])]


def test_who_has_two_roles_stands_twice_and_the_deputy_once():
    places = [Place(1, "expert"), Place(1, "chair"), Place(1, "leader"), Place(2, "deputy", 1)]
    assert listed(*places) == [("chair", [(1, [])]), ("expert", [(1, [2])]), ("leader", [(1, [])])]


def test_one_is_moved_among_those_of_the_role_and_deputies_of_the_same_person():
    first, second, other = Place(3, "deputy", 1), Place(4, "deputy", 1), Place(5, "deputy", 2)
    places = [Place(1, "member"), Place(2, "member"), first, other, second]
    assert beside(places, second) == [first, second]
    assert beside(places, places[0]) == places[:2]
