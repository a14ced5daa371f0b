"""What an import costs, step by step as the worker takes them, and the plain library's reading beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from operator import itemgetter

import openpyxl
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.db import Database
from app.imports.bringing import begin_bringing
from app.imports.checking import begin_checking
from app.imports.models import Import
from app.imports.reading.child import MOST_ROWS
from app.imports.starting import begin_import
from app.imports.undoing import begin_undoing
from app.imports.working import advance
from app.people.models import Person
from app.spreadsheet import Table, as_workbook
from bench.measuring import spent_in_all

HEADINGS = ["Etunimi", "Sukunimi", "Sähköposti", "Titteli"]


def workbook(session: Session) -> bytes:
    """Everybody of the address book as newcomers, the same names at other addresses, under a row of headings."""
    taken = Person.given_name, Person.family_name, Person.email, Person.title
    people = session.execute(select(*taken).order_by(Person.id).limit(MOST_ROWS - 1))
    rows = [[given, family, f"uusi.{email}", title] for given, family, email, title in people]
    columns = [(heading, itemgetter(place)) for place, heading in enumerate(HEADINGS)]
    return as_workbook(Table("Henkilöt", columns, rows))


def imported(database: Database) -> dict[str, float]:
    """Return milliseconds of CPU for each step of an import of as many people as there are, taken back again."""
    with database.session() as session:
        content = workbook(session)
        account_id = session.scalars(select(Account.id)).first()
        held = begin_import(session, kind="xlsx", name="kaikki.xlsx", account_id=account_id, at=datetime.now(UTC))
        held.source, import_id = content, held.id
    plain = spent_in_all(lambda: read_plainly(content))
    return {
        "openpyxl reads the cells": plain,
        "reading the file": spent_in_all(lambda: worked(database, import_id, "choosing")),
        "checking the rows": spent_in_all(lambda: begun(database, import_id, begin_checking, "checked")),
        "bringing them in": spent_in_all(lambda: begun(database, import_id, begin_bringing, "done")),
        "taking them back": spent_in_all(lambda: begun(database, import_id, begin_undoing, "undone")),
    }


def read_plainly(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(len(row) for row in book.active.iter_rows(values_only=True))


def begun(database: Database, import_id: int, begin: Callable[[Session, Import], object], state: str) -> None:
    with database.session() as session:
        begin(session, session.get_one(Import, import_id))
    worked(database, import_id, state)


def worked(database: Database, import_id: int, state: str) -> None:
    """Do what the worker does until the import has come to a state; raises AssertionError where it stops elsewhere."""
    while advance(database, datetime.now(UTC)):
        pass
    with database.session(readonly=True) as session:
        held = session.get_one(Import, import_id)
        if held.state != state:
            raise AssertionError(f"the import is {held.state} ({held.problem}), not {state}")
