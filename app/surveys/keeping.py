"""Keeps the answers of sheets as they are written, and sends them.

Named sheets are found by their person. An anonymous one is found by a key that only the browser has in which it is
written: its id is a hash of that key, and neither the key nor anything of the person is kept with it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.language import gettext as _
from app.surveys.models import Answer, Question, Sheet, Survey, SurveyParticipation
from app.surveys.parts import parts_of
from app.surveys.sheets import Held, held_sheet

MIXED_WITH = 50


def anonymous_id(survey: Survey, key: str) -> str:
    """Return the id of the anonymous sheet that a browser's key opens; the key is 128 random bits or more."""
    return hashlib.sha256(f"koolle sheet {survey.id} {key}".encode()).hexdigest()[:32]


def stamp(value: Any) -> str:
    """Return a short mark of a value, by which a form says what it was made from; the same for equal values."""
    if value is None:
        return ""
    pairs = sorted(value.items()) if isinstance(value, dict) else value
    return hashlib.sha256(json.dumps(pairs, ensure_ascii=False).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Kept:
    """What a sheet holds after a saving; not stored, since another window has changed them meanwhile: conflicts."""

    held: Held
    conflicts: frozenset[int] = frozenset()


def keep(
    session: Session, survey: Survey, owner: int | str, values: Mapping[int, Any], was: Mapping[int, str] | None = None
) -> Kept:
    """Keep the given questions' answers of a sheet (None takes one away), and make the sheet where there is none.

    was: by question, the `stamp` of what the form was made from. What has not been changed in this window is left as
    it is; what has been changed here and meanwhile elsewhere is a conflict, and stays as it was kept elsewhere. Without
    was everything given is stored.
    """
    sheet = _own_sheet(session, survey, owner)
    held = held_sheet(session, survey, owner)
    after, conflicts = dict(held.values), set()
    for question in survey.questions:
        if question.id not in values:
            continue
        new, stored = values[question.id], held.values.get(question.id)
        mark = stamp(new)
        if mark == stamp(stored) or (was is not None and mark == was.get(question.id, "")):
            continue
        if was is not None and stamp(stored) != was.get(question.id, ""):
            conflicts.add(question.id)
            continue
        _store(session, sheet, question, new, stored)
        after[question.id] = new
    session.flush()
    kept = {id: value for id, value in after.items() if value is not None}
    return Kept(Held(sheet, held.sent, kept), frozenset(conflicts))


def send(session: Session, survey: Survey, owner: int | str, person_id: int, background: str | None = None) -> None:
    """Mark a kept sheet as sent. Of an anonymous survey, note that the person has answered; where they have, and this
    sheet is not the one that they sent, raises Refused."""
    sheet = held_sheet(session, survey, owner)
    if survey.anonymous and not sheet.sent:
        _take_part(session, survey, person_id)
    session.execute(update(Sheet).where(Sheet.id == sheet.id).values(sent=True, background=background))
    if survey.anonymous:
        _mix(session, survey)


def drop(session: Session, sheet_id: str, questions: Collection[int]) -> None:
    """Take away the answers to questions that the others hide."""
    session.execute(delete(Answer).where(Answer.sheet_id == sheet_id, Answer.question_id.in_(questions)))


def save(session: Session, survey: Survey, person_id: int, values: Mapping[int, Any]) -> None:
    """Keep and send a whole sheet of a person; a later one replaces an earlier one.

    An anonymous sheet is kept without any link to the person, and therefore once: a second raises Refused.
    """
    owner = secrets.token_hex(16) if survey.anonymous else person_id
    everything = {question.id: values.get(question.id) for question in survey.questions}
    keep(session, survey, owner, everything)
    send(session, survey, owner, person_id)


def _store(session: Session, sheet: str, question: Question, new: Any, stored: Any) -> None:
    mine = Answer.sheet_id == sheet, Answer.question_id == question.id
    wanted = {part.part: part for part in (parts_of(question.kind, new) if new is not None else ())}
    before = {part.part: part for part in (parts_of(question.kind, stored) if stored is not None else ())}
    if gone := before.keys() - wanted.keys():
        session.execute(delete(Answer).where(*mine, Answer.part.in_(gone)))
    for part in wanted.keys() & before.keys():  # changed in place: what the secretariat has noted of it stays
        if wanted[part] != before[part]:
            changed = {"number": wanted[part].number, "text": wanted[part].text}
            session.execute(update(Answer).where(*mine, Answer.part == part).values(changed))
    new_parts = [wanted[part] for part in wanted.keys() - before.keys()]
    rows = [{"sheet_id": sheet, "question_id": question.id, **part._asdict()} for part in new_parts]
    if rows:
        session.execute(insert(Answer), rows)


def _take_part(session: Session, survey: Survey, person_id: int) -> None:
    try:
        with session.begin_nested():
            session.add(SurveyParticipation(survey_id=survey.id, person_id=person_id))
    except IntegrityError:
        sentence = _("You have answered this survey. Anonymous answers cannot be found again to change them.")
        raise Refused(sentence) from None


def _mix(session: Session, survey: Survey) -> None:
    """Write other sent sheets anew beside the one just sent.

    PostgreSQL keeps with every row the number of the transaction that wrote it, and rows in the order of writing: with
    the database in hand, the sheet that was written with a participation could be told. On SQLite these tables have no
    such traces. What a sheet was written with is then that of up to fifty others.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    mine = Sheet.survey_id == survey.id, Sheet.sent.is_(True)
    somewhere = secrets.token_hex(16)  # ids are random, so those after a random one are a random lot
    query = select(Sheet.id).where(*mine).order_by(Sheet.id).limit(MIXED_WITH).with_for_update(skip_locked=True)
    others = list(session.scalars(query.where(Sheet.id >= somewhere)))
    if len(others) < MIXED_WITH:
        others += session.scalars(query.where(Sheet.id < somewhere))
    session.execute(update(Sheet).where(Sheet.id.in_(others)).values(survey_id=survey.id))
    session.execute(update(Answer).where(Answer.sheet_id.in_(others)).values(part=Answer.part))


def _own_sheet(session: Session, survey: Survey, owner: int | str) -> str:
    """Return the id of a sheet, locked until the end of the transaction; made where there is none."""
    named = isinstance(owner, int)
    mine = Sheet.person_id == owner if named else (Sheet.id == owner) & Sheet.person_id.is_(None)
    query = select(Sheet.id).where(Sheet.survey_id == survey.id, mine).with_for_update()
    found = session.scalar(query)
    if found is None:
        new = Sheet(survey_id=survey.id, person_id=owner if named else None, sent=False)
        new.id = secrets.token_hex(16) if named else owner
        try:
            with session.begin_nested():
                session.add(new)
            found = new.id
        except IntegrityError:  # pressed twice at once: the other press made it
            found = session.scalars(query).one()
    return found
