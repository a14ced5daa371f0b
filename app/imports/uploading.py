"""What was sent to be imported: it is read before the request's transaction begins, a large source later once more.

What is wrong with a file shows as a rule in its first rows, and can then be said at the field. A reader may take two
seconds over a hostile file, and on SQLite nobody else could save an answer meanwhile.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from app.access import Whole
from app.errors import Invalid
from app.files.scanning import scanned
from app.forms import clean_line
from app.imports.pasting import read_pasted
from app.imports.reading import Read, Row, Unreadable, read_long_text, read_source, refused_at_once
from app.language import gettext as _
from app.people.models import Organisation
from app.settings import Settings
from app.web import Posted

AT_ONCE_PASTED, AT_ONCE_ROWS, AT_ONCE_LETTERS = 100_000, 1_000, 2_000_000
MOST_PASTED = 5_000_000


@dataclass
class Upload:
    """kind is `pasted` or None for a file, whose reader tells. read and rows are there where all of it was read.

    problems are those of the form's fields.
    """

    posted: FormData
    kind: str | None = None
    name: str | None = None
    content: bytes = b""
    read: Read | None = None
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def uploaded(request: Request, _whole: Whole, posted: Posted) -> Upload:
    """Return what was sent; raises SignInNeeded before any of it is looked at."""
    with request.app.state.database.session(readonly=True) as session:
        known = organisation_words(session)
    upload = Upload(posted)
    try:
        _receive(upload, request.app.state.settings)
        if upload.kind != "pasted" or len(upload.content) <= AT_ONCE_PASTED:
            read_whole(upload, open_source(upload.kind, upload.name, upload.content, known))
    except Unreadable as error:
        upload.problems = [("file", error.sentence())]
    except Invalid as error:
        upload.problems = error.problems
    return upload


Uploaded = Annotated[Upload, Depends(uploaded)]


def _receive(upload: Upload, settings: Settings) -> None:
    file, text = upload.posted.get("file"), upload.posted.get("text")
    chosen = isinstance(file, UploadFile) and bool(file.filename)
    pasted = isinstance(text, str) and bool(text.strip())
    if chosen and pasted:
        raise Invalid([("file", _("There is a file and pasted text as well. Bring them in one after the other."))])
    if chosen:
        upload.name, upload.content = clean_line(file.filename, 255), file.file.read()
        refusal = refused_at_once(upload.name, upload.content)
        if refusal:  # also of what is too large to be read now
            raise refusal
        scanned(settings, upload.content)
    elif pasted:
        if len(text) > MOST_PASTED:
            raise Invalid([("text", _("This is too much to paste. Save it as a file and choose that one."))])
        upload.kind, upload.content = "pasted", text.encode()
    else:
        raise Invalid([("text", _("Paste names and addresses here, or choose a file."))])


def open_source(kind: str | None, name: str | None, content: bytes, organisations: list[str]) -> Read:
    """Begin to read a file or a pasted text; raises Unreadable, also while its rows are asked for."""
    if kind == "pasted":
        read = read_pasted if len(content) <= AT_ONCE_PASTED else read_long_text
        return read(content.decode(), organisations)
    return read_source(name or "", content)


def read_whole(upload: Upload, read: Read) -> None:
    """Read all rows, unless they turn out to be too many for a request."""
    rows: list[Row] = []
    letters = 0
    with closing(read.rows):
        for row in read.rows:
            rows.append(row)
            letters += sum(map(len, row.cells))
            if letters > AT_ONCE_LETTERS or len(rows) > AT_ONCE_ROWS:
                return
    upload.read, upload.rows = read, rows


def organisation_words(session: Session) -> list[str]:
    """Return what organisations are called, for a reader that has to tell them from names."""
    names = session.execute(select(Organisation.name, Organisation.abbreviation, Organisation.abbreviation_sv))
    return [words for row in names for words in row if words]
