from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant
from app.secretariats.models import OfSecretariat


class Erasure(OfSecretariat, Base):
    """What was erased by which rule (app/privacy/retention.py) and when: how many rows, of which event; no more."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    erased_at: Mapped[datetime] = mapped_column(Instant, index=True)
    erased: Mapped[int] = mapped_column(Integer)
