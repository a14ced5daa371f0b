"""Nothing: its place is taken by a migration that is being written elsewhere."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
