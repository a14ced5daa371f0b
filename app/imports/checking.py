"""Compares an import's rows with the address book and writes down what each would do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from app.imports.book import book_for
from app.imports.counting import planned_counts
from app.imports.models import Import, ImportRow
from app.imports.planning import Options, Plan, plan
from app.imports.values import read_values, settle

CHUNK = 1000
LOOKED_AT = ImportRow.id, ImportRow.number, ImportRow.cells, ImportRow.mended, ImportRow.faults


def begin_checking(session: Session, held: Import) -> None:
    """Let every row be looked at anew; what a person has mended and left out stays so."""
    held.state, held.done, held.counts, held.ended_at = "checking", 0, {}, None
    nothing = {"outcome": None, "same": None, "person_id": None, "matched_by": None, "doubtful": False}
    session.execute(update(ImportRow).where(ImportRow.import_id == held.id).values(nothing))


def check_chunk(session: Session, held: Import) -> None:
    """Plan the next rows; after the last one the import is checked."""
    query = select(*LOOKED_AT).where(ImportRow.import_id == held.id, ImportRow.number > held.done)
    rows = session.execute(query.order_by(ImportRow.number).limit(CHUNK)).all()
    check_rows(session, held, rows)
    if rows:
        held.done = rows[-1].number
    if len(rows) < CHUNK:
        held.state, held.done = "checked", held.total
        held.counts = planned_counts(session, held.id)


def check_rows(session: Session, held: Import, rows: Sequence[Row | ImportRow]) -> None:
    """Plan these rows; the import's other rows are taken as they have been planned."""
    rows = [row for row in rows if row.number != held.options.get("heading")]
    read = {row.number: read_values(row.cells, held.columns, row.mended, row.faults) for row in rows}
    settle(list(read.values()))
    book = book_for(session, held.id, read)
    options = Options(held.options.get("organisations") != "leave", held.options.get("known") != "leave")
    planned = [
        _columns(row.id, plan(row.number, read[row.number], book, options)) | {"before": {}, "made": {}} for row in rows
    ]
    if planned:
        session.execute(update(ImportRow), planned, execution_options={"synchronize_session": None})


def _columns(row_id: int, planned: Plan) -> dict:
    return {
        "id": row_id, "outcome": planned.outcome, "values": planned.values, "problems": planned.problems,
        "person_id": planned.person_id, "matched_by": planned.matched_by, "same": planned.same,
        "doubtful": planned.doubtful,
    }  # fmt: skip
