"""Lets attendance reports mean the merged person: their rows name people in JSON, which no foreign key moves."""

from __future__ import annotations

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance, Report
from app.attendance.report_keeping import Row


def join_reports(session: Session, kept_id: int, gone_id: int) -> None:
    """Whom a report's rows were chosen to be, or may be, is the one person now.

    Where both are on the event's list, what is made of their two lines is none that a report has noted alone: to take
    the report back leaves it, as whatever was changed since.
    """
    # the digits may stand for something else in a row; which they do, the rows themselves tell
    named = select(Report).where(cast(Report.rows, Text).contains(str(gone_id))).order_by(Report.id).with_for_update()
    twice = _both_there(session, kept_id, gone_id)
    for report in session.scalars(named, execution_options={"populate_existing": True}):
        rows = [_joined(row, kept_id, gone_id) for row in report.rows]
        if rows != report.rows:
            report.rows = rows
    for report in session.scalars(select(Report).where(Report.event_id.in_(twice))):
        report.rows = [_not_its_own(row) if row["chosen_id"] == kept_id else row for row in report.rows]
    session.flush()


def _joined(row: Row, kept_id: int, gone_id: int) -> Row:
    def one(person_id: int | None) -> int | None:
        return kept_id if person_id == gone_id else person_id

    return row | {"chosen_id": one(row["chosen_id"]), "likely": list(dict.fromkeys(map(one, row["likely"])))}


def _not_its_own(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "done"}


def _both_there(session: Session, kept_id: int, gone_id: int) -> list[int]:
    """The events on whose lists of presence both are."""
    gone = select(Attendance.event_id).where(Attendance.person_id == gone_id)
    query = select(Attendance.event_id).where(Attendance.person_id == kept_id, Attendance.event_id.in_(gone))
    return list(session.scalars(query))
