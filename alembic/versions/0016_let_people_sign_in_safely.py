"""Let people sign in safely: invitations, passkeys, one-time codes, the organisation's sign-in, limits."""

import re

import sqlalchemy as sa
from alembic import op

from app.reshaping import on_sqlite, remade

revision = "0016"
down_revision = "0015"

TIME = sa.DateTime(timezone=True)
LONG_AGO = "2000-01-01 00:00:00"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def of_account(table: str, *, primary_key: bool = False, nullable: bool = False) -> list:
    return [
        sa.Column("account_id", sa.Integer(), nullable=nullable, primary_key=primary_key),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id"), ondelete="CASCADE"
        ),
    ]


def upgrade() -> None:
    for name in ("signed_in_at", "ended_at"):
        op.add_column("accounts", sa.Column(name, TIME, nullable=True))
    if on_sqlite():
        remade(
            "accounts", lambda made: made.replace("password_hash VARCHAR(200) NOT NULL", "password_hash VARCHAR(200)")
        )
    else:
        op.alter_column("accounts", "password_hash", nullable=True)
    sessions()
    op.create_table(
        "account_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", one_of("role", "owner", "secretary", "viewer", "auditor"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("secretariat_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["secretariat_id"], ["secretariats.id"], name=op.f("fk_account_invitations_secretariat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_invitations_token_hash")),
    )  # fmt: skip
    op.create_index(op.f("ix_account_invitations_secretariat_id"), "account_invitations", ["secretariat_id"])
    op.execute("CREATE UNIQUE INDEX uq_account_invitations_email ON account_invitations (secretariat_id, lower(email))")
    op.create_table(
        "account_tokens",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", one_of("purpose", "reset", "code", "passkey", "passkey_new", "entered"), nullable=False),
        *of_account("account_tokens", nullable=True),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_tokens")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        *of_account("passkeys"),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_table(
        "authenticators",
        *of_account("authenticators"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_authenticators")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        *of_account("recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        *of_account("identities"),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
    )
    op.create_index("uq_identities_issuer_subject", "identities", ["issuer", "subject"], unique=True)
    for table in ("account_tokens", "passkeys", "recovery_codes", "identities"):
        op.create_index(op.f(f"ix_{table}_account_id"), table, ["account_id"])
    op.create_table(
        "wrong_tries",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wrong_tries")),
    )
    op.create_index(op.f("ix_wrong_tries_last_at"), "wrong_tries", ["last_at"])


def sessions() -> None:
    """Sessions know since when they are, and when they were last seen: those that there are began 12 hours before
    their end, and are seen now."""
    for name in ("began_at", "seen_at"):
        if on_sqlite():
            op.execute(f"ALTER TABLE account_sessions ADD COLUMN {name} DATETIME NOT NULL DEFAULT '{LONG_AGO}'")
        else:
            op.add_column("account_sessions", sa.Column(name, TIME, nullable=True))
    op.add_column("account_sessions", sa.Column("browser", sa.String(length=100), nullable=True))
    if on_sqlite():
        remade("account_sessions", lambda made: made.replace(f" DEFAULT '{LONG_AGO}'", ""))
        began, now = (
            "strftime('%Y-%m-%d %H:%M:%f000', expires_at, '-12 hours')",
            "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
        )
    else:
        began, now = "expires_at - INTERVAL '12 hours'", "now()"
    op.execute(f"UPDATE account_sessions SET began_at = {began}, seen_at = {now}")  # noqa: S608, constants above
    if not on_sqlite():
        for name in ("began_at", "seen_at"):
            op.alter_column("account_sessions", name, nullable=False)


def downgrade() -> None:
    """Whoever had no password has one that nobody knows."""
    for table in (
        "wrong_tries", "identities", "recovery_codes", "authenticators", "passkeys", "account_tokens",
        "account_invitations",
    ):  # fmt: skip
        op.drop_table(table)
    op.execute("UPDATE accounts SET password_hash = '' WHERE password_hash IS NULL")
    if on_sqlite():
        remade("account_sessions", lambda made: without(made, "began_at", "seen_at", "browser"))
        remade(
            "accounts",
            lambda made: without(made, "signed_in_at", "ended_at").replace(
                "password_hash VARCHAR(200)", "password_hash VARCHAR(200) NOT NULL"
            ),
        )
        return
    op.alter_column("accounts", "password_hash", nullable=False)
    for table, names in (
        ("account_sessions", ("began_at", "seen_at", "browser")),
        ("accounts", ("signed_in_at", "ended_at")),
    ):
        for name in names:
            op.drop_column(table, name)


def without(made: str, *columns: str) -> str:
    """What makes a table, without some of its columns."""
    for name in columns:
        made = re.sub(rf",\s*{name} (DATETIME|VARCHAR\(\d+\))( NOT NULL)?", "", made)
    return made
