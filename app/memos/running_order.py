"""The running order: the agenda as the chair needs it before them, in the language spoken."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.agenda.lines import Line, programme_of
from app.events.models import Event
from app.memos.contents import programme_row, when_and_where
from app.memos.materials import Material, materials_of
from app.memos.paper import RunningOrder, RunningOrderRow


def running_order(session: Session, event: Event) -> RunningOrder:
    """Return it with the chair's own notes; three queries."""
    materials = materials_of(session, event.id)
    rows = [_row(line, materials.get(line.item.id, ())) for line in programme_of(session, event)]
    return RunningOrder(facts=when_and_where(event), rows=tuple(rows))


def _row(line: Line, materials: Sequence[Material]) -> RunningOrderRow:
    notes = line.item.notes or ""
    return RunningOrderRow(
        row=programme_row(line),
        minutes="" if line.heads or line.slot.end is None else str(line.slot.minutes),
        sum="" if line.heads else str(line.sum),
        materials=tuple(one.title for one in materials),
        notes=tuple(filter(None, (paragraph.strip() for paragraph in notes.splitlines()))),
    )
