"""Writes every paper of an event into a folder: all of them, or none."""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.commands.events import event_of
from app.commands.opening import opened
from app.errors import Refused


def papers(args: argparse.Namespace) -> None:
    """Make all papers before the first is written; then move them where they belong, and print their names."""
    folder: Path = args.output
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder}: is no folder")
    made = made_papers(args)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".papers", dir=folder) as beside:
        for name, content in made:
            (Path(beside) / name).write_bytes(content)
        for name, _content in made:
            (Path(beside) / name).replace(folder / name)
    for name, _content in made:
        print(name)


def made_papers(args: argparse.Namespace) -> list[tuple[str, bytes]]:
    """Return each paper's file name and bytes; papers are made side by side, after the database is let go of."""
    from sqlalchemy.orm.attributes import set_committed_value

    from app.memos.all_papers import papers_of
    from app.memos.setting import pdf_of
    from app.pdf import Manuscript
    from app.pdf.renders import renders

    with opened() as (database, settings), database.session(readonly=True) as session:
        event = event_of(session, args.event)
        if args.language:
            set_committed_value(event, "language", args.language)  # for these papers; not to be stored
        found = papers_of(session, settings, event, at=datetime.now(UTC))
    for _name, made in found:
        if isinstance(made, Manuscript):
            renders.begin(made)
    return [(name, pdf_of(made) if isinstance(made, Manuscript) else made) for name, made in found]
