from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class Needs(Base):
    """What an invitee has said, by their own will, that they cannot eat and what they need to take part.

    Data on health (GDPR 9): apart from the answer, sealed with the installation's secret (app/needs/sealing.py), and
    gone fourteen days after the event, or as soon as the invitee takes it back. consented_at is when they consented.
    """

    __tablename__ = "needs"

    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitees.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    consented_at: Mapped[datetime] = mapped_column(Instant)
