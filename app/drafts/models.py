from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant
from app.secretariats.models import OfSecretariat


class FormDraft(OfSecretariat, Base):
    """What somebody has typed into a form and not saved yet; one for each account and form.

    form: the address that the form is sent to. sealed: its fields (app/drafts/sealing.py). page and turn: the page that
    sent them, and how many times it had; an older turn never takes the place of a newer one of the same page.
    """

    __tablename__ = "form_drafts"
    __table_args__ = (UniqueConstraint("account_id", "secretariat_id", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    form: Mapped[str] = mapped_column(String(300))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    page: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
