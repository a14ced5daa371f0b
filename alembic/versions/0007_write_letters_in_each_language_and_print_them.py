"""Write the letter in each language, keep letters as templates, and open a page by the code of a printed letter."""

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0007"
down_revision = "0006"

ALONE = {"resolve_fks": False}  # the tables that it refers to have indexes of expressions, which are not reflected
LANGUAGES = ("fi", "sv", "en")
KINDS = ("invitation", "reminder", "update", "cancellation")
letters = sa.table("invitation_letters", *map(sa.column, ("event_id", "language", "subject", "body")))
events = sa.table("events", sa.column("id"), sa.column("language"))


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def make_letters(*key: sa.Column) -> None:
    """The table of letters with its key; SQLite cannot change the key of one that is there."""
    op.drop_table("invitation_letters")
    op.create_table(
        "invitation_letters",
        sa.Column("event_id", sa.Integer(), nullable=False),
        *key,
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_invitation_letters_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", *(column.name for column in key), name=op.f("pk_invitation_letters")),
    )


def upgrade() -> None:
    query = sa.select(letters.c.event_id, events.c.language, letters.c.subject, letters.c.body)
    kept = op.get_bind().execute(query.join(events, events.c.id == letters.c.event_id)).mappings().all()
    make_letters(sa.Column("language", one_of("language", *LANGUAGES), nullable=False))
    op.bulk_insert(letters, [dict(row) for row in kept])
    op.create_table(
        "letter_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", one_of("kind", *KINDS), nullable=False),
        sa.Column("language", one_of("language", *LANGUAGES), nullable=False),
        sa.Column("convener_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["convener_id"], ["groups.id"], name=op.f("fk_letter_templates_convener_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_templates")),
    )
    op.create_index(op.f("ix_letter_templates_convener_id"), "letter_templates", ["convener_id"])
    op.add_column("invitations", sa.Column("printed_at", app.db.Instant(timezone=True), nullable=True))
    with op.batch_alter_table("personal_links", reflect_kwargs=ALONE) as batch_op:
        batch_op.add_column(sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_personal_links_code_hash"), ["code_hash"])


def downgrade() -> None:
    with op.batch_alter_table("personal_links", reflect_kwargs=ALONE) as batch_op:
        batch_op.drop_constraint(op.f("uq_personal_links_code_hash"), type_="unique")
        batch_op.drop_column("code_hash")
    op.drop_column("invitations", "printed_at")
    op.drop_table("letter_templates")
    query = sa.select(letters.c.event_id, letters.c.subject, letters.c.body)
    own = sa.and_(events.c.id == letters.c.event_id, events.c.language == letters.c.language)
    kept = op.get_bind().execute(query.join(events, own)).mappings().all()
    make_letters()
    op.bulk_insert(letters, [dict(row) for row in kept])
