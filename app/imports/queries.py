"""Reads of imports and their rows that the pages need."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.errors import NotFound
from app.imports.counting import SHOWN
from app.imports.models import Import, ImportRow
from app.people.models import DistributionList, Group
from app.people.paging import PAGE, Page, page_at, page_number

SAMPLES = 3
LOOKED_AT = 30


def import_by_id(session: Session, import_id: int, *, changing: bool = False) -> Import:
    """Return an import with whose it is; raises NotFound. changing holds it until the transaction ends."""
    query = select(Import).options(joinedload(Import.account)).where(Import.id == import_id)
    if changing:
        query = query.with_for_update(of=Import).execution_options(populate_existing=True)
    held = session.scalar(query)
    if held is None:
        raise NotFound
    return held


def imports_page(session: Session, number: str) -> Page[Import]:
    """Return a page of all imports, the last one first."""
    total = session.scalar(select(func.count()).select_from(Import)) or 0
    here = page_number(total, number)
    query = select(Import).options(joinedload(Import.account)).order_by(Import.id.desc())
    return page_at(session.scalars(query.offset((here - 1) * PAGE).limit(PAGE)).all(), total, here)


def rows_page(session: Session, import_id: int, show: str, total: int, number: str) -> Page[ImportRow]:
    """Return a page of the rows of which there are `total` that can be shown so."""
    here = page_number(total, number)
    query = select(ImportRow).where(ImportRow.import_id == import_id, SHOWN[show]).order_by(ImportRow.number)
    return page_at(session.scalars(query.offset((here - 1) * PAGE).limit(PAGE)).all(), total, here)


def all_imports(session: Session) -> Sequence[Import]:
    """Return all imports, the last one first."""
    return session.scalars(select(Import).options(joinedload(Import.account)).order_by(Import.id.desc())).all()


def rows_shown(session: Session, import_id: int, show: str) -> Sequence[ImportRow]:
    """Return all rows that are shown so, in their order."""
    query = select(ImportRow).where(ImportRow.import_id == import_id, SHOWN.get(show, SHOWN["all"]))
    return session.scalars(query.order_by(ImportRow.number)).all()


def row_by_number(session: Session, held: Import, number: int) -> ImportRow:
    """Return one row that can be brought in; raises NotFound."""
    row = session.scalar(select(ImportRow).where(ImportRow.import_id == held.id, ImportRow.number == number))
    if row is None or row.outcome is None:
        raise NotFound
    return row


def rows_refused(session: Session, import_id: int) -> Sequence[ImportRow]:
    """Return all rows that are refused, in their order."""
    query = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.outcome == "refused")
    return session.scalars(query.order_by(ImportRow.number)).all()


def samples(session: Session, held: Import) -> list[list[str]]:
    """Return for each column of a list some of what stands in it below the headings."""
    rows = session.scalars(
        select(ImportRow.cells).where(ImportRow.import_id == held.id, ImportRow.number > (held.options["heading"] or 0))
        .order_by(ImportRow.number).limit(LOOKED_AT)
    ).all()  # fmt: skip
    columns = ([cells[place] for cells in rows if place < len(cells)] for place in range(len(held.headings)))
    return [list(dict.fromkeys(text.strip() for text in cells if text.strip()))[:SAMPLES] for cells in columns]


def places_to_choose(session: Session) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the groups and the lists that everybody may be placed in, as a field offers them."""
    chosen = []
    for model in (Group, DistributionList):
        rows = session.execute(select(model.id, model.name).order_by(func.lower(model.name)))
        chosen.append([("", "–"), *((str(row.id), row.name) for row in rows)])
    return chosen[0], chosen[1]
