"""What the migrations make is what the models say."""

from __future__ import annotations

from sqlalchemy import text

from app.models import Base

INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
}


def test_every_index_of_the_models_is_in_the_database(session):
    """By name: indexes of expressions are left out by Alembic's own comparison, and with them what they keep unique."""
    names = set(session.scalars(text(INDEXES[session.get_bind().dialect.name])))
    wanted = {index.name for table in Base.metadata.sorted_tables for index in table.indexes}
    assert wanted - names == set()
