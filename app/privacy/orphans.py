"""Stored contents that nothing refers to any more."""

from __future__ import annotations

from sqlalchemy import delete, exists, or_
from sqlalchemy.orm import Session

from app.db import Base
from app.files.models import StoredFile


def erase_orphans(session: Session) -> int:
    """Erase the stored files to which no row refers, by every foreign key that there is; returns how many."""
    table = StoredFile.__table__
    keys = [key for other in Base.metadata.sorted_tables for key in other.foreign_keys if key.column.table is table]
    used = [exists().where(key.parent == StoredFile.sha256) for key in keys]
    return session.execute(delete(StoredFile).where(~or_(*used))).rowcount
