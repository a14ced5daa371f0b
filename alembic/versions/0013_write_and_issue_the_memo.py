"""Write the memo together, comment on its draft, and keep what became of it."""

import re

import sqlalchemy as sa
from alembic import op

import app.db
from app.reshaping import remade, values_of

revision = "0013"
down_revision = "0012"

MAILS = ("invitation", "update", "cancellation", "reminder", "offer", "memo", "notice")
PURPOSES = ("invitation", "papers")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def own(table: str, column: str, target: str, gone: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone)


def only(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def whole(name: str, needed: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def instant(name: str, needed: bool = True) -> sa.Column:
    return sa.Column(name, app.db.Instant(timezone=True), nullable=not needed)


def words(name: str, length: int, needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def text(name: str, needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=not needed)


def told(name: str, length: int, default: str) -> sa.Column:
    return sa.Column(name, sa.String(length=length), server_default=default, nullable=False)


def whether(name: str, default: bool) -> sa.Column:
    return sa.Column(name, sa.Boolean(), server_default=sa.true() if default else sa.false(), nullable=False)


def key_sections() -> None:
    """Give each section a key of its own, and keep that keys differ."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("memo_sections", sa.Column("key", sa.String(length=32), nullable=False, server_default=""))
    new = "lower(hex(randomblob(16)))" if sqlite else "replace(gen_random_uuid()::text, '-', '')"
    op.execute(f"UPDATE memo_sections SET key = {new}")  # noqa: S608, one of the two lines above
    unique = "CONSTRAINT uq_memo_sections_memo_id_key UNIQUE (memo_id, key)"
    if sqlite:
        remade("memo_sections", lambda made: re.sub(r"\)\s*$", f", {unique})", made).replace(" DEFAULT ''", ""))
    else:
        op.alter_column("memo_sections", "key", server_default=None)
        op.create_unique_constraint(op.f("uq_memo_sections_memo_id_key"), "memo_sections", ["memo_id", "key"])


def drop_keys() -> None:
    """Take the keys and what refers to the agenda's items from sections."""
    op.drop_index(op.f("ix_memo_sections_agenda_item_id"), "memo_sections")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("uq_memo_sections_memo_id_key"), "memo_sections", type_="unique")
        op.drop_column("memo_sections", "agenda_item_id")
        op.drop_column("memo_sections", "key")
        return

    def edited(made: str) -> str:
        made = re.sub(r",\s*CONSTRAINT uq_memo_sections_memo_id_key UNIQUE \(memo_id, key\)", "", made)
        made = re.sub(r",\s*agenda_item_id INTEGER CONSTRAINT [^,]*? ON DELETE SET NULL", "", made)
        return re.sub(r",\s*\"?key\"? VARCHAR\(32\) NOT NULL", "", made)

    remade("memo_sections", edited)


def upgrade() -> None:
    op.add_column("memos", told("layout", 40, "2024"))
    op.add_column("memos", whether("personal_data", True))
    for name, length in (("retention", 200), ("retention_ground", 300), ("secrecy_ground", 300), ("secret_until", 200)):
        op.add_column("memos", words(name, length))
    key_sections()
    reference = "CONSTRAINT fk_memo_sections_agenda_item_id REFERENCES agenda_items (id) ON DELETE SET NULL"
    op.execute(f"ALTER TABLE memo_sections ADD COLUMN agenda_item_id INTEGER {reference}")
    index("memo_sections", "agenda_item_id")
    op.add_column("memo_sections", text("by_hand"))
    op.add_column("memo_sections", text("by_hand_from"))
    op.add_column("memos", sa.Column("referred_to", sa.JSON(none_as_null=True)))
    op.add_column("attachments", whether("appended", False))
    op.add_column("attachments", text("alternative"))
    op.add_column("attachments", words("finding", 40))
    op.add_column("attachments", whole("pages", needed=False))
    op.add_column("memo_issues", text("changed"))
    op.add_column("memo_issues", told("carries", 40, "link"))
    op.add_column("memo_copies", instant("opened_at", needed=False))
    values_of("outgoing_mails", "kind", MAILS, (*MAILS, "comments"))
    values_of("mailings", "kind", MAILS, (*MAILS, "comments"))
    values_of("personal_links", "purpose", PURPOSES, (*PURPOSES, "comments"))
    op.create_table(
        "memo_revisions",
        whole("id"), whole("memo_id"), words("section_key", 32, True),
        sa.Column("what", one_of("what", "written", "moved_in", "deleted", "restored", "discarded"), nullable=False),
        words("heading", 300), text("body"), instant("begun_at"), instant("saved_at"), words("saved_by", 200),
        words("auto", 40), whole("position", needed=False), whole("agenda_item_id", needed=False),
        own("memo_revisions", "memo_id", "memos.id"), own("memo_revisions", "agenda_item_id", "agenda_items.id", "SET NULL"),
        key("memo_revisions"),
    )  # fmt: skip
    index("memo_revisions", "memo_id")
    index("memo_revisions", "agenda_item_id")
    index("memo_revisions", "section_key")
    op.create_table(
        "memo_phrases",
        whole("id"), whole("group_id"), whole("position"), words("title", 200, True), text("text", True),
        own("memo_phrases", "group_id", "groups.id"), key("memo_phrases"),
    )  # fmt: skip
    index("memo_phrases", "group_id")
    op.create_table(
        "comment_rounds",
        whole("id"), whole("memo_id"), whole("number"), instant("opened_at"), words("opened_by", 200),
        instant("closes_at"), instant("closed_at", needed=False), instant("reminded_at", needed=False),
        instant("told_at", needed=False), text("note"),
        sa.Column("draft", sa.JSON(), nullable=False),
        own("comment_rounds", "memo_id", "memos.id"), key("comment_rounds"), only("comment_rounds", "memo_id", "number"),
    )  # fmt: skip
    index("comment_rounds", "memo_id")
    op.create_table(
        "comment_readers",
        whole("id"), whole("round_id"), whole("person_id"), instant("done_at", needed=False),
        own("comment_readers", "round_id", "comment_rounds.id"), own("comment_readers", "person_id", "people.id", None),
        key("comment_readers"), only("comment_readers", "round_id", "person_id"),
    )  # fmt: skip
    index("comment_readers", "round_id")
    index("comment_readers", "person_id")
    op.create_table(
        "comments",
        whole("id"), whole("reader_id"), words("section_key", 32, True), whole("block", needed=False),
        sa.Column("kind", one_of("kind", "comment", "wording"), nullable=False), text("text"), text("proposed"),
        instant("written_at"), sa.Column("state", one_of("state", "open", "accepted", "rejected"), nullable=False),
        text("answer"), instant("decided_at", needed=False), words("decided_by", 200),
        own("comments", "reader_id", "comment_readers.id"), key("comments"),
    )  # fmt: skip
    index("comments", "reader_id")


def downgrade() -> None:
    """What the older form has no place for is lost: revisions, phrases, comments, what was written by hand."""
    for table in ("comments", "comment_readers", "comment_rounds", "memo_phrases", "memo_revisions"):
        op.drop_table(table)
    op.execute("DELETE FROM personal_links WHERE purpose = 'comments'")
    op.execute("DELETE FROM outgoing_mails WHERE kind = 'comments'")
    op.execute("DELETE FROM mailings WHERE kind = 'comments'")
    values_of("personal_links", "purpose", (*PURPOSES, "comments"), PURPOSES)
    values_of("mailings", "kind", (*MAILS, "comments"), MAILS)
    values_of("outgoing_mails", "kind", (*MAILS, "comments"), MAILS)
    op.drop_column("memo_copies", "opened_at")
    for column in ("carries", "changed"):
        op.drop_column("memo_issues", column)
    for column in ("pages", "finding", "alternative", "appended"):
        op.drop_column("attachments", column)
    for column in ("by_hand_from", "by_hand"):
        op.drop_column("memo_sections", column)
    drop_keys()
    op.drop_column("memos", "referred_to")
    for column in ("secret_until", "secrecy_ground", "retention_ground", "retention", "personal_data", "layout"):
        op.drop_column("memos", column)
