"""make bench-people: search, resolution and import at 1,000, 10,000 and 50,000 people, and how the times grow."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import insert, select

from app.db import Database
from app.distribution.recipients import Term
from app.distribution.resolving import people_of
from app.migrations import migrate
from app.people.models import Group, Membership, Organisation, Person
from bench.convening import settings_for
from bench.importing import imported
from bench.measuring import row, spent
from bench.register import fill
from bench.searching import browser, plain_scan, searched

SIZES = (1_000, 10_000, 50_000)
NAMED = 10_000


def resolved(database: Database) -> dict[str, float | None]:
    """Return milliseconds of CPU in which lists resolve: all organisations, a group of 10,000, and 10,000 by name."""
    with database.session() as session:
        group = Group(name="Kaikki")
        session.add(group)
        session.flush()
        bodies = [Term("organisation", key) for key in session.scalars(select(Organisation.id))]
        people = [Term("person", key) for key in session.scalars(select(Person.id).limit(NAMED))]
        session.execute(insert(Membership), [
            {"group_id": group.id, "person_id": term.id, "role": "member", "position": place}
            for place, term in enumerate(people)
        ])  # fmt: skip

    def resolve(terms: Sequence[Term]) -> None:
        with database.session(readonly=True) as session:
            people_of(session, terms)

    named = {"10,000 people by name": people, "10,000 people by their group": [Term("group", group.id)]}
    return {
        "everybody, by their organisations": spent(lambda: resolve(bodies), rounds=5),
        **{
            words: spent(lambda terms=terms: resolve(terms), rounds=5) if len(people) == NAMED else None
            for words, terms in named.items()
        },
    }


def measured(people: int) -> tuple[dict[str, float], dict[str, float | None], dict[str, float], float]:
    """Return the times of searching, resolving and importing at a size, and that of the plain scan."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), 8000)
        database = Database(settings.database_url)
        migrate(database)
        fill(database, people)
        try:
            client = browser(database, settings)
            freeze()
            times = searched(client), resolved(database), imported(database)
            return *times, plain_scan(Path(folder) / "koolle.db")
        finally:
            database.close()


def freeze() -> None:
    """Keep the garbage collector from what is loaded, as the server does when it has started (app/serving.py)."""
    gc.collect()
    gc.freeze()


def show(heading: str, tables: Sequence[Mapping[str, float | None]], plain: float | None = None) -> None:
    print(f"\n{heading:54}" + "".join(f"{size:>9,}" for size in SIZES) + "     ×10" + ("   plain" if plain else ""))
    for words in tables[0]:
        print(row(words, SIZES, [table[words] for table in tables], plain))


def main() -> None:
    searches, lists, imports, scans = zip(*(measured(size) for size in SIZES), strict=True)
    print("×10: by how much ten times as many people multiply the time; plain: how many times the plain library's")
    show("Search, ms of CPU a request (aim: 50)", searches, scans[-1])
    print(row("one LIKE by the plain library", SIZES, scans))
    show("Resolution, ms of CPU (aim: 200 for 10,000)", lists)
    show("Import of as many, ms of CPU", imports, imports[-1]["openpyxl reads the cells"])


if __name__ == "__main__":
    main()
