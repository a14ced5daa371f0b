"""The page on which what was written to one question is read and sorted into themes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.errors import NotFound
from app.events.models import Event
from app.forms import key_of
from app.people.paging import Page, page_at, page_number
from app.surveys.figures import counted_answers, left_out, sheet_counts
from app.surveys.models import Answer, Question, Survey, ThemedAnswer
from app.surveys.tally import may_show
from app.surveys.texts import Written, has_texts, read, texts_to
from app.surveys.theming import Key, ThemeCount, mark_of, theme_counts, themed

MOST = 20  # texts of one question on one page
UNSORTED = "none"


@dataclass(frozen=True)
class Read:
    """One answer as the page shows it: its name in the form, its words, its themes, whether the summary quotes it."""

    mark: str
    text: str
    whose: str | None
    themes: Collection[int]
    quoted: bool


@dataclass(frozen=True)
class TextsPage:
    """texts: one page of them, as filtered; themes with how many answers each; total: of all, unsorted: in no theme."""

    texts: Page[Read]
    themes: list[ThemeCount]
    total: int
    unsorted: int
    told: bool


def texts_question(survey: Survey, question_id: int) -> Question:
    """Return a question whose answers are read one by one; raises NotFound for any other."""
    for question in survey.questions:
        if question.id == question_id and has_texts(survey, question) and question.kind != "number":
            return question
    raise NotFound


def texts_page(
    session: Session, survey: Survey, event: Event, question: Question, closed: bool, *, theme: str = "", page: str = ""
) -> TextsPage:
    """Return a page of what was written, in at most nine statements; theme: an id, `none` for what has no theme yet."""
    if not may_read(session, survey, question, closed):
        return TextsPage(page_at([], 0, 1), [], 0, 0, told=False)
    everything = texts_to(survey, question, left_out(session, survey, closed))
    wanted, total = _filtered(everything, theme), _size(session, everything)
    found = _size(session, wanted) if theme else total
    here = page_number(found, page, MOST)
    texts = read(session, survey, event, wanted.offset((here - 1) * MOST).limit(MOST).subquery())
    rows = _read(session, question, texts.get(question.id, []))
    return TextsPage(
        texts=page_at(rows, found, here, MOST),
        themes=theme_counts(session, survey, closed)[question.id],
        total=total,
        unsorted=_size(session, _filtered(everything, UNSORTED)),
        told=True,
    )


def may_read(session: Session, survey: Survey, question: Question, closed: bool) -> bool:
    """Whether what was written to a question may be read: of an anonymous survey not before it has closed, and not of
    fewer than `survey.least`."""
    if not survey.anonymous:
        return True
    if not may_show(survey, closed) or sheet_counts(session, survey, closed)[0] < survey.least:
        return False
    sheets = select(func.count(Answer.sheet_id.distinct())).where(Answer.question_id == question.id)
    return session.scalar(counted_answers(sheets, left_out(session, survey, closed))) >= survey.least


def posted_sorting(
    question: Question, keys: Iterable[Key], posted: FormData
) -> tuple[dict[Key, set[int]], dict[Key, set[int]], set[Key], set[Key]]:
    """Return what a form was made from and what it says now: themes before and after, quotes before and after; only of
    answers that the form showed and that are still there."""
    by_mark = {mark_of(question.id, key): key for key in keys}
    shown = {mark: by_mark[mark] for mark in map(str, posted.getlist("shown")) if mark in by_mark}
    before = {key: _ids(str(posted.get(f"was-{mark}", "")).split(",")) for mark, key in shown.items()}
    after = {key: _ids(posted.getlist(f"themes-{mark}")) for mark, key in shown.items()}
    was = {key for mark, key in shown.items() if posted.get(f"quoted-{mark}")}
    quoted = {key for mark, key in shown.items() if posted.get(f"quote-{mark}")}
    return before, after, was, quoted


def answer_keys(session: Session, question: Question) -> list[Key]:
    """Return the keys of all answers to a question."""
    query = select(Answer.sheet_id, Answer.part).where(Answer.question_id == question.id)
    return [(sheet, part) for sheet, part in session.execute(query)]


def _ids(values: Iterable[object]) -> set[int]:
    return {key for key in map(key_of, values) if key is not None}


def _filtered(query: Select[Any], theme: str) -> Select[Any]:
    there = exists().where(
        ThemedAnswer.sheet_id == Answer.sheet_id,
        ThemedAnswer.question_id == Answer.question_id,
        ThemedAnswer.part == Answer.part,
    )
    if theme == UNSORTED:
        return query.where(~there)
    return query.where(there.where(ThemedAnswer.theme_id == (key_of(theme) or 0))) if theme else query


def _size(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))


def _read(session: Session, question: Question, texts: list[Written]) -> list[Read]:
    themes: Mapping[Key, set[int]]
    themes, quoted = themed(session, question, [one.sheet for one in texts])
    return [
        Read(
            mark_of(question.id, (one.sheet, one.part)), one.text, one.whose,
            themes.get((one.sheet, one.part), set()), (one.sheet, one.part) in quoted,
        )
        for one in texts
    ]  # fmt: skip
