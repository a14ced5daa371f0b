"""Personal data: erased in time, given to whom they are about."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from app.commands.opening import opened
from app.errors import Refused


def erase(args: argparse.Namespace) -> None:
    """Print one act a line: the day on which it was due, the rule, the event or a hyphen, rows; tab-separated."""
    from app.privacy.erasing import due_of_events, due_of_rows
    from app.privacy.nightly import erase_all

    at = datetime.now(UTC)
    with opened() as (database, settings):
        if args.dry_run:
            with database.session(readonly=True) as session:
                acts = due_of_events(session, settings, at.date()) + due_of_rows(session, settings, at.date())
        else:
            acts = erase_all(database, settings, at)
    for act in acts:
        print(act.due_on.isoformat(), act.rule, act.event_id or "-", act.held, sep="\t")


def person_data(args: argparse.Namespace) -> None:
    """Write the file and print its name; where several secretariats know the address, one file of each."""
    from sqlalchemy import func, select

    from app.language import speaking
    from app.output import write_together
    from app.people.models import Person
    from app.privacy.own_data import own_data
    from app.privacy.own_file import own_file

    at = datetime.now(UTC)
    with opened() as (database, settings), database.session(readonly=True) as session:
        query = select(Person).where(func.lower(Person.email) == args.address.lower()).order_by(Person.id)
        people = session.scalars(query).all()
        if not people:
            raise Refused(f"{args.address}: nobody in the address book has this address")
        for place, person in enumerate(people):
            file = args.output.with_stem(f"{args.output.stem}-{place + 1}") if place else args.output
            with speaking(args.language or person.language or "fi"):
                write_together(file, own_file(own_data(session, settings, person), settings, at.date()))
            print(file)
