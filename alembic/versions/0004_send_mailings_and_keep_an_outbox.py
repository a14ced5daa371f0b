"""Send mailings, ask anew, call off, and keep an outbox that many may empty."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0004"
down_revision = "0003"

ALONE = {"resolve_fks": False}  # the tables that it refers to have indexes of expressions, which are not reflected
OPEN = sa.text("state IN ('queued', 'sending', 'uncertain')")
UNWRITTEN = sa.text("content IS NULL AND state = 'queued'")
KINDS = {
    "before": ("invitation", "memo", "notice"),
    "after": ("invitation", "update", "cancellation", "reminder", "offer", "memo", "notice"),
}
STATES = {
    "before": ("queued", "sending", "sent", "uncertain", "failed", "withdrawn"),
    "after": ("queued", "sending", "sent", "uncertain", "failed", "bounced", "withdrawn"),
}
CHOICES = {
    "before": ("accepted", "declined", "tentative"),
    "after": ("accepted", "declined", "tentative", "asked", "waiting"),
}
SOURCES = {
    "before": ("link", "calendar", "phone", "letter", "email", "file"),
    "after": ("link", "calendar", "phone", "letter", "email", "file", "update"),
}


def instant() -> sa.types.TypeEngine:
    return app.db.Instant(timezone=True)


def allow(batch_op, table: str, column: str, values: tuple[str, ...]) -> None:
    name = f"ck_{table}_{column}"
    batch_op.drop_constraint(op.f(name), type_="check")
    batch_op.create_check_constraint(op.f(name), sa.column(column).in_(values))


def upgrade() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS["after"], name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("made_at", instant(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=True),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_mailings_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
    )
    op.create_index(op.f("ix_mailings_event_id"), "mailings", ["event_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_at", instant(), nullable=True),
        sa.Column("held_because", sa.String(length=40), nullable=True),
        sa.Column("paused_until", instant(), nullable=True),
        sa.Column("paused_because", sa.Text(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("database_file", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.execute(sa.text("INSERT INTO outbox (id, starts) VALUES (1, 0)"))
    op.create_table(
        "mail_paces",
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("every", sa.Double(), nullable=False),
        sa.Column("not_before", instant(), nullable=False),
        sa.Column("changed_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_mail_paces")),
    )
    op.create_table(
        "mail_workers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("process", sa.Integer(), nullable=False),
        sa.Column("began_at", instant(), nullable=False),
        sa.Column("beat_at", instant(), nullable=False),
        sa.Column("ended_at", instant(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_workers")),
    )
    op.execute(sa.text("UPDATE outgoing_mails SET due_at = leased_until WHERE leased_until IS NOT NULL"))
    op.drop_index("ix_outgoing_mails_due", "outgoing_mails")
    with op.batch_alter_table("outgoing_mails", reflect_kwargs=ALONE) as batch_op:
        batch_op.add_column(sa.Column("mailing_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("domain", sa.String(length=255), server_default="", nullable=False))
        batch_op.add_column(sa.Column("inputs", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("claimed_by", sa.String(length=40), nullable=True))
        batch_op.drop_column("leased_until")
        batch_op.create_foreign_key(
            op.f("fk_outgoing_mails_mailing_id"), "mailings", ["mailing_id"], ["id"], ondelete="CASCADE"
        )
        allow(batch_op, "outgoing_mails", "kind", KINDS["after"])
        allow(batch_op, "outgoing_mails", "state", STATES["after"])
    with op.batch_alter_table("outgoing_mails", reflect_kwargs=ALONE) as batch_op:
        batch_op.alter_column("domain", existing_type=sa.String(length=255), server_default=None)
    mails = sa.table("outgoing_mails", sa.column("id"), sa.column("to_address"), sa.column("domain"))
    known = op.get_bind().execute(sa.select(mails.c.id, mails.c.to_address)).all()
    if known:
        row = sa.bindparam("row")
        to = mails.update().where(mails.c.id == row).values(domain=sa.bindparam("to"))
        op.get_bind().execute(to, [{"row": id, "to": address.rpartition("@")[2].lower()} for id, address in known])
    op.create_index(op.f("ix_outgoing_mails_mailing_id"), "outgoing_mails", ["mailing_id"])
    op.create_index(
        "ix_outgoing_mails_open", "outgoing_mails", ["due_at", "id", "domain"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_outgoing_mails_unwritten", "outgoing_mails", ["id"], sqlite_where=UNWRITTEN, postgresql_where=UNWRITTEN
    )
    with op.batch_alter_table("responses", reflect_kwargs=ALONE) as batch_op:
        allow(batch_op, "responses", "choice", CHOICES["after"])
        allow(batch_op, "responses", "source", SOURCES["after"])
    op.add_column("invitations", sa.Column("cancelled_at", instant(), nullable=True))
    op.add_column("events", sa.Column("cancelled_at", instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("events", "cancelled_at")
    op.drop_column("invitations", "cancelled_at")
    op.execute(sa.text("DELETE FROM responses WHERE choice = 'asked' OR choice = 'waiting' OR source = 'update'"))
    with op.batch_alter_table("responses", reflect_kwargs=ALONE) as batch_op:
        allow(batch_op, "responses", "choice", CHOICES["before"])
        allow(batch_op, "responses", "source", SOURCES["before"])
    for index in ("ix_outgoing_mails_unwritten", "ix_outgoing_mails_open", "ix_outgoing_mails_mailing_id"):
        op.drop_index(index, "outgoing_mails")
    op.execute(sa.text("UPDATE outgoing_mails SET state = 'failed' WHERE state = 'bounced'"))
    op.execute(sa.text("DELETE FROM outgoing_mails WHERE kind NOT IN ('invitation', 'memo', 'notice')"))
    op.execute(sa.text("DELETE FROM outgoing_mails WHERE content IS NULL"))
    with op.batch_alter_table("outgoing_mails", reflect_kwargs=ALONE) as batch_op:
        allow(batch_op, "outgoing_mails", "kind", KINDS["before"])
        allow(batch_op, "outgoing_mails", "state", STATES["before"])
        batch_op.drop_constraint(op.f("fk_outgoing_mails_mailing_id"), type_="foreignkey")
        batch_op.add_column(sa.Column("leased_until", instant(), nullable=True))
        for column in ("mailing_id", "domain", "inputs", "claimed_by"):
            batch_op.drop_column(column)
    op.create_index("ix_outgoing_mails_due", "outgoing_mails", ["state", "due_at"])
    for table in ("mail_workers", "mail_paces", "outbox", "mailings"):
        op.drop_table(table)
