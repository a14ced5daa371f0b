"""Keep the personal links of people who turned out to be one."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ONE = "uq_personal_links_event_id_person_id_purpose"
COLUMNS = ["event_id", "person_id", "purpose"]
ALONE = {"resolve_fks": False}  # the tables that it refers to have indexes of expressions, which are not reflected


def upgrade() -> None:
    with op.batch_alter_table("personal_links", reflect_kwargs=ALONE) as batch_op:
        batch_op.add_column(sa.Column("former", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(op.f(ONE), type_="unique")
    current = sa.text("NOT former")
    op.create_index(ONE, "personal_links", COLUMNS, unique=True, sqlite_where=current, postgresql_where=current)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM personal_links WHERE former"))
    op.drop_index(ONE, "personal_links")
    with op.batch_alter_table("personal_links", reflect_kwargs=ALONE) as batch_op:
        batch_op.create_unique_constraint(op.f(ONE), COLUMNS)
        batch_op.drop_column("former")
