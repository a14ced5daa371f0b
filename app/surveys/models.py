"""The pre-survey of an event: what is asked, and what was answered.

An anonymous sheet has no person, no order and no time. Its id is a hash of a key that only the browser has in which it
was written (`app/surveys/drafts.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, LocalTime, one_of
from app.people.models import LANGUAGES
from app.secretariats.models import OfSecretariat

QUESTION_KINDS = (
    "text", "long_text", "single_choice", "multiple_choice", "scale", "matrix", "ranking", "number", "date", "section",
)  # fmt: skip
LEAST = range(3, 51)  # how few answers an anonymous survey may be set to show
BACKGROUNDS = ("none", "group", "organisation")
Translations = dict[str, dict[str, str]]  # by language and column; replaced as a whole, never changed in place


class Survey(OfSecretariat, Base):
    """The survey of an event, or one kept under a name as a template.

    language: that of the texts that are no translations. least: the fewest answers of which an anonymous survey shows
    anything. background: which class of the one who answers an anonymous sheet carries. opening and closing are the
    secretariat's words in the summary, CommonMark.
    """

    __tablename__ = "surveys"
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (template_name IS NULL)", name="event_or_template"),
        UniqueConstraint("secretariat_id", "template_name", name="uq_surveys_template_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    template_name: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(one_of("language", *LANGUAGES), default="fi")
    title: Mapped[str | None] = mapped_column(String(300))
    introduction: Mapped[str | None] = mapped_column(Text)
    anonymous: Mapped[bool] = mapped_column(default=False)
    attribution: Mapped[str] = mapped_column(one_of("attribution", "group", "person"), default="group")
    background: Mapped[str] = mapped_column(one_of("background", *BACKGROUNDS), default="none")
    least: Mapped[int] = mapped_column(default=5)
    closes_at: Mapped[datetime | None] = mapped_column(LocalTime)
    translations: Mapped[Translations] = mapped_column(JSON, default=dict)
    opening: Mapped[str | None] = mapped_column(Text)
    closing: Mapped[str | None] = mapped_column(Text)

    questions: Mapped[list[Question]] = relationship(
        lazy="raise", order_by="Question.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Question(Base):
    """One question; minimum and maximum bound a scale, a number, a text's length or how many may be chosen.

    A question of kind `section` asks nothing: it heads those that follow it, and they share its condition. The choices
    of a matrix are its rows. low and high say what the ends of a scale mean. A retired question is asked no more.
    shown_if_value is compared with the answer to shown_if_id: a choice's id, or the value itself. comment: the
    secretariat's words below the figures in the summary, CommonMark.
    """

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("survey_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(one_of("kind", *QUESTION_KINDS))
    text: Mapped[str] = mapped_column(Text)
    help: Mapped[str | None] = mapped_column(Text)
    required: Mapped[bool] = mapped_column(default=False)
    minimum: Mapped[float | None]
    maximum: Mapped[float | None]
    low: Mapped[str | None] = mapped_column(String(200))
    high: Mapped[str | None] = mapped_column(String(200))
    shown_if_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"), index=True)
    shown_if_value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    retired: Mapped[bool] = mapped_column(default=False)
    translations: Mapped[Translations] = mapped_column(JSON, default=dict)
    comment: Mapped[str | None] = mapped_column(Text)

    choices: Mapped[list[Choice]] = relationship(
        lazy="raise", order_by="Choice.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Choice(Base):
    """What can be chosen, or a row of a matrix. open: with a line of the person's own words ("other, what?");
    retired: not offered any more, though somebody has chosen it."""

    __tablename__ = "choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    open: Mapped[bool] = mapped_column(default=False)
    retired: Mapped[bool] = mapped_column(default=False)
    translations: Mapped[Translations] = mapped_column(JSON, default=dict)


class Sheet(Base):
    """One person's answers. Its id is, on SQLite, its only order. sent: the person has pressed the button, and not only
    begun; background: the class of an anonymous one, where the survey gathers it and the class is large enough: the
    group's or organisation's id (`app/surveys/backgrounds.py`)."""

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("survey_id", "person_id"),
        Index("ix_sheets_survey_id_id", "survey_id", "id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    sent: Mapped[bool] = mapped_column(default=True)
    background: Mapped[str | None] = mapped_column(String(40))

    answers: Mapped[list[Answer]] = relationship(lazy="raise", cascade="all, delete-orphan", passive_deletes=True)


class Draft(Base):
    """An anonymous sheet that is being written: sealed with the key of the browser in which it is, which is not here,
    and gone when it is sent (`app/surveys/drafts.py`). Its id has nothing in common with the sheet's."""

    __tablename__ = "drafts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Answer(Base):
    """An answer, or a part of one (`app/surveys/parts.py`), so that the database itself can count.

    part: the choice, or the matrix's row; 0 where the question has none. number: a scale's step, a number, a place in a
    ranking. text: what was written, an ISO date, what an open choice says.
    """

    __tablename__ = "answers"
    __table_args__ = (
        Index("ix_answers_question_id_part_number", "question_id", "part", "number"),
        {"sqlite_with_rowid": False},
    )

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheets.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    number: Mapped[float | None]
    text: Mapped[str | None] = mapped_column(Text)


class SurveyParticipation(Base):
    """That a person has answered an anonymous survey; never what."""

    __tablename__ = "survey_participations"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


class SurveyVersion(Base):
    """The form as it was until an edit that was made after somebody had answered (`app/surveys/versions.py`)."""

    __tablename__ = "survey_versions"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    replaced_at: Mapped[datetime] = mapped_column(Instant)
    replaced_by: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnswerTheme(Base):
    """What several answers to one question are about, in the secretariat's words."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))


def _of_an_answer() -> ForeignKeyConstraint:
    key = ["sheet_id", "question_id", "part"]
    return ForeignKeyConstraint(key, [f"answers.{column}" for column in key], ondelete="CASCADE")


class ThemedAnswer(Base):
    """That an answer speaks of a theme; it may speak of several."""

    __tablename__ = "themed_answers"
    __table_args__ = (_of_an_answer(), {"sqlite_with_rowid": False})

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True)
    sheet_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    part: Mapped[int] = mapped_column(primary_key=True)


class Quote(Base):
    """A written answer that the secretariat has chosen for the summary; where none is chosen, all are printed."""

    __tablename__ = "quotes"
    __table_args__ = (_of_an_answer(), {"sqlite_with_rowid": False})

    sheet_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    part: Mapped[int] = mapped_column(primary_key=True)
