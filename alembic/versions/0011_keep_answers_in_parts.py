"""Keep answers in parts that the database can count, and surveys with sections, languages, versions and themes.

The tables of surveys are made anew with what they hold: on SQLite, changing one that others refer to would take theirs
away with it.
"""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

import app.db

revision = "0011"
down_revision = "0010"

KINDS = ("text", "long_text", "single_choice", "multiple_choice", "scale", "ranking", "number", "date")
NEW_KINDS = (*KINDS[:5], "matrix", *KINDS[5:], "section")
TABLES = ("surveys", "questions", "choices", "sheets", "survey_participations", "answers")
NUMBERED = ("surveys", "questions", "choices")
NONE_IS_NULL = sa.JSON(none_as_null=True)
Row = dict[str, Any]


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def json(name: str, default: str | None = None) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=default)


def own(table: str, column: str, target: str, gone: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def make_surveys(*more: sa.Column | sa.Constraint, event_needed: bool) -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=not event_needed),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("attribution", one_of("attribution", "group", "person"), nullable=False),
        sa.Column("closes_at", app.db.LocalTime(length=22), nullable=True),
        *more,
        own("surveys", "event_id", "events.id"),
        key("surveys", "id"),
        sa.UniqueConstraint("event_id", name=op.f("uq_surveys_event_id")),
    )


def make_questions(*more: sa.Column, kinds: tuple[str, ...]) -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("kind", one_of("kind", *kinds), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("minimum", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("shown_if_id", sa.Integer(), nullable=True),
        sa.Column("shown_if_value", NONE_IS_NULL, nullable=True),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        *more,
        own("questions", "agenda_item_id", "agenda_items.id", "SET NULL"),
        own("questions", "shown_if_id", "questions.id", "SET NULL"),
        own("questions", "survey_id", "surveys.id"),
        key("questions", "id"),
        sa.UniqueConstraint("survey_id", "key", name=op.f("uq_questions_survey_id_key")),
    )
    for column in ("agenda_item_id", "shown_if_id", "survey_id"):
        index("questions", column)
    choices = () if not more else (
        sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        json("translations", "{}"),
    )  # fmt: skip
    op.create_table(
        "choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *choices,
        own("choices", "question_id", "questions.id"),
        key("choices", "id"),
    )
    index("choices", "question_id")


def make_sheets(*more: sa.Column) -> None:
    op.create_table(
        "sheets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        *more,
        own("sheets", "person_id", "people.id", None),
        own("sheets", "survey_id", "surveys.id"),
        key("sheets", "id"),
        sa.UniqueConstraint("survey_id", "person_id", name=op.f("uq_sheets_survey_id_person_id")),
        sqlite_with_rowid=False,
    )
    index("sheets", "person_id")
    index("sheets", "survey_id", *(["id"] if more else []))
    op.create_table(
        "survey_participations",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        own("survey_participations", "person_id", "people.id", None),
        own("survey_participations", "survey_id", "surveys.id"),
        key("survey_participations", "survey_id", "person_id"),
        sqlite_with_rowid=False,
    )


def make_answers(*more: sa.Column | sa.Constraint, parts: tuple[str, ...]) -> None:
    op.create_table(
        "answers",
        sa.Column("sheet_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        *more,
        own("answers", "question_id", "questions.id"),
        own("answers", "sheet_id", "sheets.id"),
        key("answers", "sheet_id", "question_id", *parts),
        sqlite_with_rowid=False,
    )


def answer_key() -> list[sa.Column]:
    return [
        sa.Column("sheet_id", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
    ]


def of_an_answer(table: str) -> sa.ForeignKeyConstraint:
    columns = ["sheet_id", "question_id", "part"]
    name = op.f(f"fk_{table}_sheet_id")
    return sa.ForeignKeyConstraint(columns, [f"answers.{one}" for one in columns], name=name, ondelete="CASCADE")


def make_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        own("drafts", "survey_id", "surveys.id"),
        key("drafts", "id"),
        sqlite_with_rowid=False,
    )
    index("drafts", "survey_id")


def make_notes() -> None:
    op.create_table(
        "survey_versions",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced_at", app.db.Instant(timezone=True), nullable=False),
        sa.Column("replaced_by", sa.String(length=200), nullable=True),
        json("content"),
        own("survey_versions", "survey_id", "surveys.id"),
        key("survey_versions", "survey_id", "number"),
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        own("themes", "question_id", "questions.id"),
        key("themes", "id"),
    )
    index("themes", "question_id")
    op.create_table(
        "themed_answers",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        *answer_key(),
        own("themed_answers", "theme_id", "themes.id"),
        of_an_answer("themed_answers"),
        key("themed_answers", "theme_id", "sheet_id", "question_id", "part"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quotes",
        *answer_key(),
        of_an_answer("quotes"),
        key("quotes", "sheet_id", "question_id", "part"),
        sqlite_with_rowid=False,
    )
    for table in ("themed_answers", "quotes"):
        index(table, "question_id")


def held() -> dict[str, list[Row]]:
    """What the tables hold; sheets and answers by their ids, which say nothing of who came before whom."""
    connection = op.get_bind()
    order = {"sheets": "id", "answers": "sheet_id"}
    found = {}
    for name in TABLES:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
        found[name] = [dict(row) for row in connection.execute(
            sa.select(table).order_by(table.c[order[name]]) if name in order else sa.select(table)
        ).mappings()]  # fmt: skip
    return found


def put_back(name: str, rows: Iterable[Row]) -> None:
    connection = op.get_bind()
    table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
    rows = list(rows)
    for start in range(0, len(rows), 1000):
        connection.execute(sa.insert(table), rows[start : start + 1000])
    if name in NUMBERED and connection.dialect.name == "postgresql":
        newest = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(name, "id")
        connection.execute(sa.select(sa.func.setval(sequence, newest, False)))


def drop_all(*first: str) -> None:
    for name in (*first, *reversed(TABLES)):
        op.drop_table(name)


def upgrade() -> None:
    rows = held()
    kinds = {row["id"]: row["kind"] for row in rows["questions"]}
    drop_all()
    make_surveys(
        sa.Column("template_name", sa.String(length=200), nullable=True),
        sa.Column("language", one_of("language", "fi", "sv", "en"), nullable=False, server_default="fi"),
        sa.Column("background", one_of("background", "none", "group", "organisation"), nullable=False,
                  server_default="none"),
        sa.Column("least", sa.Integer(), nullable=False, server_default="5"),
        json("translations", "{}"),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.UniqueConstraint("template_name", name=op.f("uq_surveys_template_name")),
        sa.CheckConstraint("(event_id IS NULL) <> (template_name IS NULL)", name=op.f("ck_surveys_event_or_template")),
        event_needed=False,
    )  # fmt: skip
    make_questions(
        sa.Column("low", sa.String(length=200), nullable=True),
        sa.Column("high", sa.String(length=200), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
        json("translations", "{}"),
        sa.Column("comment", sa.Text(), nullable=True),
        kinds=NEW_KINDS,
    )
    make_sheets(
        sa.Column("sent", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("background", sa.String(length=40), nullable=True),
    )
    make_answers(
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        parts=("part",),
    )
    index("answers", "question_id", "part", "number")
    make_drafts()
    make_notes()
    speak(rows["surveys"])
    fill(rows, lambda row: parts_of(kinds[row["question_id"]], row))


def downgrade() -> None:
    rows = held()
    kept = {row["id"]: row for row in rows["surveys"] if row["event_id"] is not None}
    rows["surveys"] = list(kept.values())
    kinds = {row["id"]: row["kind"] for row in rows["questions"] if row["kind"] in KINDS and row["survey_id"] in kept}
    for row in rows["questions"]:
        if row["shown_if_id"] not in kinds:
            row["shown_if_id"] = row["shown_if_value"] = None
    rows["questions"] = [row for row in rows["questions"] if row["id"] in kinds]
    rows["choices"] = [row for row in rows["choices"] if row["question_id"] in kinds]
    rows["sheets"] = [row for row in rows["sheets"] if row["sent"]]
    sheets = {row["id"] for row in rows["sheets"]}
    answers: dict[tuple[str, int], list[Row]] = {}
    for row in rows["answers"]:
        if row["question_id"] in kinds and row["sheet_id"] in sheets:
            answers.setdefault((row["sheet_id"], row["question_id"]), []).append(row)
    rows["answers"] = [
        {"sheet_id": sheet, "question_id": question, "value": value}
        for (sheet, question), parts in answers.items()
        if (value := value_of(kinds[question], parts)) is not None  # which was never allowed before
    ]
    drop_all("quotes", "themed_answers", "themes", "survey_versions", "drafts")
    make_surveys(event_needed=True)
    make_questions(kinds=KINDS)
    make_sheets()
    value = sa.Column("value", NONE_IS_NULL, nullable=False)
    make_answers(value, sa.CheckConstraint("value IS NOT NULL", name=op.f("ck_answers_has_value")), parts=())
    fill(rows, lambda row: [row])


def speak(surveys: list[Row]) -> None:
    """A survey was written in its event's language."""
    events = sa.table("events", sa.column("id"), sa.column("language"))
    languages = dict(op.get_bind().execute(sa.select(events.c.id, events.c.language)).all())
    for row in surveys:
        row["language"] = languages[row["event_id"]]


def fill(rows: dict[str, list[Row]], answers_of: Callable[[Row], list[Row]]) -> None:
    """Put back what was held; conditions last, for they name other questions."""
    conditions = [(row["id"], row["shown_if_id"]) for row in rows["questions"] if row["shown_if_id"] is not None]
    for name in TABLES[:-1]:
        there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns(name)}
        held = [{column: value for column, value in row.items() if column in there} for row in rows[name]]
        put_back(name, [row | {"shown_if_id": None} for row in held] if name == "questions" else held)
    questions = sa.table("questions", sa.column("id"), sa.column("shown_if_id"))
    for question, condition in conditions:
        changed = sa.update(questions).where(questions.c.id == question).values(shown_if_id=condition)
        op.get_bind().execute(changed)
    put_back("answers", [part for row in rows["answers"] for part in answers_of(row)])


def parts_of(kind: str, row: Row) -> list[Row]:
    """The rows that keep one answer from now on."""
    same = {"sheet_id": row["sheet_id"], "question_id": row["question_id"], "part": 0, "number": None, "text": None}
    value = row["value"]
    if kind in ("text", "long_text", "date"):
        return [same | {"text": value}]
    if kind in ("scale", "number"):
        return [same | {"number": value}]
    chosen = list(dict.fromkeys(value if isinstance(value, list) else [value]))  # nothing is chosen twice
    ranked = kind == "ranking"
    return [same | {"part": one, "number": place if ranked else None} for place, one in enumerate(chosen, 1)]


def value_of(kind: str, parts: list[Row]) -> Any:
    """One answer as it was kept before; of an open choice only that it was chosen."""
    if kind in ("text", "long_text", "date"):
        return parts[0]["text"]
    if kind in ("scale", "number"):
        number = parts[0]["number"]
        return int(number) if number is not None and number.is_integer() else number
    if kind == "ranking":
        parts = sorted(parts, key=lambda part: part["number"] or 0)
    chosen = [part["part"] for part in parts]
    return chosen[0] if kind == "single_choice" else chosen
