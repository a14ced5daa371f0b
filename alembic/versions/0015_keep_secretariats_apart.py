"""Keep secretariats apart: what there was belongs to the first one, and whoever signs in owns it."""

import re

import sqlalchemy as sa
from alembic import op

from app.reshaping import on_sqlite, remade, values_of

revision = "0015"
down_revision = "0014"

KEEPS = ("people", "groups", "distribution_lists", "events", "surveys", "imports", "letter_templates")
NAMED = (
    ("people", "uq_people_email", "lower(email)"),
    ("groups", "uq_groups_name", "lower(name)"),
    ("distribution_lists", "uq_distribution_lists_name", "lower(name)"),
    ("events", "uq_events_template", "template"),
)  # fmt: skip
FIRST = "Sihteeristö"
MAILS = ("invitation", "update", "cancellation", "reminder", "offer", "memo", "notice", "comments")
ALONE = ("account", "code", "changed")


def named(columns: str) -> None:
    """Let what must differ differ within `columns` and the name."""
    for table, index, name in NAMED:
        op.execute(f"DROP INDEX {index}")
        op.execute(f"CREATE UNIQUE INDEX {index} ON {table} ({columns}{name})")


def upgrade() -> None:
    op.create_table(
        "secretariats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secretariats")),
    )  # fmt: skip
    op.execute("CREATE UNIQUE INDEX uq_secretariats_name ON secretariats (lower(name))")
    op.execute(f"INSERT INTO secretariats (name) VALUES ('{FIRST}')")  # noqa: S608, a constant above
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secretariat_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner", "secretary", "viewer", "auditor", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_roles_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["secretariat_id"], ["secretariats.id"], name=op.f("fk_roles_secretariat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("account_id", "secretariat_id", name=op.f("uq_roles_account_id_secretariat_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_roles_secretariat_id"), "roles", ["secretariat_id"])
    first = "(SELECT min(id) FROM secretariats)"
    op.execute(
        f"INSERT INTO roles (account_id, secretariat_id, role) SELECT id, {first}, 'owner' FROM accounts"  # noqa: S608, `first` is two lines above
    )
    for table in KEEPS:
        keep(table)
        op.create_index(op.f(f"ix_{table}_secretariat_id"), table, ["secretariat_id"])
    named("secretariat_id, ")
    reference = "CONSTRAINT fk_account_sessions_secretariat_id REFERENCES secretariats (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE account_sessions ADD COLUMN secretariat_id INTEGER {reference}")
    op.execute(f"UPDATE account_sessions SET secretariat_id = {first}")  # noqa: S608, as above
    if on_sqlite():
        remade("surveys", lambda made: made.replace("UNIQUE (template_name)", "UNIQUE (secretariat_id, template_name)"))
    else:
        op.drop_constraint(op.f("uq_surveys_template_name"), "surveys", type_="unique")
        op.create_unique_constraint(op.f("uq_surveys_template_name"), "surveys", ["secretariat_id", "template_name"])

    values_of("outgoing_mails", "kind", MAILS, (*MAILS, *ALONE))


def keep(table: str) -> None:
    """Let all rows of a table belong to the first secretariat."""
    reference = f"CONSTRAINT fk_{table}_secretariat_id REFERENCES secretariats (id)"
    if on_sqlite():
        op.execute(f"ALTER TABLE {table} ADD COLUMN secretariat_id INTEGER NOT NULL DEFAULT 1 {reference}")
        remade(
            table,
            lambda made: made.replace("secretariat_id INTEGER NOT NULL DEFAULT 1", "secretariat_id INTEGER NOT NULL"),
        )
        return
    op.execute(f"ALTER TABLE {table} ADD COLUMN secretariat_id INTEGER {reference}")
    op.execute(f"UPDATE {table} SET secretariat_id = (SELECT min(id) FROM secretariats)")  # noqa: S608, one of KEEPS
    op.alter_column(table, "secretariat_id", nullable=False)


def downgrade() -> None:
    """All secretariats become one again; raises IntegrityError where two have the same person, group or list."""
    op.execute("DELETE FROM outgoing_mails WHERE kind IN ('account', 'code', 'changed')")
    values_of("outgoing_mails", "kind", (*MAILS, *ALONE), MAILS)
    named("")
    if not on_sqlite():
        op.drop_constraint(op.f("uq_surveys_template_name"), "surveys", type_="unique")
        op.create_unique_constraint(op.f("uq_surveys_template_name"), "surveys", ["template_name"])
    for table in KEEPS:
        op.drop_index(op.f(f"ix_{table}_secretariat_id"), table)
        if on_sqlite():
            remade(table, without)
        else:
            op.drop_column(table, "secretariat_id")
    if on_sqlite():
        remade("account_sessions", without)
    else:
        op.drop_column("account_sessions", "secretariat_id")
    op.drop_table("roles")
    op.drop_table("secretariats")


def without(made: str) -> str:
    """What makes a table, without the column that says whose its rows are."""
    made = made.replace("UNIQUE (secretariat_id, template_name)", "UNIQUE (template_name)")
    return re.sub(r",\s*secretariat_id INTEGER[^,]*? REFERENCES secretariats \(id\)( ON DELETE SET NULL)?", "", made)
