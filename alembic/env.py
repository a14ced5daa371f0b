"""Runs migrations on the connection that app/migrations.py hands over, or, for autogenerate, on an empty SQLite."""

from alembic import context
from sqlalchemy import create_engine

from app.models import Base


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
        user_module_prefix="app.db.",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url")).begin() as own:
        run(own)
