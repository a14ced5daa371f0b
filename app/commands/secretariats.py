"""The secretariats of an installation: added, listed."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened
from app.errors import Refused


def add(args: argparse.Namespace) -> None:
    """Print the new secretariat's id."""
    from app.audit.noting import note_command
    from app.forms import clean_line
    from app.secretariats.keeping import add_secretariat

    name = clean_line(args.name, 200)
    if not name:
        raise Refused("a secretariat needs a name")
    with opened() as (database, settings), database.session() as session:
        made = add_secretariat(session, name)
        note_command(session, settings.secret, "secretariat add", datetime.now(UTC), secretariat=made.id)
        print(made.id)


def list_(args: argparse.Namespace) -> None:
    """Print a secretariat a line: its id, its name, how many have a role in it."""
    from app.secretariats.keeping import all_secretariats

    with opened() as (database, _settings), database.session(readonly=True) as session:
        for one in all_secretariats(session):
            print(one.id, one.name, one.roles, sep="\t")
