"""PDFs on the disk, by their content: what was made once is not made again for a while.

A cache only: a full, read-only or damaged disk makes papers slower and nothing else.
"""

from __future__ import annotations

import os
import secrets
import time
from hashlib import sha256
from pathlib import Path

MOST_BYTES = 500_000_000
MOST_SECONDS = 24 * 3600  # since it was asked for last: papers hold names
DIGEST = sha256().digest_size


class Cache:
    """A folder that only its owner may open; each file is the PDF's digest, then the PDF."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS):
        self.folder, self.most_bytes, self.most_seconds = folder, most_bytes, most_seconds

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key; None where it is not there, too old, or not as it was written."""
        file = self.folder / key
        try:
            if time.time() - file.stat().st_mtime > self.most_seconds:
                return None
            kept = file.read_bytes()
            if sha256(kept[DIGEST:]).digest() != kept[:DIGEST]:
                return None
            os.utime(file)
        except OSError:
            return None
        return kept[DIGEST:]

    def put(self, key: str, content: bytes) -> bool:
        """Keep it, and let go of what is old or more than there is room for; returns whether it is kept."""
        if len(content) + DIGEST > self.most_bytes:
            return False
        part = self.folder / f".{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(sha256(content).digest() + content)
            part.replace(self.folder / key)
            self._make_room()
        except OSError:
            return False
        finally:
            try:
                part.unlink(missing_ok=True)
            except OSError:
                pass
        return True

    def forget(self) -> None:
        """Let go of everything: what was made anew is right, what was kept may hold a name that is erased."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            path.unlink(missing_ok=True)

    def _make_room(self) -> None:
        found = [(stat.st_mtime, stat.st_size, path) for path in self.folder.iterdir() if (stat := _stat(path))]
        room, oldest = self.most_bytes, time.time() - self.most_seconds
        for asked_for, size, path in sorted(found, reverse=True):
            room -= size
            if room < 0 or asked_for < oldest:
                path.unlink(missing_ok=True)


def _stat(path: Path) -> os.stat_result | None:
    """What another process has taken away meanwhile has none."""
    try:
        return path.stat()
    except OSError:
        return None
