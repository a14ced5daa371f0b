"""Hold by a key what an issued memo hands out beside its pages: a file to which no row refers is erased."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ISSUES = sa.table("memo_issues", sa.column("id", sa.Integer), sa.column("fields", sa.JSON))
STORED = sa.table("stored_files", sa.column("sha256", sa.String))


def upgrade() -> None:
    held = op.create_table(
        "memo_issue_files",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["memo_issues.id"], name=op.f("fk_memo_issue_files_issue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_files.sha256"], name=op.f("fk_memo_issue_files_sha256")),
        sa.PrimaryKeyConstraint("issue_id", "sha256", name=op.f("pk_memo_issue_files")),
    )
    op.create_index(op.f("ix_memo_issue_files_sha256"), "memo_issue_files", ["sha256"])
    connection = op.get_bind()
    there = set(connection.scalars(sa.select(STORED.c.sha256)))
    rows = [
        {"issue_id": issue_id, "sha256": sha256}
        for issue_id, fields in connection.execute(
            sa.select(ISSUES.c.id, ISSUES.c.fields), execution_options={"yield_per": 100}
        )
        for sha256 in sorted(_named(fields) & there)
    ]
    if rows:
        op.bulk_insert(held, rows)


def _named(fields: dict) -> set[str]:
    named = [*fields.get("attachments", []), fields.get("docx", {})]
    return {one["sha256"] for one in named if "sha256" in one}


def downgrade() -> None:
    op.drop_table("memo_issue_files")
