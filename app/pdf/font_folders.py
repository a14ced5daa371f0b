"""Where WeasyPrint's files of fonts go: it writes each face into one, and leaves it behind where a process ends at once
or is ended, as the children of the renderer are."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder_of_all() -> Iterator[Path]:
    """Yield a folder for those of the children, gone when the process ends that forks them."""
    with tempfile.TemporaryDirectory(prefix=f"koolle-fonts-{os.getpid()}-") as name:
        yield Path(name)


def take_own(within: Path) -> None:
    """Let what this process writes for a while go into a folder named by its number."""
    own = within / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(own)


def sweep(within: Path) -> None:
    """Delete the folders of processes that are gone."""
    for own in within.iterdir():
        try:
            os.kill(int(own.name), 0)
        except ProcessLookupError:
            shutil.rmtree(own, ignore_errors=True)
