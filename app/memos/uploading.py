"""A file that is sent to be attached is read before the request's transaction begins.

A child process may take seconds over a hostile file, and on SQLite nobody else could save an answer meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.access import Whole
from app.errors import Invalid
from app.files.scanning import scanned
from app.memos.uploads import File, let_in
from app.web import Posted


@dataclass
class Received:
    """The file of a form, if one was chosen and let in; problems are those of the field `file`."""

    file: File | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


def received(request: Request, _whole: Whole, posted: Posted) -> Received:
    """Return what was sent; raises SignInNeeded before any of it is looked at."""
    upload = posted.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return Received()
    try:
        content = scanned(request.app.state.settings, upload.file.read())
        return Received(let_in(upload.filename, content))
    except Invalid as invalid:
        return Received(problems=invalid.problems)


Upload = Annotated[Received, Depends(received)]
