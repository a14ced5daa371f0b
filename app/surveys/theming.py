"""Groups written answers into themes, and chooses those that the summary quotes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.errors import Invalid, NotFound
from app.language import gettext as _
from app.surveys.figures import counts
from app.surveys.models import AnswerTheme, Question, Quote, Sheet, Survey, ThemedAnswer

MOST_THEMES = 100
Key = tuple[str, int]  # the sheet and the part of an answer to a question


@dataclass(frozen=True)
class ThemeCount:
    """A theme, and how many answers that count speak of it."""

    id: int
    title: str
    answers: int


def theme_counts(session: Session, survey: Survey, closed: bool) -> dict[int, list[ThemeCount]]:
    """Return the themes of each question of a survey, in order; one statement."""
    query = (
        select(AnswerTheme.id, AnswerTheme.question_id, AnswerTheme.title, func.count(Sheet.id))
        .join(Question, Question.id == AnswerTheme.question_id)
        .outerjoin(ThemedAnswer, ThemedAnswer.theme_id == AnswerTheme.id)
        .outerjoin(Sheet, and_(Sheet.id == ThemedAnswer.sheet_id, counts(survey, closed)))
        .where(Question.survey_id == survey.id)
        .group_by(AnswerTheme.id, AnswerTheme.question_id, AnswerTheme.title, AnswerTheme.position)
        .order_by(AnswerTheme.position, AnswerTheme.id)
    )
    found: dict[int, list[ThemeCount]] = defaultdict(list)
    for id, question, title, answers in session.execute(query):
        found[question].append(ThemeCount(id, title, answers))
    return found


def mark_of(question_id: int, key: Key) -> str:
    """Return the name of an answer in a form. It says nothing of the sheet: two answers of one sheet cannot be told to
    belong together by the pages of their questions."""
    return hashlib.sha256(f"{question_id} {key[0]} {key[1]}".encode()).hexdigest()[:20]


def themed(session: Session, question: Question, sheets: Collection[str]) -> tuple[dict[Key, set[int]], set[Key]]:
    """Return of each answer of these sheets to a question the themes, and which of them are quoted."""
    columns = ThemedAnswer.sheet_id, ThemedAnswer.part, ThemedAnswer.theme_id
    mine = ThemedAnswer.question_id == question.id, ThemedAnswer.sheet_id.in_(sheets)
    themes: dict[Key, set[int]] = defaultdict(set)
    for sheet, part, theme in session.execute(select(*columns).where(*mine)):
        themes[sheet, part].add(theme)
    chosen = select(Quote.sheet_id, Quote.part).where(Quote.question_id == question.id, Quote.sheet_id.in_(sheets))
    return themes, {(sheet, part) for sheet, part in session.execute(chosen)}


def add_theme(session: Session, question: Question, title: str | None) -> AnswerTheme:
    """Store a new theme at the end; raises Invalid for a title that another theme of the question has, or none."""
    there = themes_of(session, question)
    _check(there, title)
    if len(there) >= MOST_THEMES:
        raise Invalid([("title", _("There may be at most %(most)s themes.") % {"most": MOST_THEMES})])
    theme = AnswerTheme(question_id=question.id, title=title, position=max((t.position for t in there), default=-1) + 1)
    session.add(theme)
    session.flush()
    return theme


def theme_of(session: Session, question: Question, theme_id: int) -> AnswerTheme:
    """Return one theme of a question; raises NotFound."""
    return _theme(themes_of(session, question), theme_id)


def rename_theme(session: Session, question: Question, theme_id: int, title: str | None) -> None:
    """Give a theme another title; raises Invalid as `add_theme` does."""
    there = themes_of(session, question)
    theme = _theme(there, theme_id)
    _check([other for other in there if other is not theme], title)
    theme.title = title
    session.flush()


def move_theme(session: Session, question: Question, theme_id: int, steps: int) -> None:
    """Move a theme up (negative) or down, not past the ends."""
    there = themes_of(session, question)
    theme = _theme(there, theme_id)
    place = there.index(theme)
    there.remove(theme)
    there.insert(max(place + steps, 0), theme)
    for position, other in enumerate(there):
        other.position = position
    session.flush()


def remove_theme(session: Session, question: Question, theme_id: int) -> None:
    """Delete a theme; the answers that had it stay."""
    session.delete(_theme(themes_of(session, question), theme_id))
    session.flush()


def themes_of(session: Session, question: Question) -> list[AnswerTheme]:
    """Return a question's themes in order."""
    query = select(AnswerTheme).where(AnswerTheme.question_id == question.id)
    return list(session.scalars(query.order_by(AnswerTheme.position, AnswerTheme.id)))


def sort_answers(
    session: Session, question: Question, was: Mapping[Key, Collection[int]], ticked: Mapping[Key, Collection[int]]
) -> None:
    """Store what has changed between two states of the ticks: what somebody else has ticked meanwhile stays.

    was, ticked: the themes of each answer that the form showed. Themes that are gone meanwhile are left out.
    """
    known = {theme.id for theme in themes_of(session, question)}
    for key in was:
        before, after = set(was[key]), set(ticked.get(key, ()))
        if gone := before - after:
            mine = _is(ThemedAnswer, question, key)
            session.execute(delete(ThemedAnswer).where(*mine, ThemedAnswer.theme_id.in_(gone)))
        rows = [{"theme_id": theme, **_row(question, key)} for theme in sorted((after - before) & known)]
        _add(session, ThemedAnswer, rows)


def choose_quotes(session: Session, question: Question, was: Collection[Key], ticked: Collection[Key]) -> None:
    """Store which answers the summary quotes, as `sort_answers` does."""
    for key in set(was) - set(ticked):
        session.execute(delete(Quote).where(*_is(Quote, question, key)))
    _add(session, Quote, [_row(question, key) for key in sorted(set(ticked) - set(was))])


def _row(question: Question, key: Key) -> dict[str, object]:
    return {"sheet_id": key[0], "question_id": question.id, "part": key[1]}


def _is(table, question: Question, key: Key) -> Sequence[object]:
    return table.question_id == question.id, table.sheet_id == key[0], table.part == key[1]


def _add(session: Session, table, rows: Sequence[dict[str, object]]) -> None:
    """Insert what is not there yet."""
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))


def _theme(there: Iterable[AnswerTheme], theme_id: int) -> AnswerTheme:
    for theme in there:
        if theme.id == theme_id:
            return theme
    raise NotFound


def _check(others: Iterable[AnswerTheme], title: str | None) -> None:
    if not title:
        raise Invalid([("title", _("Write what the theme is called."))])
    if title.casefold() in {other.title.casefold() for other in others}:
        raise Invalid([("title", _("There is a theme of this name already."))])
