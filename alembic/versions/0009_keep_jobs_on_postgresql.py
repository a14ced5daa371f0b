"""Keep jobs on PostgreSQL: procrastinate's own tables, functions and triggers, as its version 3.10 makes them."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0009"
down_revision = "0008"

REMOVE = """
DO $$ DECLARE one text; BEGIN
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers
        CASCADE;
    FOR one IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || one;
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_status, procrastinate_job_event_type;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _run(SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _run(REMOVE)


def _run(script: str) -> None:
    connection: sa.Connection = op.get_bind()
    connection.exec_driver_sql(script, execution_options={"no_parameters": True})  # several statements, and % as it is
