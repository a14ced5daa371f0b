"""The pre-survey of an event. An anonymous sheet has no person, no order and no time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, LocalTime, one_of

QUESTION_KINDS = (
    "text", "long_text", "single_choice", "multiple_choice", "scale", "ranking", "number", "date",
)  # fmt: skip


class Survey(Base):
    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), unique=True)
    title: Mapped[str | None] = mapped_column(String(300))
    introduction: Mapped[str | None] = mapped_column(Text)
    anonymous: Mapped[bool] = mapped_column(default=False)
    attribution: Mapped[str] = mapped_column(one_of("attribution", "group", "person"), default="group")
    closes_at: Mapped[datetime | None] = mapped_column(LocalTime)

    questions: Mapped[list[Question]] = relationship(
        lazy="raise", order_by="Question.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Question(Base):
    """One question; minimum and maximum bound a scale, a number, a text's length or how many may be chosen.

    shown_if_value is compared with the answer to shown_if_id: a choice's id, or the value itself.
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
    shown_if_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"), index=True)
    shown_if_value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)

    choices: Mapped[list[Choice]] = relationship(
        lazy="raise", order_by="Choice.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Choice(Base):
    __tablename__ = "choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Sheet(Base):
    """One person's answers. Its id is random and, on SQLite, its only order."""

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("survey_id", "person_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    answers: Mapped[list[Answer]] = relationship(lazy="raise", cascade="all, delete-orphan", passive_deletes=True)


class Answer(Base):
    """value by the question's kind: text, number, ISO date, a choice's id, or a list of choices' ids."""

    __tablename__ = "answers"
    __table_args__ = (CheckConstraint("value IS NOT NULL", name="has_value"), {"sqlite_with_rowid": False})

    sheet_id: Mapped[str] = mapped_column(ForeignKey("sheets.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True))


class SurveyParticipation(Base):
    """That a person has answered an anonymous survey; never what."""

    __tablename__ = "survey_participations"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
