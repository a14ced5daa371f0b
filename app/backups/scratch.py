"""A folder of one's own for what lies open only while a backup is taken, put back or tried: the database as it is.

It lies in the data folder, where the database itself lies, and never beside the backups, which may be on another
machine. A killed process cannot delete it, so whoever needs one next does: its owner holds a lock on it while it lives.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

KINDS = BACKUP, RESTORE, DRILL = ".backup-", ".restore-", ".drill-"
DAY = 86_400


@contextmanager
def scratch(within: Path, kind: str) -> Iterator[Path]:
    """Yield a new folder that nobody else may open (0700); it is deleted at the end, and what others left is now."""
    within.mkdir(parents=True, exist_ok=True, mode=0o700)
    clear(within)
    with TemporaryDirectory(prefix=kind, dir=within) as folder, _open(Path(folder)) as held:
        with suppress(OSError):  # a file system without locks: then its age says that nobody needs it
            fcntl.flock(held, fcntl.LOCK_EX)
        yield Path(folder)


def clear(within: Path) -> None:
    """Delete the scratch folders of processes that are gone."""
    for one in (folder for kind in KINDS for folder in within.glob(f"{kind}*")):
        with suppress(OSError):  # another one clears as well
            with _open(one) as held:
                if _is_left(one, held):
                    shutil.rmtree(one, ignore_errors=True)


def is_old(file: Path) -> bool:
    return file.stat().st_mtime < time.time() - DAY


def _is_left(folder: Path, held: int) -> bool:
    """Whether nobody holds a folder; one that is empty may be so new that its owner has not yet locked it."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return is_old(folder)
    return any(folder.iterdir()) or is_old(folder)


@contextmanager
def _open(folder: Path) -> Iterator[int]:
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield held
    finally:
        os.close(held)
