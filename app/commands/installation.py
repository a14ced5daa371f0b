"""The installation: its accounts and the shape of its database."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened
from app.errors import Refused


def add_account(args: argparse.Namespace) -> None:
    import secrets

    from sqlalchemy import select
    from sqlalchemy.exc import IntegrityError

    from app.accounts.models import Account
    from app.accounts.sessions import add_account
    from app.audit.granting import role_facts
    from app.audit.noting import note_command
    from app.forms import sound_address
    from app.people.installed import add_missing
    from app.secretariats.keeping import secretariat_named

    if not sound_address(args.email):
        raise Refused(f"{args.email!r} is not an e-mail address")
    password = secrets.token_urlsafe(12)
    with opened() as (database, settings):
        try:
            with database.session() as session:
                place = secretariat_named(session, args.secretariat).id
                if session.scalar(select(Account.id).limit(1)) is None:  # what is deleted later stays away
                    add_missing(session)
                add_account(
                    session, email=args.email, name=args.name, password=password, language=args.language,
                    role=args.role, secretariat_id=place,
                )  # fmt: skip
                note_command(
                    session, settings.secret, "account add", datetime.now(UTC), secretariat=place,
                    **role_facts(args.email, role=args.role),
                )  # fmt: skip
        except IntegrityError:
            raise Refused(f"{args.email} has an account already") from None
    print(f"{args.name} signs in with {args.email} and this password, which is not shown again:\n{password}")


def migrate(args: argparse.Namespace) -> None:
    with opened():
        print("The database has the newest shape.")
