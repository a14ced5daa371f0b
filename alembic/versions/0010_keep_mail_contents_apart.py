"""Keep the bytes of a mail apart from its row, which is written anew each time its state changes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

INDEX = "ix_outgoing_mails_unwritten"
NOT_WRITTEN = {
    True: sa.text("NOT written AND state = 'queued'"),
    False: sa.text("content IS NULL AND state = 'queued'"),
}


def upgrade() -> None:
    op.create_table(
        "mail_contents",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outgoing_mails.id"], name=op.f("fk_mail_contents_mail_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mail_contents")),
    )
    op.execute(
        sa.text(
            "INSERT INTO mail_contents (mail_id, sealed)"
            " SELECT id, content FROM outgoing_mails WHERE content IS NOT NULL"
        )
    )
    op.drop_index(INDEX, "outgoing_mails")
    op.add_column("outgoing_mails", sa.Column("written", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(sa.text("UPDATE outgoing_mails SET written = (content IS NOT NULL)"))
    op.drop_column("outgoing_mails", "content")
    _index(by_mark=True)


def downgrade() -> None:
    op.drop_index(INDEX, "outgoing_mails")
    op.add_column("outgoing_mails", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.execute(
        sa.text(
            "UPDATE outgoing_mails SET content = (SELECT sealed FROM mail_contents WHERE mail_id = outgoing_mails.id)"
        )
    )
    op.drop_column("outgoing_mails", "written")
    op.drop_table("mail_contents")
    _index(by_mark=False)


def _index(*, by_mark: bool) -> None:
    where = NOT_WRITTEN[by_mark]
    op.create_index(INDEX, "outgoing_mails", ["id"], sqlite_where=where, postgresql_where=where)
