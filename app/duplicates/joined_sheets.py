"""Joins the two sheets that two people have of one survey, with what the secretariat has noted of their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, literal, select, tuple_, update
from sqlalchemy.orm import Session

from app.duplicates.sheets import Sheets, sheets_of
from app.surveys.models import Answer, Quote, Sheet, ThemedAnswer


def join_sheets(session: Session, kept_id: int, gone_id: int, whose: Mapping[int, int]) -> None:
    """Where both have answered one survey, let the sheet of the chosen one stand, and take over what it leaves open.

    whose: by survey, the id of the person whose sheet stands.
    """
    session.execute(select(Sheet.id).where(Sheet.person_id.in_((kept_id, gone_id))).with_for_update())
    for pair in sheets_of(session, kept_id, gone_id):
        _join_sheet(session, pair, whose.get(pair.survey_id, pair.preferred))


def _join_sheet(session: Session, pair: Sheets, stands: int) -> None:
    """The one sheet is sent where either was: who has sent an answer is not asked for it again."""
    gone = pair.beside(stands)
    sheet, other = pair.ids[stands], pair.ids[gone]
    taken, lost = pair.joined(stands)
    # the notes refer to an answer by its sheet, so that the answer has to be there before they follow, and not move
    _copy(session, Answer, other, sheet, taken)
    for model in (Quote, ThemedAnswer):
        _copy(session, model, other, sheet, pair.answers[gone].keys() - lost)
    session.execute(update(Sheet).where(Sheet.id == sheet).values(sent=pair.sent[stands] or pair.sent[gone]))
    session.execute(delete(Answer).where(Answer.sheet_id == other))
    session.execute(delete(Sheet).where(Sheet.id == other))


def _copy(
    session: Session, model: type[Answer] | type[Quote] | type[ThemedAnswer], source: str, target: str,
    questions: Iterable[int],
) -> None:  # fmt: skip
    """Write the rows that one sheet has of some questions for another one too, but for those that it has already."""
    columns = model.__table__.columns
    beside = [column for column in model.__table__.primary_key if column.name != "sheet_id"]
    there = select(*beside).where(model.sheet_id == target)
    rows = select(*(literal(target) if column.name == "sheet_id" else column for column in columns)).where(
        model.sheet_id == source, model.question_id.in_(questions), tuple_(*beside).not_in(there)
    )
    session.execute(insert(model).from_select([column.name for column in columns], rows))
