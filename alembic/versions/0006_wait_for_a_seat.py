"""Keep seats for people, and let others wait for one."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0006"
down_revision = "0005"

OPEN = sa.text("state = 'open'")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitee_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", app.db.Instant(timezone=True), nullable=True),
        sa.Column("state", one_of("state", "open", "taken", "declined", "expired", "withdrawn"), nullable=False),
        sa.Column("made_by", one_of("made_by", "automatic", "hand", "place"), nullable=False),
        sa.ForeignKeyConstraint(["invitee_id"], ["invitees.id"], name=op.f("fk_offers_invitee_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_invitee_id"), "offers", ["invitee_id"])
    op.create_index("uq_offers_open", "offers", ["invitee_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    # not in a batch: SQLite would make the table anew, and all that belongs to events would go with the old one
    op.add_column("events", sa.Column("offers_by", sa.String(length=20), server_default="automatic", nullable=False))
    op.add_column("events", sa.Column("offer_hours", sa.Integer(), server_default="24", nullable=False))


def downgrade() -> None:
    op.drop_column("events", "offer_hours")
    op.drop_column("events", "offers_by")
    op.drop_table("offers")
