"""Import people, find them at once, and keep lists as they were used."""

import sqlalchemy as sa
from alembic import op

import app.db
from app.people.collation import order_key
from app.people.found import found_by

revision = "0002"
down_revision = "0001"

FOUND_BY = {
    "organisations": ("name", "name_sv", "name_en", "abbreviation", "abbreviation_sv", "abbreviation_en"),
    "people": ("family_name", "given_name", "email", "title", "unit"),
    "groups": ("name", "name_sv", "name_en"),
    "events": ("title", "place", "series"),
}


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "xlsx", "csv", "vcard", "pasted", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", app.db.Instant(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "choosing",
                "checking",
                "checked",
                "bringing_in",
                "done",
                "undoing",
                "undone",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_imports_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_account_id"), "imports", ["account_id"])
    op.create_index(op.f("ix_imports_state"), "imports", ["state"])

    op.create_table(
        "distinct_people",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["people.id"], name=op.f("fk_distinct_people_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_distinct_people_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "other_id", name=op.f("pk_distinct_people")),
    )
    op.create_index(op.f("ix_distinct_people_other_id"), "distinct_people", ["other_id"])

    op.create_table(
        "group_themes",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_themes_group_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "name", name=op.f("pk_group_themes")),
    )
    op.create_table(
        "import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("mended", sa.JSON(), nullable=False),
        sa.Column("same", sa.String(length=32), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "new",
                "known",
                "changed",
                "refused",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "matched_by",
            sa.Enum(
                "address",
                "name_and_organisation",
                "choice",
                name="matched_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_import_rows_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_import_rows_import_id_number")),
    )
    op.create_index("ix_import_rows_import_id_outcome", "import_rows", ["import_id", "outcome"])
    op.create_index("ix_import_rows_import_id_same", "import_rows", ["import_id", "same"])
    op.create_index(op.f("ix_import_rows_person_id"), "import_rows", ["person_id"])

    op.create_table(
        "recipient_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "paper",
            sa.Enum("invitation", "memo", name="paper", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("used_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("printed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_recipient_uses_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["field_id"], ["recipient_fields.id"], name=op.f("fk_recipient_uses_field_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_uses")),
    )
    op.create_index(op.f("ix_recipient_uses_event_id"), "recipient_uses", ["event_id"])
    op.create_index(op.f("ix_recipient_uses_field_id"), "recipient_uses", ["field_id"])

    op.create_table(
        "recipients_reached",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("use_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=401), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("reached_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_recipients_reached_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["use_id"], ["recipient_uses.id"], name=op.f("fk_recipients_reached_use_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipients_reached")),
    )
    op.create_index(op.f("ix_recipients_reached_person_id"), "recipients_reached", ["person_id"])
    op.create_index(op.f("ix_recipients_reached_use_id"), "recipients_reached", ["use_id"])

    # not by batch: SQLite would make these tables anew, without their indexes of expressions
    for table in FOUND_BY:
        op.add_column(table, sa.Column("found_by", sa.Text(), server_default="", nullable=False))
    op.add_column("groups", sa.Column("purpose", sa.Text(), nullable=True))
    key = sa.ForeignKey("groups.id", name=op.f("fk_groups_part_of_id"))
    op.add_column("groups", sa.Column("part_of_id", sa.Integer(), key, nullable=True), inline_references=True)
    op.create_index(op.f("ix_groups_part_of_id"), "groups", ["part_of_id"])
    collated = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("people", sa.Column("order_key", collated, server_default="", nullable=False))
    op.create_index("ix_people_order_key", "people", ["order_key", "id"])
    fill(op.get_bind())


def fill(connection: sa.Connection) -> None:
    """Write what the rows are found and sorted by, by the rules of today: a later change of them fills anew."""
    for table, columns in FOUND_BY.items():
        names = [sa.column(name) for name in ("id", *columns)]
        rows = connection.execute(sa.select(*names).select_from(sa.table(table))).mappings().all()
        filled = [{"row": row["id"], "found_by": found_by(row, columns), **placed(table, row)} for row in rows]
        if filled:
            columns_set = {name: sa.bindparam(name) for name in filled[0] if name != "row"}
            there = sa.table(table, sa.column("id"), *(sa.column(name) for name in columns_set))
            connection.execute(there.update().where(there.c.id == sa.bindparam("row")).values(columns_set), filled)


def placed(table: str, row: sa.RowMapping) -> dict[str, str]:
    return {"order_key": order_key(row["family_name"], row["given_name"])} if table == "people" else {}


def downgrade() -> None:
    op.drop_index("ix_people_order_key", "people")
    op.drop_column("people", "order_key")
    op.drop_index("ix_groups_part_of_id", "groups")
    with op.batch_alter_table("groups") as batch_op:
        batch_op.drop_column("part_of_id")
        batch_op.drop_column("purpose")
    op.create_index("uq_groups_name", "groups", [sa.text("lower(name)")], unique=True, if_not_exists=True)
    for table in FOUND_BY:
        op.drop_column(table, "found_by")
    for table in ("recipients_reached", "recipient_uses", "import_rows", "group_themes", "distinct_people", "imports"):
        op.drop_table(table)
