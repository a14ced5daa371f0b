"""Keep what invitees need apart and sealed, and note what was erased."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0017"
down_revision = "0016"

ON_EVENTS = ("diet_asked", "access_asked", "erased_at", "held_until", "held_because")


def upgrade() -> None:
    for asked in ON_EVENTS[:2]:
        op.add_column("events", sa.Column(asked, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("events", sa.Column("erased_at", app.db.Instant(timezone=True)))
    op.add_column("events", sa.Column("held_until", sa.Date()))
    op.add_column("events", sa.Column("held_because", sa.String(length=500)))
    op.add_column("people", sa.Column("unneeded_since", sa.Date()))
    op.create_table(
        "needs",
        sa.Column("invitee_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("consented_at", app.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitee_id"], ["invitees.id"], name=op.f("fk_needs_invitee_id_invitees"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("invitee_id", name=op.f("pk_needs")),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("erased_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("secretariat_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_erasures_event_id_events"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["secretariat_id"], ["secretariats.id"], name=op.f("fk_erasures_secretariat_id_secretariats")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    for column in ("event_id", "erased_at", "secretariat_id"):
        op.create_index(op.f(f"ix_erasures_{column}"), "erasures", [column])


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("needs")
    op.drop_column("people", "unneeded_since")
    for column in reversed(ON_EVENTS):
        op.drop_column("events", column)
