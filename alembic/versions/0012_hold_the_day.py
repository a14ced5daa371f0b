"""Hold the day: sections and versions of the programme, follow-ups of their own, marks at the door, events to copy."""

import re

import sqlalchemy as sa
from alembic import op

import app.db
from app.people.collation import order_key
from app.people.found import found_by
from app.reshaping import remade

revision = "0012"
down_revision = "0011"

ITEMS = ("item", "break", "registration")
STATES = ("proposed", "agreed", "under_way", "done", "dropped")
MODES = ("in_person", "remote", "absent", "excused")
ROLES = ("chair", "vice_chair", "secretary", "member", "deputy", "expert", "leader")
FOUND_BY = ("family_name", "given_name", "title", "unit", "organisation_text", "label")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def own(table: str, column: str, target: str, gone: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone)


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def number() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def whole(name: str, needed: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def instant(name: str, needed: bool = True) -> sa.Column:
    return sa.Column(name, app.db.Instant(timezone=True), nullable=not needed)


def words(name: str, length: int, needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def filled(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def collated() -> sa.Column:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column("order_key", kind, server_default="", nullable=False)


def kinds_of_items(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    old, new = (", ".join(f"'{kind}'" for kind in kinds) for kinds in (before, after))
    if op.get_bind().dialect.name == "sqlite":
        remade("agenda_items", lambda made: made.replace(f"kind IN ({old})", f"kind IN ({new})"))
    else:
        name = op.f("ck_agenda_items_kind")
        op.drop_constraint(name, "agenda_items", type_="check")
        op.create_check_constraint(name, "agenda_items", sa.text(f"kind IN ({new})"))


def add_reference(table: str, column: str, other: str) -> None:
    """Add a column that refers to another table, and forgets what is deleted there."""
    reference = f"CONSTRAINT fk_{table}_{column} REFERENCES {other} (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {reference}")
    index(table, column)


def drop_reference(table: str, column: str) -> None:
    op.drop_index(op.f(f"ix_{table}_{column}"), table)
    if op.get_bind().dialect.name == "sqlite":
        remade(table, lambda made: re.sub(rf",\s*{column} INTEGER CONSTRAINT [^,]*? ON DELETE SET NULL", "", made))
    else:
        op.drop_column(table, column)


def make_follow_ups(owner: str, target: str) -> None:
    """owner: whether they are the event's or the memo's."""
    op.create_table(
        "follow_ups",
        number(), whole(owner), whole("position"), sa.Column("text", sa.Text(), nullable=False),
        whole("owner_id", needed=False), words("owner_name", 200), sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        *([whole("returns_to_id", needed=False)] if owner == "event_id" else []),
        own("follow_ups", owner, target), own("follow_ups", "owner_id", "people.id", None),
        *([own("follow_ups", "returns_to_id", "events.id", "SET NULL")] if owner == "event_id" else []),
        key("follow_ups", "id"),
    )  # fmt: skip
    index("follow_ups", owner)
    index("follow_ups", "owner_id")


def moved(column: str, other: str) -> None:
    """Put follow-ups, which are of `other`, into a new table where they are of `column`; both tell of one memo."""
    connection = op.get_bind()
    memos = sa.table("memos", sa.column("id"), sa.column("event_id"))
    columns = "id", "position", "text", "owner_id", "owner_name", "due", "state"
    table = sa.table("follow_ups", *(sa.column(name) for name in (*columns, column, other)))
    ours = {"event_id": memos.c.event_id, "memo_id": memos.c.id}
    query = sa.select(*(table.c[name] for name in columns), ours[column].label(column))
    rows = connection.execute(query.join(memos, ours[other] == table.c[other])).mappings().all()
    for name in ("owner_id", other):
        op.drop_index(op.f(f"ix_follow_ups_{name}"), "follow_ups")
    op.drop_table("follow_ups")
    make_follow_ups(column, "events.id" if column == "event_id" else "memos.id")
    if rows:
        connection.execute(sa.insert(table), [dict(row) for row in rows])
    if connection.dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('follow_ups', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM follow_ups), false)"
        )


def place_attendances() -> None:
    connection = op.get_bind()
    columns = [sa.column(name) for name in ("id", *FOUND_BY, "found_by", "order_key")]
    table = sa.table("attendances", *columns)
    rows = connection.execute(sa.select(*(table.c[name] for name in ("id", *FOUND_BY)))).mappings().all()
    if rows:
        connection.execute(
            sa.update(table).where(table.c.id == sa.bindparam("row")).values(
                found_by=sa.bindparam("found"), order_key=sa.bindparam("placed")
            ),
            [
                {
                    "row": row["id"], "found": found_by(row, FOUND_BY),
                    "placed": order_key(row["family_name"] or row["label"] or "", row["given_name"]),
                }
                for row in rows
            ],
        )  # fmt: skip


def upgrade() -> None:
    moved("event_id", "memo_id")
    index("follow_ups", "returns_to_id")
    op.create_table(
        "follow_up_steps",
        number(), whole("follow_up_id"), whole("event_id", needed=False),
        sa.Column("state", one_of("state", *STATES), nullable=False), sa.Column("note", sa.Text(), nullable=True),
        sa.Column("passed_over", sa.Boolean(), nullable=False), instant("at"), words("by", 200),
        own("follow_up_steps", "event_id", "events.id", "SET NULL"),
        own("follow_up_steps", "follow_up_id", "follow_ups.id"), key("follow_up_steps", "id"),
    )  # fmt: skip
    index("follow_up_steps", "event_id")
    index("follow_up_steps", "follow_up_id")
    kinds_of_items(ITEMS, (*ITEMS, "section"))
    op.add_column("agenda_items", sa.Column("notes", sa.Text(), nullable=True))
    op.add_column("agenda_items", instant("begun_at", needed=False))
    op.add_column("agenda_items", instant("ended_at", needed=False))
    add_reference("agenda_items", "follow_up_id", "follow_ups")
    op.create_table(
        "programme_versions",
        number(), whole("event_id"), whole("number"), instant("made_at"), words("made_by", 200),
        sa.Column("content", sa.JSON(), nullable=False),
        own("programme_versions", "event_id", "events.id"), key("programme_versions", "id"),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_programme_versions_event_id_number")),
    )  # fmt: skip
    index("programme_versions", "event_id")
    op.add_column("events", words("numbering", 40))
    op.add_column("events", whole("first_number", needed=False))
    op.add_column("events", words("template", 200))
    op.create_index("uq_events_template", "events", ["template"], unique=True)
    op.add_column("events", sa.Column("shows_follow_ups", sa.Boolean(), nullable=True))
    add_reference("events", "copied_from_id", "events")
    op.add_column("memos", words("listed_as", 40))
    op.add_column("attendances", instant("marked_at", needed=False))
    op.add_column("attendances", words("key", 40))
    op.add_column("attendances", sa.Column("of_the_day", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("attendances", filled("found_by"))
    op.add_column("attendances", collated())
    op.create_index("uq_attendances_event_id_key", "attendances", ["event_id", "key"], unique=True)
    op.create_index("ix_attendances_event_id_order_key", "attendances", ["event_id", "order_key", "id"])
    place_attendances()
    # from now on an end that is left open is open: one item alone is its own last
    op.execute("UPDATE attendances SET last_item = first_item WHERE last_item IS NULL")
    op.create_table(
        "attendance_marks",
        whole("event_id"), whole("person_id"), sa.Column("mode", one_of("mode", *MODES), nullable=True),
        instant("pressed_at"), words("pressed_by", 200),
        own("attendance_marks", "event_id", "events.id"), own("attendance_marks", "person_id", "people.id"),
        key("attendance_marks", "event_id", "person_id"),
    )  # fmt: skip
    index("attendance_marks", "person_id")
    op.create_table(
        "day_seats",
        number(), whole("event_id"), whole("position"), whole("person_id"),
        sa.Column("role", one_of("role", *ROLES), nullable=False), whole("deputy_for_id", needed=False),
        words("given_name", 200, True), words("family_name", 200, True), words("title", 200), words("unit", 200),
        sa.Column("names", sa.JSON(), nullable=False),
        own("day_seats", "deputy_for_id", "people.id", None), own("day_seats", "event_id", "events.id"),
        own("day_seats", "person_id", "people.id", None), key("day_seats", "id"),
    )  # fmt: skip
    for column in ("deputy_for_id", "event_id", "person_id"):
        index("day_seats", column)
    op.create_table(
        "attendance_reports",
        number(), whole("event_id"), words("name", 255, True), instant("sent_at"), instant("taken_at", needed=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        own("attendance_reports", "event_id", "events.id"), key("attendance_reports", "id"),
    )  # fmt: skip
    index("attendance_reports", "event_id")


def downgrade() -> None:
    """What the older form has no place for is lost: sections, versions, marks taken back, templates, steps."""
    for table in ("attendance_reports", "day_seats", "attendance_marks"):
        op.drop_table(table)
    op.drop_index("ix_attendances_event_id_order_key", "attendances")
    op.drop_index("uq_attendances_event_id_key", "attendances")
    op.execute("UPDATE attendances SET last_item = NULL WHERE last_item = first_item")
    op.execute("UPDATE attendances SET first_item = 1 WHERE first_item IS NULL AND last_item IS NOT NULL")
    op.drop_column("memos", "listed_as")
    for column in ("order_key", "found_by", "of_the_day", "key", "marked_at"):
        op.drop_column("attendances", column)
    op.execute("DELETE FROM events WHERE template IS NOT NULL")
    drop_reference("events", "copied_from_id")
    op.drop_index("uq_events_template", "events")
    for column in ("shows_follow_ups", "template", "first_number", "numbering"):
        op.drop_column("events", column)
    op.drop_table("programme_versions")
    op.execute("DELETE FROM agenda_items WHERE kind = 'section'")
    drop_reference("agenda_items", "follow_up_id")
    for column in ("ended_at", "begun_at", "notes"):
        op.drop_column("agenda_items", column)
    kinds_of_items((*ITEMS, "section"), ITEMS)
    op.drop_table("follow_up_steps")
    op.drop_index(op.f("ix_follow_ups_returns_to_id"), "follow_ups")
    moved("memo_id", "event_id")
