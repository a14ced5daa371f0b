"""Imports into the address book, each with its rows, so that it can be left, come back to, and taken back whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, Instant, one_of

KINDS = ("xlsx", "csv", "vcard", "pasted")
STATES = (
    "reading",  # the rows are being read out of the source
    "choosing",  # a person says what the columns are
    "checking",  # every row is compared with the address book
    "checked",  # the preview waits for the press that brings it in
    "bringing_in",
    "done",
    "undoing",
    "undone",
    "failed",  # the source could not be read; `problem` says why
)
OUTCOMES = ("new", "known", "changed", "refused")


class Import(Base):
    """One file or paste on its way into the address book.

    total and done count the rows of the state's work. columns has, for each column of the source, the field that it
    is, or None. options: what to do with unknown organisations, with what differs, and whom to place in which group.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS))
    name: Mapped[str | None] = mapped_column(String(255))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="reading", index=True)
    problem: Mapped[str | None] = mapped_column(Text)
    columns: Mapped[list[str | None]] = mapped_column(JSON, default=list)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    source: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class ImportRow(Base):
    """One row of an import: as it was in the source, what it would do, and what it did.

    before has, by column, what the person's row held before this one changed it; made has the ids of what it added.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_import_rows_import_id_outcome", "import_id", "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    cells: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[str | None] = mapped_column(one_of("outcome", *OUTCOMES))
    left_out: Mapped[bool] = mapped_column(default=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    matched_by: Mapped[str | None] = mapped_column(one_of("matched_by", "address", "name_and_organisation"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
