"""Know who reads a personal link: keys that can be changed, codes by mail, and that somebody said they are another."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "link_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_keys")),
    )
    op.add_column("personal_links", sa.Column("kid", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("personal_links", sa.Column("not_theirs_at", sa.DateTime(timezone=True)))
    op.create_table(
        "link_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["link_id"], ["personal_links.id"], name=op.f("fk_link_codes_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_link_id"), "link_codes", ["link_id"])
    op.create_index(op.f("ix_link_codes_browser_hash"), "link_codes", ["browser_hash"])


def downgrade() -> None:
    """Links of a later key than the first one open nothing any more."""
    op.drop_table("link_codes")
    op.drop_column("personal_links", "not_theirs_at")
    op.drop_column("personal_links", "kid")
    op.drop_table("link_keys")
