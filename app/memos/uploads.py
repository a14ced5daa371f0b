"""What is uploaded for a paper: measured, and read in a child process, before any of it is kept."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import PurePath

from app.errors import Invalid
from app.files.measuring import media_type_of, wrong_with
from app.forms import clean_line
from app.language import gettext as _
from app.memos.models import Attachment
from app.pdf.reading import read_upload

READ = ("application/pdf", "image/png", "image/jpeg")


@dataclass(frozen=True)
class File:
    """An upload that was let in. finding and pages: see app/pdf/reading.py; None for what is not read."""

    name: str
    content: bytes
    media_type: str | None
    finding: str | None = None
    pages: int | None = None

    def fill(self, attachment: Attachment, sha256: str) -> Attachment:
        """Set what an attachment knows of its file."""
        attachment.file_name, attachment.media_type, attachment.sha256 = self.name, self.media_type, sha256
        attachment.finding, attachment.pages = self.finding, self.pages
        return attachment


def let_in(file_name: str, content: bytes) -> File:
    """Return an upload with what was found in it; raises Invalid for what is not taken, with the field `file`."""
    name = clean_line(PurePath(file_name.replace("\\", "/")).name, 200)
    wrong = wrong_with(name, content)
    if wrong:
        raise Invalid([("file", sentence(wrong, name))])
    return read(name, content)


def read(name: str, content: bytes) -> File:
    """Return a file with what was found in it, whatever it is."""
    media_type = media_type_of(name) or mimetypes.guess_type(name)[0]
    if media_type not in READ:
        return File(name, content, media_type)
    found = read_upload(content)
    return File(name, content, media_type, found.finding, found.pages)


def sentence(wrong: str, name: str) -> str:
    """What is said at the field (app/files/measuring.py, wrong_with)."""
    return {
        "other_kind": _("Attach a PDF, an image (PNG, JPEG), or an Office or OpenDocument file."),
        "not_what_it_says": _("%(name)s is not what its name says. Save it again in its own program."),
        "too_large": _("%(name)s is too large: at most 25 MB."),
        "damaged": _("%(name)s is damaged. Save it again in its own program."),
        "unpacks_too_large": _("%(name)s unpacks to more than a document can need, so it is not taken."),
        "too_many_points": _("%(name)s has too many points: at most 50 million. Save it smaller."),
    }[wrong] % {"name": name}
