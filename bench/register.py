"""An address book of any size to be measured: everybody in it is invented, with some 3,000 family names."""

from __future__ import annotations

from random import Random

from sqlalchemy import insert

from app.db import Database
from app.people.collation import order_key
from app.people.found import found_by
from app.people.models import Group, Membership, Organisation, Person

STEMS = "Virta Mäki Koski Järvi Niemi Laho Salo Hakka Äijä Öhma Korpi Ranta Suo Lehto Kallio Saari".split()
ENDINGS = "nen la niemi linen kangas mäki s rinne lä ainen".split()
FAMILY = [f"{stem}{middle}{ending}" for stem in STEMS for middle in ("", *map(str.lower, STEMS)) for ending in ENDINGS]
FIRST = "Aino Matti Liisa Pekka Östen Åsa Maija Kari Ville Anna Björn Eeva Timo Sanna Jari Zoë Ánne".split()
GIVEN = [*FIRST * 5, *(f"{one}-{other}" for one in FIRST for other in FIRST)]
TITLES = ("neuvotteleva virkamies", "erityisasiantuntija", "johtaja", None)
GROUPS, MEMBERS = 300, 10


def fill(database: Database, people: int) -> None:
    """Write so many people, an organisation for every 25 of them, and 300 groups of ten."""
    chance = Random(people)
    bodies = [
        Organisation(name=f"{chance.choice(FAMILY)}n virasto {n}", abbreviation=f"O{n}") for n in range(people // 25)
    ]
    groups = [Group(name=f"{chance.choice(FAMILY)}n neuvottelukunta {n}") for n in range(GROUPS)]
    with database.session() as session:
        session.add_all([*bodies, *groups])
        session.flush()
        rows = [person(chance, number, chance.choice(bodies).id) for number in range(people)]
        session.execute(insert(Person), rows)
        session.execute(insert(Membership), [
            {"group_id": group.id, "person_id": member, "role": "member" if place else "chair", "position": place}
            for group in groups
            for place, member in enumerate(chance.sample(range(1, people + 1), MEMBERS))
        ])  # fmt: skip


def person(chance: Random, number: int, organisation_id: int) -> dict[str, object]:
    """Return one person's columns, as a bulk insert needs them."""
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    family += f"-{chance.choice(FAMILY)}" if chance.random() < 0.2 else ""
    row = {
        "given_name": given, "family_name": family, "organisation_id": organisation_id,
        "email": f"{given}.{family}{number}@o{number % 99}.example".lower().translate(str.maketrans("äöåëá", "aoaea")),
        "title": chance.choice(TITLES), "unit": chance.choice(("tieto-osasto", None)), "language": "fi",
    }  # fmt: skip
    return row | {"order_key": order_key(family, given), "found_by": found_by(row, Person.FOUND_BY)}
