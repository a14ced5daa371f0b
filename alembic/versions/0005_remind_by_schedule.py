"""Remind by schedule, once each."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "about",
            sa.Enum("answer", "survey", name="about", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("days_before", sa.Integer(), nullable=True),
        sa.Column("clock", sa.String(length=5), nullable=True),
        sa.Column("sent_at", app.db.Instant(timezone=True), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_reminders_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index(op.f("ix_reminders_event_id"), "reminders", ["event_id"])


def downgrade() -> None:
    op.drop_table("reminders")
