"""What the migrations make is what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from app.migrations import SCRIPTS
from app.models import Base

JOBS = "0009"

INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
}


def test_every_index_of_the_models_is_in_the_database(session):
    """By name: indexes of expressions are left out by Alembic's own comparison, and with them what they keep unique."""
    names = set(session.scalars(text(INDEXES[session.get_bind().dialect.name])))
    wanted = {index.name for table in Base.metadata.sorted_tables for index in table.indexes}
    assert wanted - names == set()


@pytest.fixture
def empty(postgres_url) -> Iterator[Engine]:
    """A PostgreSQL database in which nothing is yet."""
    first = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with first.connect() as connection:
        connection.execute(text("CREATE DATABASE migrated"))
    engine = create_engine(first.url.set(database="migrated"))
    yield engine
    engine.dispose()
    with first.connect() as connection:
        connection.execute(text("DROP DATABASE migrated"))
    first.dispose()


def test_jobs_come_to_postgresql_and_go_without_a_trace(empty):
    """procrastinate's tables, functions and types, of which our models say nothing."""
    left = text(
        "SELECT relname FROM pg_class WHERE relname LIKE '%procrastinate%'"
        " UNION SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%'"
        " UNION SELECT typname FROM pg_type WHERE typname LIKE '%procrastinate%'"
    )
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with empty.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, JOBS)
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar() == 0
        command.downgrade(config, f"{JOBS}-1")
        assert connection.scalars(left).all() == []
        command.upgrade(config, JOBS)
