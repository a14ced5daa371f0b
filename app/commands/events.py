"""Event files in and out, and what an event's memo is and whom it goes to."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.commands.opening import opened
from app.errors import NotFound, Refused
from app.output import write_together

LARGEST_ID = 2**31 - 1


def import_(args: argparse.Namespace) -> None:
    from app.audit.noting import note_command
    from app.eventfiles.importing import import_event
    from app.secretariats.keeping import secretariat_named
    from app.secretariats.scope import see_only

    content = args.file.read_bytes()
    with opened() as (database, settings), database.session() as session:
        place, at = secretariat_named(session, args.secretariat).id, datetime.now(UTC)
        see_only(session, place)
        imported = import_event(session, content, args.file.parent, at=at)
        note_command(session, settings.secret, "import", at, event_id=imported.event_id, secretariat=place)
    print(*imported.lines, imported.event_id, sep="\n")


def export(args: argparse.Namespace) -> None:
    if args.archive:
        archive(args)
        return
    from app.eventfiles.exporting import export_event, written

    with opened() as (database, _settings), database.session(readonly=True) as session:
        exported = export_event(session, event_of(session, args.event).id)
    text = written(exported.document)
    if args.output:
        write_together(args.output, text.encode(), exported.files)
        return
    print(text, end="")
    if exported.files:
        print("koolle: left out (--output writes them):", ", ".join(exported.files), file=sys.stderr)


def archive(args: argparse.Namespace) -> None:
    """Write an event for the archive as one file."""
    from app.archive.packing import archive_of

    with opened() as (database, _settings), database.session(readonly=True) as session:
        event = event_of(session, args.event)
        content = archive_of(session, event, at=datetime.now(UTC)).read()
    write_together(args.output or Path(f"event-{event.id}.zip"), content)


def memo(args: argparse.Namespace) -> None:
    from app.memos.document import memo_pdf
    from app.memos.page_and_word import memo_docx
    from app.pdf import PdfFailed

    in_word = args.output.suffix.lower() == ".docx"

    with opened() as (database, _settings), database.session(readonly=True) as session:
        event, _memo = memo_of_event(session, args.event)
        try:
            content = (memo_docx if in_word else memo_pdf)(session, event, at=datetime.now(UTC))
        except PdfFailed as error:
            raise Refused(f"the memo of event {event.id} could not be made: {error}") from error
    write_together(args.output, content)


def resolve(args: argparse.Namespace) -> None:
    from app.memos.addressees import addressees_of

    with opened() as (database, _settings), database.session(readonly=True) as session:
        for one in addressees_of(session, *memo_of_event(session, args.event)):
            if one.field == args.field:
                print(one.person.name, one.person.email or "-", one.reached_by, sep="\t")


def event_of(session, event_id: int):
    """Return an event; what else the session loads is its secretariat's. Raises Refused."""
    from app.events.queries import event_by_id
    from app.secretariats.scope import see_only

    try:
        event = event_by_id(session, event_id if 0 < event_id <= LARGEST_ID else 0)
    except NotFound:
        raise Refused(f"there is no event {event_id}") from None
    see_only(session, event.secretariat_id)
    return event


def memo_of_event(session, event_id: int):
    """Return an event and its memo."""
    from app.memos.memos import memo_of

    event = event_of(session, event_id)
    found = memo_of(session, event.id)
    if found is None:
        raise Refused(f"event {event.id} has no memo yet")
    return event, found
