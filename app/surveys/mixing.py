"""Leaves no trace of the order in which anonymous sheets were sent.

On SQLite these tables have none. PostgreSQL keeps with every row the number of the transaction that wrote or locked it
(xmin, xmax), and its place on the disk (ctid): with the database in hand, what was written together could be told, and
what was written first. Therefore, with each sheet that is sent or changed, others are written anew in the same
transaction, in an order by chance, and so are the marks of who has answered. A sheet is then one of all that have been
sent, or of fifty.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from app.surveys.models import Answer, Sheet, Survey, SurveyParticipation

MIXED_WITH = 50
SHUFFLE = random.SystemRandom().shuffle


def one_at_a_time(session: Session, survey: Survey) -> None:
    """Let nobody else send or change a sheet of this survey until the end of the transaction. The survey is locked and
    not the sheet, since a lock stays to be seen on its row."""
    session.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update(key_share=True))


def mix(session: Session, survey: Survey, sheet: str) -> None:
    """Write a sheet, up to fifty others, and the marks of up to fifty who have answered anew, as if all came now."""
    if session.get_bind().dialect.name != "postgresql":
        return
    session.flush()
    sheets = [sheet, *_some(session, survey, sheet)]
    SHUFFLE(sheets)
    rows = [{"sheet": one} for one in sheets]
    people = [{"person": one} for one in _some_who_answered(session, survey)]
    # an answer that is added locks its sheet, which stays to be seen on that row: therefore all are locked
    session.execute(select(Sheet.id).where(Sheet.id.in_(sheets)).with_for_update(read=True, key_share=True))
    connection = session.connection()
    _anew(
        connection, update(Answer.__table__).where(Answer.sheet_id == bindparam("sheet")).values(part=Answer.part), rows
    )
    _anew(connection, update(Sheet.__table__).where(Sheet.id == bindparam("sheet")).values(sent=True), rows)
    mine = SurveyParticipation.survey_id == survey.id, SurveyParticipation.person_id == bindparam("person")
    _anew(connection, update(SurveyParticipation.__table__).where(*mine).values(survey_id=survey.id), people)


def _anew(connection: Connection, statement, rows: Sequence[dict]) -> None:
    if rows:
        connection.execute(statement, list(rows))


def _some(session: Session, survey: Survey, sheet: str) -> list[str]:
    """Return some other sheets by chance: ids are random, so those after a random one are a random lot."""
    query = select(Sheet.id).where(Sheet.survey_id == survey.id, Sheet.id != sheet).order_by(Sheet.id).limit(MIXED_WITH)
    somewhere = secrets.token_hex(16)
    found = list(session.scalars(query.where(Sheet.id >= somewhere)))
    if len(found) < MIXED_WITH:
        found += session.scalars(query.where(Sheet.id < somewhere).limit(MIXED_WITH - len(found)))
    return found


def _some_who_answered(session: Session, survey: Survey) -> list[int]:
    found = list(
        session.scalars(select(SurveyParticipation.person_id).where(SurveyParticipation.survey_id == survey.id))
    )
    SHUFFLE(found)
    return found[:MIXED_WITH]
