"""How many rows of an import would do, or did, what."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.imports.models import ImportRow

APPLIED = ("new", "changed", "known")
# what the preview can be narrowed to
SHOWN: dict[str, ColumnElement[bool]] = {
    "all": ImportRow.outcome.is_not(None),
    **{outcome: and_(ImportRow.outcome == outcome, ~ImportRow.left_out) for outcome in (*APPLIED, "refused")},
    "doubtful": and_(ImportRow.doubtful, ~ImportRow.left_out, ImportRow.outcome != "refused"),
    "left_out": ImportRow.left_out,
}


def planned_counts(session: Session, import_id: int) -> dict[str, int]:
    """Return how many rows there are of each that can be shown, and how many bodies they add, by two statements."""
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name) for name, condition in SHOWN.items()]
    row = session.execute(select(*sums).where(ImportRow.import_id == import_id)).one()
    organisation, group = (ImportRow.values[f"new_{kind}"].as_string() for kind in ("organisation", "group"))
    bodies = select(func.count(organisation.distinct()), func.count(group.distinct())).where(
        ImportRow.import_id == import_id, ImportRow.outcome.in_(APPLIED), ~ImportRow.left_out
    )
    organisations, groups = session.execute(bodies.where(or_(organisation.is_not(None), group.is_not(None)))).one()
    return {**row._mapping, "organisations": organisations, "groups": groups}
