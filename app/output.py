"""Writes what a command makes: whole files, never half ones, and nothing in the place of what is somebody else's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from app.errors import Refused


def write_together(file: Path, content: bytes, beside: Mapping[str, bytes] | None = None) -> None:
    """Write a file, and before it others beside it by their names.

    Raises Refused before anything is written where there is no folder, or where a name would leave the folder or take
    the place of other content.
    """
    folder = file.parent
    if not folder.is_dir():
        raise Refused(f"{folder}: there is no such folder")
    if file.is_dir():
        raise Refused(f"{file}: is a folder")
    files = {folder / name: data for name, data in (beside or {}).items()}
    for path, data in files.items():
        if not path.resolve().is_relative_to(folder.resolve()) or path.resolve() == file.resolve():
            raise Refused(f"{path}: cannot be written beside {file.name}; choose another name for --output")
        if path.exists() and not (path.is_file() and path.read_bytes() == data):
            raise Refused(f"{path}: is there already and holds something else; choose another folder for --output")
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    _write(file, content)


def _write(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe
        path.write_bytes(content)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
