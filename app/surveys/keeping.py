"""Keeps the answers of sheets as they are written, and sends them.

Named sheets are found by their person. An anonymous one is found by a key that only the browser has in which it is
written, is a draft until it is sent (`app/surveys/drafts.py`), and then a sheet among others (`app/surveys/mixing.py`).
An owner is therefore a person's id, or such a key.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.language import gettext as _
from app.surveys.answering import shown
from app.surveys.drafts import anonymous_id, drop_draft, lock_draft, read_draft, write_draft
from app.surveys.mixing import mix, one_at_a_time
from app.surveys.models import Answer, Question, Quote, Sheet, Survey, SurveyParticipation, ThemedAnswer
from app.surveys.parts import parts_of, stamp
from app.surveys.sheets import Held, asked, held_sheet

Owner = int | str
ANSWERS = Answer.__table__
# put together once: they run at every few letters that somebody writes
HOLD = (
    select(Sheet.id)
    .where(Sheet.survey_id == bindparam("survey"), Sheet.person_id == bindparam("owner"))
    .with_for_update()
)
QUOTES, THEMED = Quote.__table__, ThemedAnswer.__table__


def _part_of(table: FromClause) -> ColumnElement[bool]:
    return and_(
        table.c.sheet_id == bindparam("sheet"),
        table.c.question_id == bindparam("question"),
        table.c.part == bindparam("at"),
    )


CHANGE = update(ANSWERS).where(_part_of(ANSWERS)).values(number=bindparam("number"), text=bindparam("text"))
TAKE_AWAY = delete(ANSWERS).where(_part_of(ANSWERS))
ADD = insert(ANSWERS)
UNQUOTE, UNTHEME = delete(QUOTES).where(_part_of(QUOTES)), delete(THEMED).where(_part_of(THEMED))


@dataclass(frozen=True)
class Kept:
    """What a sheet holds after a saving; not stored, since another window has changed them meanwhile: conflicts."""

    held: Held
    conflicts: frozenset[int] = frozenset()


def held_of(session: Session, survey: Survey, owner: Owner) -> Held | None:
    """Return what is kept of a sheet, sent or not; None before anything is."""
    if isinstance(owner, int):
        return held_sheet(session, survey, owner)
    id = anonymous_id(survey, owner)
    sent = held_sheet(session, survey, id)
    draft = read_draft(session, survey, owner) if sent is None else None
    return Held(id, False, draft) if draft is not None else sent


def keep(
    session: Session, survey: Survey, owner: Owner, values: Mapping[int, Any], was: Mapping[int, str] | None = None
) -> Kept:
    """Keep the given questions' answers of a sheet (None takes one away), and make the sheet where there is none.

    was: by question, the `stamp` of what the form was made from. What has not been changed in this window is left as
    it is; what has been changed here and meanwhile elsewhere is a conflict, and stays as it was kept elsewhere. Without
    was everything given is stored. Answers to questions that the others hide are taken away.
    """
    return keep_in(session, survey, owner, locked(session, survey, owner), values, was)


def locked(session: Session, survey: Survey, owner: Owner) -> Held | None:
    """Return what is kept of a sheet, that no other window writes before the end of the transaction."""
    if isinstance(owner, int):
        if session.get_bind().dialect.name == "postgresql":  # on SQLite nobody else writes at all meanwhile
            session.connection().execute(HOLD, {"survey": survey.id, "owner": owner})
    else:
        lock_draft(session, survey, owner)
    return held_of(session, survey, owner)


def keep_in(
    session: Session, survey: Survey, owner: Owner, held: Held | None, values: Mapping[int, Any],
    was: Mapping[int, str] | None,
) -> Kept:  # fmt: skip
    """As `keep`, in a sheet that has been read by `locked`."""
    before = held.values if held else {}
    after, conflicts = merged(survey, before, values, was)
    if after == before:
        return Kept(held or Held("", False), conflicts)
    if not _write(session, survey, owner, held, after):
        return keep(session, survey, owner, values, was)  # another window has made the sheet at the same moment
    return Kept(Held(held.id if held else "", bool(held and held.sent), after), conflicts)


def merged(
    survey: Survey, before: Mapping[int, Any], values: Mapping[int, Any], was: Mapping[int, str] | None
) -> tuple[dict[int, Any], frozenset[int]]:
    """Return what a sheet holds with what was given, as `keep` tells, and what is in conflict."""
    after, conflicts = dict(before), set()
    for question in survey.questions:
        if question.id not in values:
            continue
        mark, stored, made_from = (
            stamp(values[question.id]),
            stamp(before.get(question.id)),
            (was or {}).get(question.id, ""),
        )
        if mark == stored or (was is not None and mark == made_from):
            continue
        if was is not None and stored != made_from:
            conflicts.add(question.id)
        else:
            after[question.id] = values[question.id]
    after = {id: value for id, value in after.items() if value is not None}
    unseen = _unseen(survey, before)  # the form has been edited since: what was answered when it was asked stays
    hidden = _unseen(survey, after) - unseen
    return {id: value for id, value in after.items() if id not in hidden}, frozenset(conflicts)


def _unseen(survey: Survey, values: Mapping[int, Any]) -> set[int]:
    """Which of these answers are to questions that somebody with them is not asked."""
    return values.keys() - {question.id for question in shown(asked(survey, values), values)}


def send(session: Session, survey: Survey, owner: Owner, person_id: int, background: str | None = None) -> None:
    """Send a sheet as it is kept. Of an anonymous survey, note that the person has answered; where they have, and this
    sheet is not the one that they sent, raises Refused."""
    if isinstance(owner, int):
        if held_sheet(session, survey, owner) is None:
            _make(session, survey, owner)
        session.execute(update(Sheet).where(*_mine(survey, owner)).values(sent=True))
        return
    one_at_a_time(session, survey)
    held = held_of(session, survey, owner)
    if held is not None and held.sent:
        return
    _take_part(session, survey, person_id)
    id = anonymous_id(survey, owner)
    session.add(Sheet(id=id, survey_id=survey.id, sent=True, background=background))
    session.flush()
    _store(session, id, survey.questions, held.values if held else {}, {})
    drop_draft(session, survey, owner)
    mix(session, survey, id)


def save(session: Session, survey: Survey, person_id: int, values: Mapping[int, Any]) -> None:
    """Keep and send a whole sheet of a person; a later one replaces an earlier one.

    An anonymous sheet is kept without any link to the person, and therefore once: a second raises Refused.
    """
    owner = secrets.token_hex(16) if survey.anonymous else person_id
    everything = {question.id: values.get(question.id) for question in survey.questions}
    keep(session, survey, owner, everything)
    send(session, survey, owner, person_id)


def _mine(survey: Survey, owner: int) -> tuple:
    return Sheet.survey_id == survey.id, Sheet.person_id == owner


def _write(session: Session, survey: Survey, owner: Owner, held: Held | None, after: Mapping[int, Any]) -> bool:
    """Write what has changed; returns whether it was: another window may have made or sent the sheet meanwhile."""
    if isinstance(owner, str) and (held is None or not held.sent):
        return write_draft(session, survey, owner, after, new=held is None)
    if isinstance(owner, str):
        one_at_a_time(session, survey)
        if held_of(session, survey, owner) != held:
            return False
    sheet = held.id if held else _make(session, survey, owner)
    if sheet is None:
        return False
    before = held.values if held else {}
    changed = [question for question in survey.questions if after.get(question.id) != before.get(question.id)]
    _store(session, sheet, changed, after, before)
    session.flush()
    if isinstance(owner, str):
        mix(session, survey, sheet)
    return True


def _make(session: Session, survey: Survey, owner: int) -> str | None:
    """Make a person's sheet and return its id; None where another window has made it at the same moment."""
    new = Sheet(id=secrets.token_hex(16), survey_id=survey.id, person_id=owner, sent=False)
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return None
    return new.id


def _store(session: Session, sheet: str, questions: Iterable[Question], values: Mapping, stored: Mapping) -> None:
    """Write the values of some questions over what is stored of them; five statements at most."""
    gone, changed, new, bare = [], [], [], []
    for question in questions:
        key = {"sheet": sheet, "question": question.id}
        wanted, before = _by_part(question, values), _by_part(question, stored)
        gone += [key | {"at": part} for part in before.keys() - wanted.keys()]
        new += [
            {"sheet_id": sheet, "question_id": question.id, **wanted[part]} for part in wanted.keys() - before.keys()
        ]
        # changed in place: what the secretariat has noted of its words stays, unless it has none any more
        both = [part for part in wanted.keys() & before.keys() if wanted[part] != before[part]]
        changed += [key | {"at": part, "number": wanted[part]["number"], "text": wanted[part]["text"]} for part in both]
        bare += [key | {"at": part} for part in both if before[part]["text"] and not wanted[part]["text"]]
    connection = session.connection()
    for statement, rows in ((TAKE_AWAY, gone), (CHANGE, changed), (ADD, new), (UNQUOTE, bare), (UNTHEME, bare)):
        if rows:
            connection.execute(statement, rows)


def _by_part(question: Question, values: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
    value = values.get(question.id)
    return {part.part: part._asdict() for part in (parts_of(question.kind, value) if value is not None else ())}


def _take_part(session: Session, survey: Survey, person_id: int) -> None:
    try:
        with session.begin_nested():
            session.add(SurveyParticipation(survey_id=survey.id, person_id=person_id))
    except IntegrityError:
        sentence = _("You have answered this survey. Anonymous answers cannot be found again to change them.")
        raise Refused(sentence) from None
