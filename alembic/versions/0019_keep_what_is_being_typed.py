"""Keep what is being typed into a form, until it is saved: sealed, one for each account and form."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secretariat_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=300), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_form_drafts_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["secretariat_id"], ["secretariats.id"], name=op.f("fk_form_drafts_secretariat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_drafts")),
        sa.UniqueConstraint(
            "account_id", "secretariat_id", "form", name=op.f("uq_form_drafts_account_id_secretariat_id_form")
        ),
    )
    op.create_index(op.f("ix_form_drafts_secretariat_id"), "form_drafts", ["secretariat_id"])


def downgrade() -> None:
    """What was being typed and not saved is lost."""
    op.drop_table("form_drafts")
