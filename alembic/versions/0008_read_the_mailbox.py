"""Read the mailbox that answers and bounces come to, and know the addresses to which no mail goes."""

import sqlalchemy as sa
from alembic import op

from app.db import Instant

revision = "0008"
down_revision = "0007"

INCOMING = ["arrived", "waiting", "noted", "taken", "left"]
KINDS = ["reply", "counter", "bounce", "automatic", "other"]


def one_of(name: str, values: list[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "undeliverable_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["outgoing_mails.id"], name=op.f("fk_undeliverable_addresses_mail_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undeliverable_addresses")),
        sa.UniqueConstraint("address", name=op.f("uq_undeliverable_addresses_address")),
    )
    op.create_index(op.f("ix_undeliverable_addresses_mail_id"), "undeliverable_addresses", ["mail_id"])
    op.create_table(
        "mailbox_positions",
        sa.Column("mailbox", sa.String(length=300), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("mailbox_uid", sa.BigInteger(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=True),
        sa.Column("leased_until", Instant(timezone=True), nullable=True),
        sa.Column("read_at", Instant(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_positions")),
    )
    op.create_table(
        "incoming_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("mailbox", sa.String(length=300), nullable=True),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=True),
        sa.Column("mailbox_uid", sa.BigInteger(), nullable=True),
        sa.Column("arrived_at", Instant(timezone=True), nullable=False),
        sa.Column("state", one_of("state", INCOMING), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kind", one_of("kind", KINDS), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("sender", sa.String(length=254), nullable=True),
        sa.Column("sender_name", sa.String(length=200), nullable=True),
        sa.Column("attendee", sa.String(length=254), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("given_at", Instant(timezone=True), nullable=True),
        sa.Column("delegated_to", sa.String(length=254), nullable=True),
        sa.Column("delegate_name", sa.String(length=200), nullable=True),
        sa.Column("proposed_start", Instant(timezone=True), nullable=True),
        sa.Column("proposed_end", Instant(timezone=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("invitee_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_mail_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        *[
            sa.ForeignKeyConstraint([key], [f"{table}.id"], name=op.f(f"fk_incoming_mails_{key}"), ondelete=then)
            for key, table, then in (
                ("event_id", "events", "CASCADE"),
                ("invitee_id", "invitees", "SET NULL"),
                ("outgoing_mail_id", "outgoing_mails", "SET NULL"),
                ("response_id", "responses", "SET NULL"),
            )
        ],
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mails")),
        sa.UniqueConstraint("digest", name=op.f("uq_incoming_mails_digest")),
        sa.UniqueConstraint(
            "mailbox", "uidvalidity", "mailbox_uid", name=op.f("uq_incoming_mails_mailbox_uidvalidity_mailbox_uid")
        ),
    )
    op.create_index("ix_incoming_mails_state", "incoming_mails", ["state", "id"])
    for key in ("event_id", "invitee_id", "outgoing_mail_id", "response_id"):
        op.create_index(op.f(f"ix_incoming_mails_{key}"), "incoming_mails", [key])


def downgrade() -> None:
    for table in ("incoming_mails", "mailbox_positions", "undeliverable_addresses"):
        op.drop_table(table)
