"""A name that reaches the database by any way stays one line: it goes into heads of mails, calendars and files."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from app.events.models import Event
from app.people.models import Group, Organisation, Person
from tests import cast

HOSTILE = [
    ("Otso\r\nBcc: kaino@karhut.example", "OtsoBcc: kaino@karhut.example"), ("Otso\nOksa", "OtsoOksa"),
    ("Otso\u2028Oksa\u2029", "OtsoOksa"), ("\u202eosto\u202c", "osto"), ("Otso\x00\x1b[31m", "Otso[31m"),
    ("\x85Otso\x9f", "Otso"), ("Otso\tOksa", "Otso Oksa"), ("  Otso   Oksa ", "Otso Oksa"),
    ("O'Tso–Åström 😀", "O'Tso–Åström 😀"),
]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whatever_is_written_is_kept_on_one_line(session):
    group = cast.group(session, "Neuvosto")
    kept = {}
    for text, line in HOSTILE:
        for model, column in ((Person, "family_name"), (Organisation, "name"), (Group, "name"), (Event, "title")):
            made = {
                "family_name": lambda text: cast.person(session, text, ""),
                "title": lambda text: cast.event(session, group, title=text),
                "name": lambda text, model=model: _new(session, model, text),
            }[column](text)
            value = session.scalar(select(getattr(model, column)).where(model.id == made.id))
            given = session.scalar(select(Person.given_name).where(Person.id == made.id)) if model is Person else ""
            kept[text, model.__name__] = f"{given} {value}".strip(), line
            session.delete(made)
            session.flush()
    assert {about: pair for about, pair in kept.items() if pair[0].replace(" ", "") != pair[1].replace(" ", "")} == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_comes_in_by_a_statement_too(session):
    session.execute(
        insert(Person.__table__), [{"family_name": "Oksa\r\nTo: x", "given_name": "O\n", "secretariat_id": 1}]
    )
    [(given, family)] = session.execute(select(Person.given_name, Person.family_name))
    assert (given, family) == ("O", "Oksa To: x")


def _new(session, model, text):
    made = model(name=text)
    session.add(made)
    session.flush()
    return made
