from __future__ import annotations

from sqlalchemy import ColumnElement, ForeignKey, Index, Integer, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.db import Base, one_of

ROLES = ("owner", "secretary", "viewer", "auditor")


class Secretariat(Base):
    """Those who convene together, for one convening body or several: one address book, one set of events.

    What one secretariat keeps, no other sees. Organisations are everybody's.
    """

    __tablename__ = "secretariats"
    __table_args__ = (Index("uq_secretariats_name", text("lower(name)"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class Role(Base):
    """What an account may do in a secretariat (app/secretariats/policy.py)."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("account_id", "secretariat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariats.id"), index=True)
    role: Mapped[str] = mapped_column(one_of("role", *ROLES))


class OfSecretariat:
    """What belongs to one secretariat: given by the session that adds it (scope.py), else the oldest's."""

    @declared_attr
    def secretariat_id(cls) -> Mapped[int]:
        oldest = select(Secretariat.id).order_by(Secretariat.id).limit(1).scalar_subquery()
        return mapped_column(Integer, ForeignKey("secretariats.id"), default=oldest, index=True)

    @classmethod
    def kept_by(cls, secretariat_id: int) -> ColumnElement[bool]:
        return cls.secretariat_id == secretariat_id


class OfEvent:
    """What an event has, and is also looked for without it: seen by whoever sees the event."""

    @classmethod
    def kept_by(cls, secretariat_id: int) -> ColumnElement[bool]:
        events = Base.metadata.tables["events"].c
        own = select(events.id).where(events.secretariat_id == secretariat_id)
        return cls.event_id.in_(own.correlate(None))  # on its own also where the statement is about events
