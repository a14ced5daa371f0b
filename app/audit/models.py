from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, one_of

ACTORS = ("account", "link", "command", "nobody")


class AuditEntry(Base):
    """Who did what to what, when, and from which address; written once, and never changed: the database refuses.

    number counts without gaps. actor says what kind of actor it is, actor_id which: an account's address, a link's
    public id, a command's name. act is the address that was posted to, about the keys in it and the button that was
    pressed; of a role also whose it is, by the colleague's address, and what it was before. digest chains the entry to
    the one before (app/audit/chain.py).
    """

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(one_of("actor", *ACTORS))
    actor_id: Mapped[str | None] = mapped_column(String(254))
    act: Mapped[str] = mapped_column(String(120), index=True)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    address: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
