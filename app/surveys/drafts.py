"""What is written of an anonymous sheet before it is sent: kept so that only the browser in which it was written reads
it.

The browser has a key, in a cookie; here it is never kept. The draft is sealed with it, so that the database tells at
most when somebody wrote, never what. The sheet that is sent is found by the same key, under another id: without the
key, nobody can tell that the two belong together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.mail.sealing import seal, unseal
from app.surveys.models import Draft, Question, Survey
from app.surveys.parts import Part, parts_of
from app.surveys.sheets import values_of

WITHOUT_CHOICES = ("text", "long_text", "date", "scale", "number")


def anonymous_id(survey: Survey, key: str) -> str:
    """Return the id of the anonymous sheet that a browser's key opens; the key is 128 random bits or more."""
    return _id("sheet", survey, key)


def lock_draft(session: Session, survey: Survey, key: str) -> None:
    """Wait until nobody else writes this draft, and let nobody else write it until the end of the transaction."""
    session.execute(select(Draft.id).where(Draft.id == _id("draft", survey, key)).with_for_update())


def read_draft(session: Session, survey: Survey, key: str) -> dict[int, Any] | None:
    """Return the values of a draft, None where there is none. What no longer fits the form is not among them."""
    mine = _id("draft", survey, key)
    content = session.scalar(select(Draft.content).where(Draft.id == mine))
    if content is None:
        return None
    kept = json.loads(unseal(key.encode(), content, mine))
    by_id = {str(question.id): question for question in survey.questions}
    parts = {by_id[id].id: _fitting(by_id[id], *one) for id, one in kept.items() if id in by_id}
    return values_of(survey, {id: rows for id, rows in parts.items() if rows})


def write_draft(session: Session, survey: Survey, key: str, values: Mapping[int, Any], *, new: bool) -> bool:
    """Keep the values of a draft; returns whether they are: a new one may have been made by another window."""
    mine, kinds = _id("draft", survey, key), {question.id: question.kind for question in survey.questions}
    parts = {id: [kinds[id], parts_of(kinds[id], value)] for id, value in values.items()}
    sealed = seal(key.encode(), json.dumps(parts).encode(), mine)
    if not new:
        return session.execute(update(Draft).where(Draft.id == mine).values(content=sealed)).rowcount == 1
    try:
        with session.begin_nested():
            session.add(Draft(id=mine, survey_id=survey.id, content=sealed))
    except IntegrityError:
        return False
    return True


def drop_draft(session: Session, survey: Survey, key: str) -> None:
    session.execute(delete(Draft).where(Draft.id == _id("draft", survey, key)))


def _id(what: str, survey: Survey, key: str) -> str:
    return hashlib.sha256(f"koolle {what} {survey.id} {key}".encode()).hexdigest()[:32]


def _fitting(question: Question, kind: str, rows: list[list]) -> list[Part]:
    if kind != question.kind:
        return []
    choices = {0} if kind in WITHOUT_CHOICES else {choice.id for choice in question.choices}
    return [Part(*row) for row in rows if row[0] in choices]
