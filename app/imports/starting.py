"""An import begins: its rows are taken down as they are read, then it waits for its columns or its preview."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.imports.checking import begin_checking
from app.imports.columns import fields_of, has_headings
from app.imports.models import Import, ImportRow
from app.imports.pasting import PASTED_FIELDS
from app.imports.reading import CARD_FIELDS, Read, Row
from app.imports.uploading import Upload

SAMPLES = 50


def begin_import(session: Session, *, kind: str, name: str | None, account_id: int, at: datetime) -> Import:
    """Add an import that is being read."""
    held = Import(
        kind=kind, name=name, account_id=account_id, begun_at=at,
        options={"organisations": "add", "known": "update"}, columns=[], headings=[],
    )  # fmt: skip
    session.add(held)
    session.flush()
    return held


def begin_upload(session: Session, upload: Upload, account: Account, at: datetime) -> Import:
    """Add an import of what was sent; what has been read already is taken down, else its source is kept to be read."""
    kind = upload.kind or (upload.read.kind if upload.read else _kind_by_name(upload.name or ""))
    held = begin_import(session, kind=kind, name=upload.name, account_id=account.id, at=at)
    if upload.read is None:
        held.source = upload.content
        return held
    begin_rows(session, held, upload.read)
    take_down(session, held, upload.rows)
    all_read(session, held)
    return held


def _kind_by_name(name: str) -> str:
    """What a file seems to be until its reader tells."""
    return {"vcf": "vcard", "csv": "csv", "txt": "csv", "tsv": "csv"}.get(name.lower().rpartition(".")[2], "xlsx")


def begin_rows(session: Session, held: Import, read: Read) -> None:
    """Take down what stands above the rows; a first row that may be somebody is a row as well."""
    held.kind = read.kind if held.kind != "pasted" else "pasted"
    held.headings = list(read.headings)
    held.options = held.options | {"first": read.number, "sheet": read.sheet, "other_sheets": read.other_sheets[:10]}
    if read.number:
        take_down(session, held, [Row(read.number, list(read.headings), [])])


def take_down(session: Session, held: Import, rows: Iterable[Row]) -> None:
    """Add rows as they are read; those without anything in them are passed by."""
    taken = [_columns(held, row) for row in rows if row.problems or any(cell.strip() for cell in row.cells)]
    if taken:
        session.execute(insert(ImportRow), taken)
        held.done = held.total = taken[-1]["number"]


def _columns(held: Import, row: Row) -> dict:
    origin = "" if held.kind == "pasted" else "read:"
    faults = [(problem.column, origin + problem.code, problem.values) for problem in row.problems]
    return {
        "import_id": held.id, "number": row.number, "cells": row.cells, "faults": faults, "mended": {},
        "left_out": False, "doubtful": False, "values": {}, "problems": [], "before": {}, "made": {},
    }  # fmt: skip


def all_read(session: Session, held: Import) -> None:
    """Go on when the last row has been taken down: to the choice of columns, or to the preview where they are known."""
    held.source = None
    if held.options["first"] == 0:
        held.columns = [field if field in (*PASTED_FIELDS[:4], *CARD_FIELDS[:-1]) else None for field in held.headings]
    else:
        rows = session.scalars(
            select(ImportRow.cells).where(ImportRow.import_id == held.id, ImportRow.number > held.options["first"])
            .order_by(ImportRow.number).limit(SAMPLES)
        ).all()  # fmt: skip
        headed = has_headings(held.headings, rows)
        held.options = held.options | {"heading": held.options["first"] if headed else None}
        first, below = (held.headings, rows) if headed else ([], [held.headings, *rows])
        held.columns = fields_of(first, below)[: len(held.headings)]
    held.state = "choosing"
    if held.options["first"] == 0 or held.kind == "pasted":
        begin_checking(session, held)
