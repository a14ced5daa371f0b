from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, one_of


class PersonalLink(Base):
    """One person's link to one event for one purpose: `invitation` (answer, survey, papers) or `papers` alone.

    Only the hash of the token is kept; the token is derived anew from the installation's secret (app/links/tokens.py).
    version 2 and up are renewals; a revoked link stays dead.
    """

    __tablename__ = "personal_links"
    __table_args__ = (UniqueConstraint("event_id", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(one_of("purpose", "invitation", "papers"))
    version: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
