"""Puts files into one, the same bytes for the same files: nothing of the hour or the machine is in it. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
PACKED = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".png", ".jpg", ".jpeg", ".zip")


def zip_into(file: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write (name, content) one after the other in their order; what is packed already is put in as it is."""
    with ZipFile(file, "w") as zipped:
        for name, content in entries:
            info = ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            packed = name.lower().endswith(PACKED)
            zipped.writestr(info, content, ZIP_STORED if packed else ZIP_DEFLATED)


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the same in memory."""
    file = io.BytesIO()
    zip_into(file, entries)
    return file.getvalue()
