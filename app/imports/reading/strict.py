"""Workbooks saved as "Strict Open XML" (ISO/IEC 29500-1) call the same things by names that openpyxl does not know."""

from __future__ import annotations

from typing import IO
from zipfile import ZipFile

STRICT = b"http://purl.oclc.org/ooxml/"
NAMES = {
    STRICT + b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    STRICT + b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
START = 65_536  # the names stand in a part's first element, so that no two pieces share one


def is_strict(archive: ZipFile) -> bool:
    return "_rels/.rels" in archive.namelist() and STRICT in archive.read("_rels/.rels")


def made_transitional(archive: ZipFile) -> None:
    """Let an archive's parts be read under the names that openpyxl knows."""
    opened = archive.open
    archive.open = lambda name, *mode, **options: Renamed(opened(name, *mode, **options))


class Renamed:
    """A part that is read with the names replaced."""

    def __init__(self, part: IO[bytes]):
        self._part = part

    def read(self, size: int = -1) -> bytes:
        piece = self._part.read(max(size, START) if size >= 0 else -1)
        for strict, transitional in NAMES.items():
            piece = piece.replace(strict, transitional)
        return piece

    def close(self) -> None:
        self._part.close()

    def __enter__(self) -> Renamed:
        return self

    def __exit__(self, *_exception) -> None:
        self.close()
