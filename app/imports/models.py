"""Imports into the address book, each with its rows, so that it can be left, come back to, and taken back whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.accounts.models import Account
from app.db import Base, Instant, one_of
from app.people.models import Person
from app.secretariats.models import OfSecretariat

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


class Import(OfSecretariat, Base):
    """One file or paste on its way into the address book.

    The rows are numbered as in the source. total is the number of the last one; done is the number up to which the
    state's work has come, and while it is undone the number from which it still has to be. headings is the first row
    where that holds headings. columns has, for each column of the source, the field that it is, or None. counts says,
    in words of its own (`added`, `changed`, …), what was planned or done. problem is a code and its values.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(one_of("kind", *KINDS))
    name: Mapped[str | None] = mapped_column(String(255))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(one_of("state", *STATES), default="reading", index=True)
    problem: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    columns: Mapped[list[str | None]] = mapped_column(JSON, default=list)
    headings: Mapped[list[str]] = mapped_column(JSON, default=list)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    source: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    account: Mapped[Account | None] = relationship(lazy="raise")


class ImportRow(Base):
    """One row of an import: as it was in the source, what it would do, and what it did.

    faults are (column or None, code, values), found while it was read. mended holds the fields that a person has
    corrected on the preview, and as `person` the id of whom the row was said to be. same is equal for rows that mean
    the same person. values has the fields as they will be stored, and what is planned; problems are (field, code,
    values).
    before has, by column, what the person's row held before this one changed it; made has the ids of what it added.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_import_rows_import_id_outcome", "import_id", "outcome"),
        Index("ix_import_rows_import_id_same", "import_id", "same"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    cells: Mapped[list[str]] = mapped_column(JSON)
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)
    mended: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    same: Mapped[str | None] = mapped_column(String(32))
    outcome: Mapped[str | None] = mapped_column(one_of("outcome", *OUTCOMES))
    doubtful: Mapped[bool] = mapped_column(default=False)
    left_out: Mapped[bool] = mapped_column(default=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    matched_by: Mapped[str | None] = mapped_column(one_of("matched_by", "address", "name_and_organisation", "choice"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    person: Mapped[Person | None] = relationship(lazy="raise")
